import { expect, test } from 'vitest'
import type { TableSchema } from '../../data/tables/schema.ts'
import { wholeTable, withGapWords } from './whole-table.ts'

const common = { missing: 0, reason: 'said so' }
const schema: TableSchema = {
  columns: [
    { ...common, name: 'id', kind: 'identifier' },
    { ...common, name: 'a', kind: 'count', low: 0, high: 400 },
    { ...common, name: 'country', kind: 'constant', value: 'CH' },
    { ...common, name: 'note', kind: 'constant', value: null, missing: 1 },
    { ...common, name: 'mark', kind: 'constant', value: 'x', missing: 0.25 },
    { ...common, name: 'b', kind: 'count', low: 0, high: 400 },
  ],
}

test('columns that a model leaves out stand where they stood', () => {
  const made = { columns: ['a', 'b'], rows: Array.from({ length: 400 }, (_, row) => [row, -row]) }
  const { columns, rows } = wholeTable(schema, made, { seed: 3 })
  expect(columns).toEqual(['id', 'a', 'country', 'note', 'mark', 'b'])
  expect(rows.map(([id, a, country, note, _mark, b]) => [id, a, country, note, b])).toEqual(
    made.rows.map(([a, b]) => [null, a, 'CH', null, b]),
  )
  const marks = rows.map((row) => row[4])
  expect(new Set(marks)).toEqual(new Set(['x', null]))
  expect(marks.filter((mark) => mark === null).length / 400).toBeCloseTo(0.25, 1)
  expect(wholeTable(schema, made, { seed: 3 }).rows).toEqual(rows)
  expect(wholeTable(schema, { ...made, rows: made.rows.slice(0, 7) }, { seed: 3 }).rows).toEqual(
    rows.slice(0, 7),
  )
})

test('names of rows are made anew in their own pattern where that is asked for', () => {
  const counted = { name: 'counted', before: 'C-', after: '', digits: 5, next: 601 } as const
  const drawn = { name: 'drawn', shape: 'xx0\\-A' } as const
  const named: TableSchema = {
    columns: [
      { ...common, name: 'id', kind: 'identifier', pattern: counted },
      { ...common, name: 'key', kind: 'identifier', pattern: drawn },
      { ...common, name: 'note', kind: 'identifier' },
      { ...common, name: 'a', kind: 'count', low: 0, high: 400 },
    ],
  }
  const made = { columns: ['a'], rows: [[1], [2]] }
  const { rows } = wholeTable(named, made, { identifiers: 'new' })
  expect(rows.map(([id]) => id)).toEqual(['C-00601', 'C-00602'])
  for (const [, key, note] of rows) {
    expect(key).toMatch(/^[0-9a-f]{2}\d-[A-Z]$/)
    expect(note).toBe(null)
  }
})

test('gaps in a text table are written as the table writes them', () => {
  const said: TableSchema = {
    columns: schema.columns.map((column) => (column.name === 'b' ? { ...column, gap: 'NA' } : column)),
  }
  const rows = [
    [null, 1, null],
    [null, null, 2],
  ]
  expect(withGapWords(said, { columns: ['id', 'a', 'b'], rows }).rows).toEqual([
    [null, 1, 'NA'],
    [null, null, 2],
  ])
})
