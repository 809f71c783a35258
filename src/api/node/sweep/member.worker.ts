/** A thread that trains and judges one member of a sweep; started by `thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { type CrossedError, packed } from '../../../base/crossing.ts'
import {
  type rememberedPasswords,
  rememberPasswords,
} from '../../../data/tables/node/databases/postgres-url.ts'
import type { JudgedScore } from '../../../sweep/score.ts'
import type { MemberEvent } from './events.ts'
import { type MemberTask, runMember } from './member.ts'

export type Message =
  | { readonly event: MemberEvent }
  | { readonly score: JudgedScore | undefined }
  | CrossedError

/** A member, and the passwords of the databases that it may ask. */
export interface ThreadTask {
  readonly task: MemberTask
  readonly passwords: ReturnType<typeof rememberedPasswords>
}

const say = (message: Message) => parentPort?.postMessage(message)
const stop = new AbortController()
// The one thing that is ever said to this thread is that it should stop.
parentPort?.on('message', () => stop.abort())

try {
  const { task, passwords } = workerData as ThreadTask
  rememberPasswords(passwords)
  const emit = (event: MemberEvent) => say({ event })
  say({ score: await runMember(task, { emit, signal: stop.signal }) })
} catch (error) {
  say(packed(error))
} finally {
  // What was said is still sent; nothing keeps the thread then.
  parentPort?.unref()
}
