import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { completeModel } from '../../model/spec.ts'
import { KNOTS, SEEN, seenColumns, seenShapes } from './seen-columns.ts'
import { seenGaps } from './seen-gaps.ts'
import { toSeenMarginals } from './seen-marginals.ts'

const spec = completeModel(
  {
    architecture: { name: 'mlp' },
    latent: { name: 'gaussian', size: 1, draws: 1 },
    prior: { name: 'standard' },
    likelihood: {
      name: 'columns',
      columns: [
        { group: 'real', slots: 1 },
        { group: 'real', slots: 1 },
        { group: 'binary', slots: 1 },
      ],
    },
  },
  [6],
)

/** Rows of a continuous number, one that takes few values, a yes or no, and their masks. */
const rowsOf = (numbers: readonly (number | null)[]) =>
  Float32Array.from(numbers.flatMap((x, i) => [x ?? 0, (i % 4) - 1, i % 2, x === null ? 0 : 1, 1, 1]))

async function kept(rows: Float32Array) {
  const count = rows.length / 6
  const read = async (positions: Uint32Array) => {
    expect(positions.length).toBe(count)
    return { x: { data: rows, shape: [count, 6] } }
  }
  return seenColumns(spec, { count, read })
}

describe('what a model keeps of its columns', () => {
  const numbers = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? null : Math.sinh(i / 50)))

  test('has the shapes that are promised', async () => {
    const found = await kept(rowsOf(numbers))
    expect(Object.entries(found).map(([name, { shape }]) => [name, shape])).toEqual(seenShapes(spec, 400))
    expect(Array.from(found[SEEN.steps].data)).toEqual([0, 1])
    const known = numbers.filter((x) => x !== null)
    expect(found[SEEN.quantiles].data[0]).toBeCloseTo(Math.min(...known), 5)
    expect(found[SEEN.quantiles].data[KNOTS - 1]).toBeCloseTo(Math.max(...known), 2)
  })

  test('is no mask where nothing is missing, and nothing where the model is of no table', async () => {
    expect(Object.keys(await kept(rowsOf([1, 2, 3, 4])))).toEqual([SEEN.quantiles, SEEN.steps])
    const image = { ...spec, likelihood: { name: 'bernoulli' } }
    expect(await seenColumns(image, { count: 0, read: () => Promise.reject(new Error('read')) })).toEqual({})
  })
})

describe('marginals', () => {
  test('are those of training, whatever increasing map the model put before them', async () => {
    const value = fc.integer({ min: -1000, max: 1000 })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(value, { minLength: 20, maxLength: 60 }), async (numbers) => {
        const rows = rowsOf(numbers)
        const bent = rows.map((x, at) => (at % 6 === 0 ? Math.cbrt(x) - 7 : x))
        const made = bent.slice()
        toSeenMarginals(await kept(rows), bent, 6)(made)
        const column = (of: Float32Array) => Float32Array.from(numbers, (_, row) => of[row * 6])
        const [before, after] = [column(rows), column(made)]
        const sorted = before.toSorted()
        after.forEach((x, row) => {
          // A rank is known to half of one.
          const rank = sorted.indexOf(before[row])
          expect(x).toBeGreaterThanOrEqual(sorted[Math.max(0, rank - 1)])
          expect(x).toBeLessThanOrEqual(sorted[Math.min(sorted.length - 1, rank + 1)])
        })
      }),
      { numRuns: 50 },
    )
  })

  test('take no value between those of a number that takes few', async () => {
    const rows = rowsOf(Array.from({ length: 200 }, (_, i) => i / 10))
    const made = Float32Array.from({ length: 600 }, (_, at) => Math.sin(at))
    toSeenMarginals(await kept(rows), made.slice(), 6)(made)
    const values = Array.from({ length: 100 }, (_, row) => made[row * 6 + 1])
    expect(new Set(values)).toEqual(new Set([-1, 0, 1, 2]))
    for (const x of [-1, 0, 1, 2]) expect(values.filter((own) => own === x).length).toBeCloseTo(25, -1)
  })

  test('stay as they are in a model that keeps none', () => {
    const rows = Float32Array.of(1, 2, 3, 1, 1, 1)
    toSeenMarginals({}, rows, 6)(rows)
    expect(Array.from(rows)).toEqual([1, 2, 3, 1, 1, 1])
  })
})

describe('gaps', () => {
  const codes = (count: number) => ({
    data: Float32Array.from({ length: count }, (_, i) => i),
    shape: [count, 1],
  })
  const masks = (rows: readonly (readonly number[])[]) => ({
    data: Float32Array.from(rows.flat()),
    shape: [rows.length, rows[0].length],
  })

  test('are those of the nearest code', () => {
    const gaps = seenGaps({
      codes: codes(3),
      [SEEN.masks]: masks([
        [1, 1, 1],
        [0, 1, 1],
        [1, 1, 0],
      ]),
    })
    expect([-3, 1.2, 9].map((code) => Array.from(gaps?.([code]) ?? []))).toEqual([
      [1, 1, 1],
      [0, 1, 1],
      [1, 1, 0],
    ])
  })

  test('are not lent by a row that is mostly empty, unless many are as it is', () => {
    const rare = [
      [1, 1, 1],
      [0, 0, 1],
      [1, 1, 0],
    ]
    const at = (rows: number[][]) =>
      Array.from(seenGaps({ codes: codes(rows.length), [SEEN.masks]: masks(rows) })?.([1]) ?? [])
    expect(at(rare)).not.toEqual([0, 0, 1])
    expect(at([...rare, ...new Array<number[]>(4).fill([0, 0, 1])])).toEqual([0, 0, 1])
    expect(
      at([
        [0, 0, 1],
        [0, 1, 0],
      ]),
    ).toEqual([0, 1, 0])
  })

  test('are none where a model keeps none', () => expect(seenGaps({ codes: codes(2) })).toBeUndefined())
})
