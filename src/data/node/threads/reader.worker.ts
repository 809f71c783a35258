/** A thread that reads and decodes, so that the one that trains need not; started by `pool.ts`. */
import { parentPort } from 'node:worker_threads'
import { BetavaeError, type Complaint } from '../../../base/errors.ts'
import { type TaskName, tasks } from './tasks.ts'

export interface Question {
  readonly id: number
  readonly name: TaskName
  readonly input: unknown
}

export type Answer = { readonly id: number } & (
  | { readonly value: ArrayBufferView<ArrayBuffer> }
  | { readonly complaint: Complaint }
  | { readonly error: unknown }
)

type AnyTask = (input: unknown) => Promise<ArrayBufferView<ArrayBuffer>>

async function answer({ id, name, input }: Question): Promise<void> {
  const say = (message: Answer, memory: ArrayBuffer[] = []) => parentPort?.postMessage(message, memory)
  try {
    const value = await (tasks[name] as AnyTask)(input)
    say({ id, value }, [value.buffer])
  } catch (error) {
    if (!(error instanceof BetavaeError)) return say({ id, error })
    const { code, seen, wanted, fix, usage } = error
    say({ id, complaint: { code, seen, wanted, fix, usage } })
  }
}

parentPort?.on('message', answer)
