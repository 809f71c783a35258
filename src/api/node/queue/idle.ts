import { commandLine } from '../../../base/shell-word.ts'
import type { WarningEvent } from '../../../train/events.ts'
import { isAtWork, type Job } from './jobs.ts'
import type { Queue } from './open-queue.ts'
import { pausedSince } from './tend.ts'

/** Looks without a job that runs, until people hear of it. */
export const IDLE_LOOKS = 20

/** What people are told, once, when jobs wait and nobody takes any. */
export function idleWarning(queue: Queue, place: string) {
  let looks = 0
  return async (found: readonly Job[]): Promise<WarningEvent | undefined> => {
    const isIdle = found.length > 0 && found.every(({ state }) => state === 'waiting')
    looks = isIdle ? looks + 1 : 0
    if (looks !== IDLE_LOOKS || (await isAtWork(queue))) return undefined
    const isPaused = (await pausedSince(queue)) !== undefined
    return {
      kind: 'warning',
      code: isPaused ? 'queue/paused' : 'queue/idle',
      message: isPaused
        ? `the queue is paused; resume it: ${commandLine('queue', 'resume', '--queue', place)}`
        : `no worker of version ${found[0].version} has taken a job for ${IDLE_LOOKS} seconds; start one: ${commandLine('worker', '--queue', place)}`,
    }
  }
}
