import { fromBase64 } from '../base/base64.ts'
import { alone, type CrewOf } from '../engine/crew.ts'
import type { Chosen } from '../model/spec.ts'
import type { Arena } from './arena.ts'
import type { Optimizer } from './optimizers/optimizer.ts'

/** Applies an optimizer to an arena that holds parameters, gradients and slots, in that order. */
export interface Update extends Disposable {
  /** Whether several threads run it. */
  readonly isShared: boolean
  run(count: number, learningRate: number, scale: number): void
}

/** Numbers from which on a crew is worth waking: below, one thread takes a tenth of a millisecond. */
const WORTH_A_CREW = 2 ** 18

/** Whether an optimizer over so many numbers is run by several threads; its arena is shared then. */
export const hasCrew = ({ kernel }: Optimizer, size: number, crewOf: CrewOf | undefined): crewOf is CrewOf =>
  kernel !== undefined && crewOf !== undefined && size >= WORTH_A_CREW

/** Binds an optimizer to an arena: its compiled kernel where it has one, else its loop. With a crew the arena is shared. */
export async function openUpdate(
  { kind, options }: Chosen<Optimizer, unknown>,
  { arrays, offsets, padded, memory }: Arena,
  crewOf?: CrewOf,
): Promise<Update> {
  const { kernel } = kind
  if (!kernel) {
    const [parameters, gradients, ...slots] = arrays
    return {
      isShared: false,
      run: (count, learningRate, scale) =>
        kind.update(parameters, gradients, slots, kind.scalars(count, learningRate, options), scale, options),
      [Symbol.dispose]: () => undefined,
    }
  }
  const code = await WebAssembly.compile(fromBase64(crewOf ? await kernel.shared() : kernel.alone))
  const crew = crewOf ? crewOf(code, memory) : alone(code, memory)
  return {
    isShared: crewOf !== undefined,
    run: (count, learningRate, scale) =>
      crew.run(offsets, padded, [
        scale,
        ...kernel.numbers(kind.scalars(count, learningRate, options), options),
      ]),
    [Symbol.dispose]: () => crew[Symbol.dispose](),
  }
}
