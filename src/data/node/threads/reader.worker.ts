/** A thread that reads and decodes, so that the one that trains need not; started by `pool.ts`. */
import { parentPort } from 'node:worker_threads'
import { type CrossedError, packed } from '../../../base/crossing.ts'
import { type TaskName, tasks } from './tasks.ts'

export interface Question {
  readonly id: number
  readonly name: TaskName
  readonly input: unknown
}

export type Answer = { readonly id: number } & (
  | { readonly value: ArrayBufferView<ArrayBuffer> }
  | CrossedError
)

type AnyTask = (input: unknown) => Promise<ArrayBufferView<ArrayBuffer>>

async function answer({ id, name, input }: Question): Promise<void> {
  const say = (message: Answer, memory: ArrayBuffer[] = []) => parentPort?.postMessage(message, memory)
  try {
    const value = await (tasks[name] as AnyTask)(input)
    say({ id, value }, [value.buffer])
  } catch (error) {
    say({ id, ...packed(error) })
  }
}

parentPort?.on('message', answer)
