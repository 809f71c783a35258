import { fillNormal, streamOf } from '../../base/random.ts'
import type { FactoredCodes } from './metric.ts'

/** How a code is made of the centered factors of its row; `noise` is standard normal, new at every place. */
export type Recipe = (factors: readonly number[], noise: readonly number[]) => readonly number[]

/** Codes of which the truth is known, for factors a and b of equally many levels. */
export const knownCodes = {
  identity: ([a, b]) => [a, b],
  permuted: ([a, b]) => [b, a],
  duplicated: ([a, b]) => [a, a, b, b],
  rotated: ([a, b]) => [(a + b) * Math.SQRT1_2, (a - b) * Math.SQRT1_2],
  constant: () => [0.7, 0.7],
  noise: (_, [n, m]) => [n, m],
} satisfies Readonly<Record<string, Recipe>>

/** Every combination of two factors equally often, so that they are independent and each level is as likely. */
export function codesOf(recipe: Recipe, { levels = 4, repeats = 100 } = {}): FactoredCodes {
  const count = levels * levels * repeats
  const noise = fillNormal(new Float32Array(2 * count), { seed: 1, stream: streamOf('known codes'), step: 0 })
  const factors = Int32Array.from({ length: 2 * count }, (_, at) =>
    at % 2 === 0 ? Math.floor(at / 2 / levels) % levels : (at >> 1) % levels,
  )
  const center = (levels - 1) / 2
  const rows = Array.from({ length: count }, (_, row) =>
    recipe([factors[2 * row] - center, factors[2 * row + 1] - center], [noise[2 * row], noise[2 * row + 1]]),
  )
  return {
    count,
    codeSize: rows[0].length,
    factorCount: 2,
    codes: Float64Array.from(rows.flat()),
    factors,
    levels: [levels, levels],
  }
}
