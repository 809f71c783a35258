import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { averagePrecision, rocAuc } from '../../src/statistics/anomaly/curves.ts'
import { chiSquareTail } from '../../src/statistics/anomaly/drift/chi-square.ts'
import { kolmogorovSmirnov } from '../../src/statistics/anomaly/drift/kolmogorov-smirnov.ts'
import { levelShift } from '../../src/statistics/anomaly/drift/levels.ts'

/** What `fixtures.py` writes. */
interface Fixtures {
  readonly curves: readonly {
    readonly scores: readonly number[]
    readonly labels: readonly number[]
    readonly rocAuc: number
    readonly averagePrecision: number
  }[]
  readonly samples: readonly {
    readonly a: readonly number[]
    readonly b: readonly number[]
    readonly distance: number
    readonly pValue: number
  }[]
  readonly counts: readonly { readonly counts: readonly (readonly number[])[]; readonly pValue: number }[]
  readonly chiSquare: readonly {
    readonly statistic: number
    readonly freedom: number
    readonly tail: number
  }[]
}

const path = join(import.meta.dirname, 'fixtures.json')
const { curves, samples, counts, chiSquare } = JSON.parse(readFileSync(path, 'utf8')) as Fixtures

const near = (found: number, wanted: number) => expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-9)

describe('as scikit-learn and SciPy have it', () => {
  test.each(curves)('curves, $rocAuc', (curve) => {
    near(rocAuc(curve.scores, curve.labels), curve.rocAuc)
    near(averagePrecision(curve.scores, curve.labels), curve.averagePrecision)
  })

  test.each(samples)('Kolmogorov–Smirnov, $pValue', ({ a, b, distance, pValue }) => {
    const found = kolmogorovSmirnov(a, b)
    near(found.distance, distance)
    near(found.pValue, pValue)
  })

  test.each(counts)('homogeneity of levels, $pValue', ({ counts: sides, pValue }) => {
    const [a, b] = sides.map((row) => row.flatMap((count, level) => new Array<number>(count).fill(level)))
    near(levelShift(a, b).pValue, pValue)
  })

  test.each(chiSquare)('chi-square of $freedom, $statistic', ({ statistic, freedom, tail }) => {
    near(chiSquareTail(statistic, freedom), tail)
  })
})
