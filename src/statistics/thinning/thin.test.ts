import { expect, test } from 'vitest'
import { fillNormal, fillUniform } from '../../base/random.ts'
import { type ComparedColumn, featuresOf } from './features.ts'
import { thinned } from './thin.ts'

const ALL = 3000
const POOL = 1200
const COUNT = 300
const STEPS = [0, 1, 2, 3, 4]

/** A level, a number that goes with it and has gaps, and a number that goes with that. */
function table(seed: number): { columns: ComparedColumn[]; levels: Int16Array; numbers: Float64Array[] } {
  const noise = fillNormal(new Float32Array(3 * ALL), { seed, stream: 1, step: 0 })
  const chance = fillUniform(new Float32Array(ALL), { seed, stream: 2, step: 0 })
  const levels = Int16Array.from(chance, (u) => (u < 0.6 ? 0 : u < 0.95 ? 1 : 2))
  const first = Float64Array.from(levels, (level, row) =>
    chance[row] % 0.1 < 0.01 ? Number.NaN : level + noise[row],
  )
  const second = first.map((x, row) => Math.exp((Number.isNaN(x) ? 0 : x) + noise[ALL + row]))
  const numbers = [first, second]
  return { columns: [{ levels, size: 3 }, ...numbers.map((own) => ({ numbers: own }))], levels, numbers }
}

const meanOf = (rows: Uint32Array, of: (row: number) => number) =>
  Array.from(rows, of).reduce((sum, x) => sum + x / rows.length, 0)

test('few rows tell what many do, several times nearer than as many rows by chance', async () => {
  const errors = Array.from({ length: 5 }, () => ({ taken: 0, chance: 0 }))
  for (const seed of STEPS) {
    const { columns, levels, numbers } = table(seed)
    const taken = await thinned(featuresOf(columns, COUNT), { pool: POOL, all: ALL, count: COUNT, seed })
    expect(new Set(taken).size).toBe(COUNT)
    expect(taken).toEqual(taken.toSorted())
    expect(taken[COUNT - 1]).toBeLessThan(POOL)
    const [chance, all] = [COUNT, ALL].map((count) => Uint32Array.from({ length: count }, (_, row) => row))
    const measures = [
      (row: number) => (levels[row] === 1 ? 1 : 0),
      (row: number) => (Number.isNaN(numbers[0][row]) ? 1 : 0),
      (row: number) => (levels[row] === 0 && numbers[1][row] > 1 ? 1 : 0),
      (row: number) => Math.log(numbers[1][row]),
      (row: number) => (numbers[0][row] || 0) * Math.log(numbers[1][row]),
    ]
    for (const [at, measure] of measures.entries()) {
      const wanted = meanOf(all, measure)
      errors[at].taken += (meanOf(taken, measure) - wanted) ** 2
      errors[at].chance += (meanOf(chance, measure) - wanted) ** 2
    }
  }
  for (const own of errors) expect(own.taken).toBeLessThan(own.chance / 9)
})

test('one seed takes the same rows, another seed others; of as many rows as are wanted, all', async () => {
  const features = featuresOf(table(7).columns, COUNT)
  const take = (seed: number, pool = POOL) => thinned(features, { pool, all: ALL, count: COUNT, seed })
  expect(await take(1)).toEqual(await take(1))
  expect(await take(1)).not.toEqual(await take(2))
  expect(await take(1, COUNT)).toEqual(Uint32Array.from({ length: COUNT }, (_, row) => row))
})

test('a table of constants, gaps alone, one row and many columns is thinned as well', async () => {
  const columns: ComparedColumn[] = [
    { levels: new Int16Array(40), size: 1 },
    { numbers: new Float64Array(40).fill(Number.NaN) },
    { numbers: new Float64Array(40).fill(3) },
    ...Array.from({ length: 60 }, () => ({ numbers: Float64Array.from({ length: 40 }, (_, row) => row) })),
  ]
  for (const count of [1, 10]) {
    const taken = await thinned(featuresOf(columns, count), { pool: 4 * count, all: 40, count, seed: 0 })
    expect(taken.length).toBe(count)
  }
})

test('what takes long can be stopped', async () => {
  const features = featuresOf(table(0).columns, COUNT)
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(thinned(features, { pool: POOL, all: ALL, count: COUNT, seed: 0, signal })).rejects.toThrow(
    'enough',
  )
})
