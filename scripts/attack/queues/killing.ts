import { setTimeout as sleep } from 'node:timers/promises'
import type { Started } from '../kills/program.ts'
import { begin, type Scene } from './scene.ts'

export const WORKERS = 4

/** Kills one worker after the other, and starts another in its place, until it is told to stop. */
export function killing(scene: Scene, queue: readonly string[], everyMs: number) {
  const all: Started[] = []
  const alive: Started[] = []
  const stop = new AbortController()
  const hire = () => {
    const worker = begin(scene, 'worker', ...queue)
    all.push(worker)
    alive.push(worker)
  }
  for (let n = 0; n < WORKERS; n++) hire()
  const ended = (async () => {
    let kills = 0
    while (!stop.signal.aborted) {
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined)
      if (stop.signal.aborted) break
      alive.shift()?.process.kill('SIGKILL')
      kills++
      hire()
    }
    for (const { process } of alive) process.kill('SIGTERM')
    return { kills, texts: (await Promise.all(all.map((one) => one.ended))).map(({ text }) => text) }
  })()
  return {
    end() {
      stop.abort()
      return ended
    },
  }
}
