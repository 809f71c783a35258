import { expect, test } from 'vitest'
import type { TableSchema } from '../../data/tables/schema.ts'
import { acceptance, drawUntil } from './accepting.ts'
import { readRule, readWhere } from './conditions.ts'
import { plainColumns } from './plain-cells.ts'

const common = { missing: 0, reason: 'said so' }
const real = { transform: { name: 'none' }, center: 0, scale: 1, decimals: 2, low: 0, high: 100 } as const
const schema: TableSchema = {
  columns: [
    { ...common, ...real, name: 'mass', kind: 'real' },
    { ...common, ...real, name: 'mass (g)', kind: 'real' },
    { ...common, ...real, name: 'b', kind: 'real' },
    {
      ...common,
      name: 'species',
      kind: 'categorical',
      levels: ['Adelie', 'Chin, strap', 'Gentoo'],
      merged: 0,
    },
    { ...common, name: 'twin', kind: 'categorical', levels: ['Adelie', 'Gentoo'], merged: 0 },
  ],
}
const names = schema.columns.map(({ name }) => name)
const columns = plainColumns(schema, names)
const row = [10, 20, 30, 'Chin, strap', 'Gentoo']

test('conditions and rules are read by the names and levels of the table', () => {
  const meets = (text: string) => readWhere(text, columns).every(({ holds }) => holds(row))
  expect(meets('mass>9.5,mass (g) <= 20')).toBe(true)
  expect(meets('species="Chin, strap",twin!=Adelie')).toBe(true)
  expect(meets('mass=10,species=Adelie')).toBe(false)
  const keeps = (text: string) => readRule(text, columns).holds(row)
  expect(keeps('mass + mass (g) = b')).toBe(true)
  expect(keeps('2 * mass (g) - mass >= b')).toBe(true)
  expect(keeps('b < mass')).toBe(false)
  expect(keeps('mass > 9')).toBe(true)
  expect(keeps('species != twin')).toBe(true)
  expect(readRule('mass > b', columns).holds([null, 1, 2, null, null])).toBe(true)
})

test.each([
  () => readWhere('heft>3', columns),
  () => readWhere('species=Emperor', columns),
  () => readWhere('species>Adelie', columns),
  () => readWhere('mass>heavy', columns),
  () => readWhere('mass', columns),
  () => readRule('mass', columns),
  () => readRule('mass > heft', columns),
  () => readRule('mass > species', columns),
  () => acceptance(schema, names, { rules: [], unique: ['id'] }, { found: [], reference: [] }),
])('what cannot be read is refused with what could: %#', (read) => {
  expect(read).toThrowErrorMatchingSnapshot()
})

test('rows are drawn until enough of them are accepted, and an error says what nearly none keeps', async () => {
  const draw = async (count: number, round: number) =>
    Array.from({ length: count }, (_, at) => [(at * 7 + round) % 100, 1, 2, 'Adelie', 'Adelie'])
  const accepting = (where: string) =>
    acceptance(schema, names, { where, rules: [] }, { found: [], reference: [] })
  const { rows, drawn } = await drawUntil(50, accepting('mass>=90'), draw)
  expect(rows).toHaveLength(50)
  expect(rows.every(([mass]) => Number(mass) >= 90)).toBe(true)
  expect(drawn?.kept).toBe(50)
  expect((drawn?.kept ?? 0) / (drawn?.rows ?? 1)).toBeCloseTo(0.1, 1)
  await expect(drawUntil(2, accepting('mass>200'), draw)).rejects.toThrowErrorMatchingSnapshot()
})
