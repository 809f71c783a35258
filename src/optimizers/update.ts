import { fromBase64 } from '../base/base64.ts'
import { alone, type Crew, type CrewOf } from '../engine/crew.ts'
import type { Chosen } from '../model/spec.ts'
import type { Arena } from './arena.ts'
import type { Optimizer } from './optimizer.ts'

/** Applies an optimizer to an arena that holds parameters, gradients and slots, in that order. */
export interface Update extends Pick<Crew, 'dissolve'> {
  run(count: number, learningRate: number, scale: number): void
}

/** Numbers from which on a crew is worth waking: below, one thread takes a tenth of a millisecond. */
const WORTH_A_CREW = 2 ** 18

/** The crew of an optimizer over so many numbers, where it has one; its arena is shared then. */
export const crewFor = ({ kernel }: Optimizer, size: number, crewOf?: CrewOf): CrewOf | undefined =>
  kernel && size >= WORTH_A_CREW ? crewOf : undefined

/** Binds an optimizer to an arena: its compiled kernel where it has one, else its loop. With a crew the arena is shared. */
export async function openUpdate(
  { kind, options }: Chosen<Optimizer, unknown>,
  { arrays, offsets, padded, memory }: Arena,
  crewOf?: CrewOf,
): Promise<Update> {
  const { kernel } = kind
  const crew = kernel && (crewOf ?? alone)(fromBase64(kernel.code), memory)
  const [parameters, gradients, ...slots] = arrays
  return {
    run(count, learningRate, scale) {
      const scalars = kind.scalars(count, learningRate, options)
      if (crew) crew.run(offsets, padded, [scale, ...kernel.numbers(scalars, options)])
      else kind.update(parameters, gradients, slots, scalars, scale, options)
    },
    dissolve: crew?.dissolve,
  }
}
