/** Codes of one condition as codes of another: what is kept is how they lie in the prior p(z|c), whose noise they are. */
import type { NDArray } from '../../base/arrays.ts'
import type { Engine } from '../../engine/engine.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { CONDITION } from '../../model/condition.ts'
import type { PriorDraws } from '../../model/priors/prior.ts'
import { inChunks } from '../chunks.ts'
import { codesOf, type Drawing } from './draw-from.ts'
import type { CodeSpread } from './spread.ts'

/** Where codes come from. */
interface Origin extends CodeSpread {
  readonly noiseOf: NonNullable<PriorDraws['noiseOf']>
  /** Their condition; where it is not known they are taken as codes of the prior as a whole, by its mean and deviation. */
  readonly from: NDArray | undefined
}

/**
 * Codes [n, latent] under the condition of `drawing`: of Gaussians μ(c′) + σ(c′)·(z − μ(c))/σ(c). Codes whose condition stays
 * are kept to the bit.
 */
export async function movedCodes(
  engine: Engine,
  drawing: Omit<Drawing, 'latent'> & { readonly condition: NDArray },
  codes: NDArray,
  origin: Origin,
): Promise<NDArray<Float32Array>> {
  const [count, latent] = codes.shape
  const noise = await noiseOfCodes(engine, drawing, codes, origin)
  const width = noise.length / count
  const moved = await codesOf(engine, { ...drawing, latent }, count, (start, rows) =>
    noise.slice(start * width, (start + rows) * width),
  )
  const { from } = origin
  if (!from) return moved
  const size = from.shape[1]
  for (let row = 0; row < count; row++)
    if (isAlike(from, drawing.condition, row * size, size))
      moved.data.set(codes.data.subarray(row * latent, (row + 1) * latent), row * latent)
  return moved
}

async function noiseOfCodes(
  engine: Engine,
  { values }: Pick<Drawing, 'values'>,
  codes: NDArray,
  { from, noiseOf, mean, deviation }: Origin,
): Promise<Float32Array> {
  const latent = codes.shape[1]
  if (!from) return Float32Array.from(codes.data, (z, at) => (z - mean[at % latent]) / deviation[at % latent])
  const traced = program('noise', { noise: noiseOf(input('z', ['batch', latent])) })
  const wanted = traced.inputs.map(({ name }) => name)
  const held = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.includes(name)))
  using reading = await engine.load(traced, { constants: held })
  const { noise } = await inChunks(reading, { z: codes, [CONDITION]: from })
  return noise.data
}

const isAlike = (a: NDArray, b: NDArray, from: number, size: number): boolean =>
  a.data.subarray(from, from + size).every((x, at) => x === b.data[from + at])
