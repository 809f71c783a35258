/** Why a row is odd: every cell with what it adds, whatever columns the table has besides. */
import { expect, test } from 'vitest'
import type { Cell } from '../../data/tables/cell.ts'
import { causesIn } from './causes.ts'

const columns = ['height', 'color', 'paid']
const chunk = {
  columns: ['paid', 'id', 'height'],
  first: 5,
  rows: [
    ['yes', 17, 1.8],
    ['no', 18, 40],
  ],
}
const shares = Float64Array.of(1, 0, 1, 30, -0.5, 2)
const scores = {
  score: Float64Array.of(2.5, 32),
  reconstruction: new Float64Array(2),
  kl: Float64Array.of(0.5, 0.5),
  cells: new Float64Array(6),
  alone: Float64Array.of(0.1, 0, 0.2, 9, 0.4, 0.5),
  shares,
  expected: (row: number, column: number): Cell => `${row}.${column}`,
}

const causes = causesIn(columns, chunk, scores)

test('the cell that adds most comes first, with what was seen and expected in its own column', () => {
  expect(causes(1)).toEqual([
    { column: 'height', seen: 40, expected: '1.0', nats: 30, alone: 9 },
    { column: 'paid', seen: 'no', expected: '1.2', nats: 2, alone: 0.5 },
    { column: 'color', seen: null, expected: '1.1', nats: -0.5, alone: 0.4 },
  ])
})

test('of equal cells the earlier column is first; only as many as asked for, and none that is missing', () => {
  expect(causes(0, 2).map(({ column }) => column)).toEqual(['height', 'paid'])
  expect(causes(0, 9)).toHaveLength(2)
})

test('all causes and the KL add up to the score', () => {
  for (const row of [0, 1]) {
    const nats = causes(row).reduce((sum, cause) => sum + cause.nats, 0)
    expect(nats + scores.kl[row]).toBeCloseTo(scores.score[row], 12)
  }
})
