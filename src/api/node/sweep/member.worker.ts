/** A thread that trains and judges one member of a sweep; started by `thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { type CrossedError, packed } from '../../../base/crossing.ts'
import type { MemberScore } from '../../../sweep/score.ts'
import type { MemberEvent } from './events.ts'
import { type MemberTask, runMember } from './member.ts'

export type Message =
  | { readonly event: MemberEvent }
  | { readonly score: MemberScore | undefined }
  | CrossedError

const say = (message: Message) => parentPort?.postMessage(message)
const stop = new AbortController()
// The one thing that is ever said to this thread is that it should stop.
parentPort?.on('message', () => stop.abort())

try {
  const emit = (event: MemberEvent) => say({ event })
  say({ score: await runMember(workerData as MemberTask, { emit, signal: stop.signal }) })
} catch (error) {
  say(packed(error))
} finally {
  // What was said is still sent; nothing keeps the thread then.
  parentPort?.unref()
}
