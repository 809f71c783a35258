/** Discrete codes as the numbers of their levels, and back. */
import type { Tensor } from '../graph/tensor.ts'
import { codingOf } from './autoencoder.ts'
import { oneHotOf, placesIn } from './distributions/levels.ts'
import { type ModelSpec, spaceOf } from './spec.ts'
import type { Trace } from './trace.ts'

/** Numbers of the levels [rows, variables] of codes [rows, latent]; undefined where codes are not discrete. */
export function levelsOfCodes(spec: ModelSpec, code: Tensor, trace: Trace): Tensor | undefined {
  const { coding } = codingOf(spec, trace)
  return coding && placesIn(coding.read(code))
}

/** Codes [rows, latent] of the numbers of their levels [rows, variables]; undefined where codes are not discrete. */
export function codesOfLevels(spec: ModelSpec, levels: Tensor, trace: Trace): Tensor | undefined {
  const { coding } = codingOf(spec, trace)
  const space = spaceOf(spec)
  if (!coding || space.kind !== 'discrete') return undefined
  return coding.write(oneHotOf(levels, Math.max(...space.levels)))
}
