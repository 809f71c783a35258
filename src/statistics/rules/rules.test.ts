import { expect, test } from 'vitest'
import { fillNormal, fillUniform } from '../../base/random.ts'
import type { RuleColumn } from './columns.ts'
import { keepRules } from './keep.ts'
import { learnRules } from './learn.ts'
import { type PlainCell, ruleText } from './rule.ts'

const COUNT = 400
const normal = (step: number) => fillNormal(new Float32Array(COUNT), { seed: 3, stream: 8001, step })
const uniform = (step: number) => fillUniform(new Float32Array(COUNT), { seed: 3, stream: 8001, step })
const number = (name: string, of: (row: number) => number | null, unit?: number): RuleColumn => ({
  name,
  kind: 'number',
  ...(unit !== undefined && { unit }),
  values: Float64Array.from({ length: COUNT }, (_, row) => of(row) ?? Number.NaN),
})
const level = (name: string, of: (row: number) => string | null): RuleColumn => ({
  name,
  kind: 'level',
  values: Array.from({ length: COUNT }, (_, row) => of(row)),
})

const [a, b, noise, chance, other] = [uniform(0), uniform(1), normal(2), uniform(3), uniform(4)]
const [gap, price, slack] = [uniform(5), uniform(6), uniform(7)]
const cents = (value: number): number => Math.round(100 * value) / 100
const net = (row: number) => cents(50 * a[row])
const tax = (row: number) => cents(30 * b[row])
const cities = ['Oslo', 'Bergen', 'Rome', 'Milan', 'Lyon']
const countries = ['NO', 'NO', 'IT', 'IT', 'FR']
const at = (row: number) => Math.floor(chance[row] * 5)

const table: readonly RuleColumn[] = [
  number('net', net, 0.01),
  number('tax', tax, 0.01),
  number('gross', (row) => (row % 9 === 0 ? null : cents(net(row) + tax(row))), 0.01),
  number('x', (row) => noise[row]),
  number('y', (row) => 2 * noise[row] + 0.02 * slack[row]),
  number('start', (row) => 100 * other[row]),
  number('end', (row) => 100 * other[row] + 20 * gap[row]),
  level('city', (row) => cities[at(row)]),
  level('country', (row) => countries[at(row)]),
  number('fee', (row) => (at(row) === 2 ? 0 : cents(20 * price[row])), 0.01),
]

test('sums, near sums, orders, what decides and what pins are found, and nothing else', () => {
  expect(learnRules(table).map(ruleText)).toMatchInlineSnapshot(`
    [
      "y ≈ 2 x + 0.01028",
      "gross = tax + net",
      "city decides country",
      "fee = 0 where city is Rome",
      "start < end",
      "net < gross",
      "tax < gross",
    ]
  `)
})

test('columns that have nothing to do with each other keep no rules, however few their values', () => {
  const apart = [
    number('u', (row) => a[row]),
    number('v', (row) => b[row] + 0.2),
    level('p', (row) => (chance[row] < 0.02 ? 'rare' : 'usual')),
    level('q', (row) => (other[row] < 0.03 ? 'rare' : 'usual')),
    level('r', (row) => (a[row] < 0.5 ? 'one' : 'two')),
  ]
  expect(learnRules(apart)).toEqual([])
  // A dozen rows prove nothing.
  const dozen = (column: RuleColumn): RuleColumn =>
    column.kind === 'level'
      ? { ...column, values: column.values.slice(0, 12) }
      : { ...column, values: column.values.slice(0, 12) }
  expect(learnRules(table.map(dozen))).toEqual([])
})

test('rows that break every rule keep them once they are made, and gaps stay gaps', () => {
  const names = table.map(({ name }) => name)
  const place = (name: string) => names.indexOf(name)
  const drawn = table.map((_, column) => normal(9 + column))
  const rows = Array.from({ length: COUNT }, (_, row): PlainCell[] =>
    table.map(({ kind, values }, column) =>
      kind === 'level' ? values[(row * 7 + column * 31) % COUNT] : 40 * Math.abs(drawn[column][row]),
    ),
  )
  rows[0][place('gross')] = null
  const keeper = keepRules(learnRules(table), names, rows)
  expect(rows.some((row) => keeper.broken(row) !== undefined)).toBe(true)
  for (const row of rows) keeper.make(row)
  expect(rows.filter((row) => keeper.broken(row) !== undefined)).toEqual([])
  expect(rows[0][place('gross')]).toBe(null)
  for (const row of rows) {
    expect(Number(row[place('end')])).toBeGreaterThanOrEqual(Number(row[place('start')]))
    expect(row[place('country')]).toBe(countries[cities.indexOf(String(row[place('city')]))])
    expect(Math.abs(Number(row[place('y')]) - 2 * Number(row[place('x')]))).toBeLessThan(0.05)
  }
})

test('levels that never meet are told, and rows in which they do are refused', () => {
  const pair = [
    level('sex', (row) => (a[row] < 0.5 ? 'm' : 'f')),
    level('ward', (row) => (a[row] >= 0.5 && b[row] < 0.4 ? 'birth' : chance[row] < 0.5 ? 'eye' : 'ear')),
  ]
  const rules = learnRules(pair)
  expect(rules.map(ruleText)).toEqual(['1 pair of sex and ward that never meet, such as m and birth'])
  const keeper = keepRules(rules, ['sex', 'ward'])
  expect(
    [
      ['m', 'birth'],
      ['f', 'birth'],
      ['m', null],
    ].map((row) => keeper.broken(row)),
  ).toEqual([0, undefined, undefined])
})
