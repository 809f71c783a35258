import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FactoredCodes } from '../../src/statistics/metrics/metric.ts'

/** One table of `fixtures.json`; `fixtures.py` says what stands in it. */
export interface Fixture {
  readonly name: string
  readonly number: number
  readonly rows: number
  readonly levels: readonly number[]
  readonly weights: readonly (readonly number[])[]
  readonly noise: readonly number[]
  readonly checksum: number
  /** By metric, then by name: a number, or lists of them. */
  readonly scores: Readonly<Record<string, Readonly<Record<string, Reading>>>>
}

export type Reading = number | readonly number[] | readonly (readonly number[])[]

export const fixtures = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures.json'), 'utf8'),
) as readonly Fixture[]

/** A number that scikit-learn gave. */
export function wanted({ name, scores }: Fixture, metric: string, detail: string): number {
  const value = scores[metric]?.[detail]
  if (typeof value !== 'number') throw new Error(`no number ${metric}.${detail} in the fixture ${name}`)
  return value
}

/** The random 32-bit word of a table's column and row. */
function word(table: number, column: number, row: number): number {
  let x = ((table * 64 + column) * 65536 + row) | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

/** The codes and factors that Python saw, to the same bits. */
export function rowsOf({ number, rows, levels, weights, noise }: Fixture): FactoredCodes {
  const [codeSize, factorCount] = [noise.length, levels.length]
  const codes = new Float64Array(rows * codeSize)
  const factors = new Int32Array(rows * factorCount)
  for (let row = 0; row < rows; row++) {
    const own = levels.map((count, k) => word(number, k, row) % count)
    factors.set(own, row * factorCount)
    for (let d = 0; d < codeSize; d++) {
      const parts = [0, 1, 2, 3].map((part) => word(number, 16 + 4 * d + part, row) / 2 ** 32)
      const signal = weights[d].reduce((sum, weight, k) => sum + weight * own[k], 0)
      codes[row * codeSize + d] = signal + noise[d] * (parts.reduce((sum, part) => sum + part, 0) - 2)
    }
  }
  return { count: rows, codeSize, factorCount, codes, factors, levels }
}
