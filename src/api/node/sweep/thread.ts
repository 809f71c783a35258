import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { unpacked } from '../../../base/crossing.ts'
import { rememberedPasswords } from '../../../data/tables/node/databases/postgres-url.ts'
import type { JudgedScore } from '../../../sweep/score.ts'
import type { Following, MemberTask } from './member.ts'
import type { Message, ThreadTask } from './member.worker.ts'

/** `runMember` in a thread of its own, so that several members are trained at once. */
export const runInThread = (
  task: MemberTask,
  { emit, signal }: Following,
): Promise<JudgedScore | undefined> =>
  new Promise((resolve, reject) => {
    // The script has the extension that this file has: .ts where sources run, .js where they have been built.
    const script = new URL(`./member.worker${extname(import.meta.url)}`, import.meta.url)
    const worker = new Worker(script, {
      workerData: { task, passwords: rememberedPasswords() } satisfies ThreadTask,
      execArgv: [],
    })
    const stop = () => worker.postMessage('stop')
    const leave = () => signal.removeEventListener('abort', stop)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    worker.on('message', (message: Message) => {
      if ('event' in message) emit(message.event)
      else if ('score' in message) resolve(message.score)
      else reject(unpacked(message))
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      leave()
      reject(new Error(`the thread of ${task.name} ended`))
    })
  })
