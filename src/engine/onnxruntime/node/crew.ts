import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type CrewOf, kernelOver } from '../../crew.ts'
import type { Helper } from './crew.worker.ts'
import { BUSY, boardFor, OVER, PART, READY, TURN } from './crew-board.ts'
import { overSharedMemory } from './over-shared-memory.ts'

/** Parts begin at multiples of as many floats, a line of the cache. */
const LINE = 16
const BYTES = Float32Array.BYTES_PER_ELEMENT
/** How often to look whether helpers are done before going to sleep, which takes longer than most turns. */
const LOOKS = 20_000

/**
 * Crews of the calling thread and `helpers` more. Until all of those have started, the calling thread works alone, so
 * nobody waits for them; they hold up no exit.
 */
export const crewWith =
  (helpers: number): CrewOf =>
  (code, memory) => {
    const kernel = new WebAssembly.Module(overSharedMemory(code))
    const update = kernelOver(kernel, memory)
    const board = boardFor(helpers)
    const { words, parts } = board
    for (let part = 0; part < helpers; part++) startHelper({ ...board, kernel, memory, part })
    return {
      run(offsets, count, numbers) {
        const isWhole = Atomics.load(words, READY) === helpers
        const hands = isWhole ? helpers + 1 : 1
        const share = Math.ceil(count / hands / LINE) * LINE
        const argumentsOf = (hand: number): number[] => {
          const from = Math.min(count, hand * share)
          const length = Math.min(count - from, share)
          return [...offsets.map((offset) => offset + from * BYTES), length, ...numbers]
        }
        if (isWhole) {
          for (let part = 0; part < helpers; part++) {
            const given = argumentsOf(part + 1)
            parts.set([given.length, ...given], part * PART)
          }
          Atomics.store(words, BUSY, helpers)
          Atomics.add(words, TURN, 1)
          Atomics.notify(words, TURN)
        }
        update(...argumentsOf(0))
        if (isWhole) untilDone(words)
      },
      dissolve() {
        Atomics.store(words, OVER, 1)
        Atomics.add(words, TURN, 1)
        Atomics.notify(words, TURN)
      },
    }
  }

function startHelper(workerData: Helper): void {
  // The script has the extension that this file has: .ts where sources run, .js where they have been built.
  const script = new URL(`./crew.worker${extname(import.meta.url)}`, import.meta.url)
  const worker = new Worker(script, { workerData, execArgv: [] })
  worker.unref()
  // A helper that cannot start is never ready, and the calling thread goes on alone.
  worker.on('error', () => undefined)
}

function untilDone(words: Int32Array<SharedArrayBuffer>): void {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, BUSY) === 0) return
  for (let busy = Atomics.load(words, BUSY); busy > 0; busy = Atomics.load(words, BUSY))
    Atomics.wait(words, BUSY, busy)
}
