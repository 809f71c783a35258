/** What fills each column, on tables whose truth is known. */
import { describe, expect, test } from 'vitest'
import { chooseFills, type Fills } from './choose.ts'
import { openImputers, rowFiller } from './fit-imputers.ts'
import type { GapTable } from './gap-table.ts'
import { normalRows, numbersTable } from './tables.testing.ts'

const rows = normalRows(240, 4).map(([a, b, c, d]) => [
  a,
  2 * a + 0.05 * b,
  c,
  Math.abs(c) > 0.7 ? 1 : -1 + 0.1 * d,
])
const table = numbersTable(rows, 0.1)

const filled = (from: GapTable, row: number, { learned, weights }: Fills) => {
  const opened = openImputers(learned, from)
  const out = Float64Array.from(from.targets.subarray(row * from.width, (row + 1) * from.width))
  rowFiller(opened, from)(from, row, (targets, place) => {
    from.columns.forEach(({ at }, column) => {
      if (from.known[row * from.columns.length + column] === 0)
        out[at] += (weights[opened[place].name]?.[column] ?? 0) * targets[at]
    })
  })
  return out
}

describe('of four columns', async () => {
  const fills = await chooseFills(table, { seed: 0 })

  test('weights of each column sum to 1, and none is negative', () => {
    for (let column = 0; column < 4; column++) {
      const own = Object.values(fills.weights).map((weights) => weights[column])
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6)
      expect(Math.min(...own)).toBeGreaterThanOrEqual(0)
    }
  })

  test('a line is filled by Gaussians, a step by trees and mixtures, and errors are what they are', () => {
    const [line, , noise, step] = [0, 1, 2, 3].map(
      (column) => fills.errors[2 * column] / fills.errors[2 * column + 1],
    )
    expect(line).toBeLessThan(0.7)
    expect(noise).toBeGreaterThan(0.5)
    expect(step).toBeLessThan(0.8)
    expect(
      fills.weights.trees[3] + (fills.weights.mixtures?.[3] ?? 0) + (fills.weights.mixture?.[3] ?? 0),
    ).toBeGreaterThan(0.8)
  })

  test('new rows with gaps of their own are filled near to the truth', () => {
    const fresh = numbersTable([
      [0, 2, 1, 1],
      [1, 0, 0, 0],
    ])
    fresh.known.set([0, 1, 1, 1])
    fresh.known.set([1, 0, 1, 1], 4)
    expect(Math.abs(filled(fresh, 0, fills)[0] - 1)).toBeLessThan(0.2)
    expect(Math.abs(filled(fresh, 1, fills)[1] - 2)).toBeLessThan(0.3)
  })

  test('the same seed chooses the same', async () => {
    expect(await chooseFills(table, { seed: 0 })).toEqual(fills)
  })
})

test('what stands beside has a share where it does better on rows that it never saw, and none where it does worse', async () => {
  const judging = Array.from({ length: 100 }, (_, row) => row)
  const known = rows.flat()
  const of = (guess: (truth: number, at: number) => number) => ({
    rows: judging,
    fill: async () => Float64Array.from(known.slice(0, 400), guess),
  })
  const better = await chooseFills(table, { seed: 0, beside: of((truth) => truth) })
  expect(Math.min(...better.beside)).toBeGreaterThan(0.8)
  const worse = await chooseFills(table, {
    seed: 0,
    beside: of((truth, at) => truth + (at % 2 === 0 ? 5 : -5)),
  })
  expect(Math.max(...worse.beside)).toBe(0)
})

test('tables of a dozen rows, columns without spread and columns without cells are filled', async () => {
  const small = numbersTable(
    normalRows(12, 3).map(([a, b]) => [a, 1, b]),
    0.2,
  )
  for (let row = 0; row < 12; row++) small.known[row * 3 + 2] = 0
  const fills = await chooseFills(small, { seed: 0 })
  for (let row = 0; row < 12; row++) expect(filled(small, row, fills).every(Number.isFinite)).toBe(true)
  expect(Number.isNaN(fills.errors[4])).toBe(true)
})

test('in a moment only what is linear is weighed', async () => {
  const { weights } = await chooseFills(table, { seed: 0, isQuick: true })
  expect(Object.keys(weights).every((name) => ['means', 'gaussian', 'plain'].includes(name))).toBe(true)
})
