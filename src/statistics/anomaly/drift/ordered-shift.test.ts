/** Of a known autoregression: how often nothing that moved is named, and that what moved is. */
import { expect, test } from 'vitest'
import { autoregression } from '../../../../test/time/autoregression.ts'
import { driftBetween } from './drift.ts'

const inOrder = (count: number) => ({
  rows: Array.from({ length: count }, (_, at) => at),
  starts: [0, count / 2, count],
})

function compared(seed: number, shift: number, orders = true) {
  const [before, after] = [autoregression(1600, seed), autoregression(600, seed + 1)].map((rows) =>
    rows.map(([x]) => x),
  )
  const [reference, current] = [Float64Array.from(before), Float64Array.from(after, (x) => x + shift)]
  const levelOf = (x: number) => (x > 2 ? 'high' : x > -1 ? 'middle' : 'low')
  const levels = [before.map(levelOf), after.map((x) => levelOf(x + shift))]
  const { columns } = driftBetween({
    columns: [
      { name: 'heat', kind: 'number', reference, current },
      { name: 'level', kind: 'level', reference: levels[0], current: levels[1] },
    ],
    ...(orders && { orders: { reference: inOrder(1600), current: inOrder(600) } }),
  })
  return new Map(columns.map(({ column, pValue }) => [column, pValue]))
}

test('rows that hang together are named no more often than promised, where single ones would be', () => {
  const rounds = 120
  const found = { heat: 0, level: 0, alone: 0 }
  for (let at = 0; at < rounds; at++) {
    const own = compared(70_000 + 2 * at, 0)
    if ((own.get('heat') ?? 0) <= 0.05) found.heat++
    if ((own.get('level') ?? 0) <= 0.05) found.level++
    if (at < 20 && (compared(70_000 + 2 * at, 0, false).get('heat') ?? 0) <= 0.05) found.alone++
  }
  const band = 2.6 * Math.sqrt((0.05 * 0.95) / rounds)
  expect(found.heat / rounds).toBeLessThan(0.05 + band)
  expect(found.level / rounds).toBeLessThan(0.05 + band)
  expect(found.alone).toBeGreaterThan(8)
})

test('what moved by a deviation and a half is named', () => {
  const moved = Array.from({ length: 10 }, (_, at) => compared(80_000 + 2 * at, 3.5))
  expect(moved.filter((own) => (own.get('heat') ?? 1) <= 0.05).length).toBeGreaterThan(8)
  expect(moved.filter((own) => (own.get('level') ?? 1) <= 0.05).length).toBeGreaterThan(8)
})
