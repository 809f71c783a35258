import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fitBoostedRegression } from '../../src/statistics/classifiers/boosted-regression.ts'
import { dependence } from '../../src/statistics/fidelity/dependence.ts'
import { marginals } from '../../src/statistics/fidelity/marginals.ts'
import { nearestRecords } from '../../src/statistics/fidelity/nearest.ts'
import { readTables } from '../../src/statistics/fidelity/read-tables.ts'
import type { FidelityColumn, FidelityTable } from '../../src/statistics/fidelity/table.ts'

/** `fixtures.py` says what stands in it. */
interface Fixture {
  readonly columns: readonly FidelityColumn[]
  readonly real: readonly string[]
  readonly heldOut: readonly string[]
  readonly synthetic: readonly string[]
  readonly marginals: readonly { readonly distance: number; readonly missing: number }[]
  readonly dependence: Readonly<Record<'real' | 'synthetic', readonly (readonly number[])[]>>
  readonly nearest: Readonly<Record<'synthetic' | 'heldOut', number>>
  readonly regression: readonly number[]
}

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures.json'), 'utf8')) as Fixture

const tableOf = (lines: readonly string[]): FidelityTable => ({
  columns: fixture.columns,
  rows: lines.map((line) =>
    line.split(',').map((text, at) => {
      if (text === '') return null
      return fixture.columns[at].kind === 'number' ? Number(text) : text
    }),
  ),
})

const [real, heldOut, synthetic] = readTables([fixture.real, fixture.heldOut, fixture.synthetic].map(tableOf))

describe('as NumPy, SciPy and scikit-learn have it', () => {
  test('Kolmogorov–Smirnov, total variation and missing shares', () => {
    expect(
      marginals(real, synthetic).columns.map(({ distance, missing }) => ({
        distance,
        missing: missing.difference,
      })),
    ).toEqual(
      fixture.marginals.map(({ distance, missing }) => ({
        distance: expect.closeTo(distance, 12),
        missing: expect.closeTo(missing, 12),
      })),
    )
  })

  test('Spearman, Cramér’s V and the correlation ratio', async () => {
    const found = await dependence(real, synthetic)
    for (const side of ['real', 'synthetic'] as const)
      expect(found[side]).toEqual(
        fixture.dependence[side].map((row) => row.map((own) => expect.closeTo(own, 10))),
      )
  })

  test('distances to the nearest row', async () => {
    const found = await nearestRecords({ train: real, heldOut, synthetic })
    expect(found.synthetic.median).toBeCloseTo(fixture.nearest.synthetic, 12)
    expect(found.heldOut.median).toBeCloseTo(fixture.nearest.heldOut, 12)
  })

  test('boosted regression trees', async () => {
    const [age, size] = real.columns.map(({ values }) => Float64Array.from(values))
    const rows = Float64Array.from([...age].flatMap((own, row) => [own, row]))
    const model = await fitBoostedRegression({ rows, width: 2, targets: size }, { seed: 0 })
    const found = Array.from(model.values(rows)).filter((_, row) => row % 8 === 0)
    expect(found).toEqual(fixture.regression.map((own) => expect.closeTo(own, 8)))
  })
})
