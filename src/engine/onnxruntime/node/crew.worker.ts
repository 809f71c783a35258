/** One helping thread of a crew: waits for a turn, runs the kernel over its part, and says that it is done. */
import { workerData } from 'node:worker_threads'
import { kernelOver } from '../../crew.ts'
import { type Board, BUSY, OVER, PART, READY, TURN } from './crew-board.ts'

/** What a helper begins with. */
export interface Helper extends Board {
  readonly kernel: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  /** Which part is this one's, from 0. */
  readonly part: number
}

const { kernel, memory, words, parts, part } = workerData as Helper
const update = kernelOver(kernel, memory)
let turn = Atomics.load(words, TURN)
Atomics.add(words, READY, 1)
for (;;) {
  Atomics.wait(words, TURN, turn)
  turn = Atomics.load(words, TURN)
  if (Atomics.load(words, OVER) === 1) break
  const [length, ...given] = parts.subarray(part * PART, (part + 1) * PART)
  update(...given.slice(0, length))
  if (Atomics.sub(words, BUSY, 1) === 1) Atomics.notify(words, BUSY)
}
