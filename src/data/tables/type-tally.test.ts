import { expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import { partsOf } from './node/writers/parquet-physical.ts'
import type { StoredType } from './stored-type.ts'
import { typeTally } from './type-tally.ts'

const typeOf = (cells: readonly Cell[], declared?: StoredType): StoredType => {
  const tally = typeTally(declared)
  for (const cell of cells) tally.add(cell)
  return tally.type()
}

test.each<[readonly Cell[], StoredType['kind']]>([
  [['1', '20', null], 'integer'],
  [[1, 2.5], 'double'],
  [['1', '2.50'], 'double'],
  [['01', '2'], 'text'],
  [['1234567890123456789012'], 'text'],
  [['true', false], 'boolean'],
  [['2024-02-29'], 'date'],
  [['2023-02-29'], 'text'],
  [['2024-02-29 01:02'], 'timestamp'],
  [['2024-02-29T01:02:03Z', '2024-02-29T01:02:03+02:00'], 'instant'],
  [['2024-02-29', '2024-02-29T01:02:03Z'], 'text'],
  [['$1,204.00'], 'text'],
  [[null], 'text'],
  [[true, 1], 'text'],
  [[''], 'text'],
])('%j: %s', (cells, kind) => {
  expect(typeOf(cells)).toEqual({ kind })
})

test('what the source says stays while it holds every cell', () => {
  const decimal = { kind: 'decimal', precision: 5, scale: 2 } as const
  expect(typeOf(['12.5', null, 3], decimal)).toEqual(decimal)
  expect(typeOf(['12.345'], decimal)).toEqual({ kind: 'double' })
  expect(typeOf(['1234.5'], decimal)).toEqual({ kind: 'double' })
  expect(typeOf([null], decimal)).toEqual(decimal)
  expect(typeOf(['1', '2'], { kind: 'text' })).toEqual({ kind: 'text' })
  expect(typeOf([1, 2.5], { kind: 'integer' })).toEqual({ kind: 'double' })
})

test.each([
  ['1970-01-01 00:00:00.000001', 1n],
  ['1969-12-31T23:59:59.5Z', -500_000n],
  ['2024-02-29T01:02:03+02:00', 1709161323000000n],
])('%s is %s microseconds', (text, microseconds) => {
  expect(partsOf(text)).toBe(microseconds)
})
