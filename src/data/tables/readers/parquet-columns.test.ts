import { type FileMetaData, parquetSchema, type SchemaElement } from 'hyparquet'
import { expect, test } from 'vitest'
import { listOf, root } from './parquet.testing.ts'
import { parquetColumns } from './parquet-columns.ts'

const columnsOf = (...schema: SchemaElement[]) =>
  parquetColumns(parquetSchema({ schema: [root(1), ...schema] } as FileMetaData), new Map())
const group = (name: string, children: number): SchemaElement => ({
  ...{ name, num_children: children, repetition_type: 'OPTIONAL' },
})
const leaf = (name: string, more: Partial<SchemaElement> = {}): SchemaElement => ({
  ...{ name, type: 'INT32', repetition_type: 'OPTIONAL', ...more },
})
const BYTES = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 4 } as const

test('columns lie flat, under dotted names, each with how many parts around it may be missing', () => {
  const { stored, unread } = columnsOf(
    ...[group('a', 3), leaf('x'), leaf('y', { repetition_type: 'REQUIRED' }), group('b', 1), leaf('z')],
  )
  expect(stored.map(({ name, level, repeats }) => [name, level, repeats])).toEqual([
    ['a.x', 2, 0],
    ['a.y', 1, 0],
    ['a.b.z', 3, 0],
  ])
  expect(stored.map(({ schemaPath }) => schemaPath.map(({ element }) => element.name))).toEqual([
    ['root', 'a', 'x'],
    ['root', 'a', 'y'],
    ['root', 'a', 'b', 'z'],
  ])
  expect(unread).toEqual([])
})

test('columns are not read where anything in them is a list, or bytes', () => {
  const lists = columnsOf(group('a', 2), leaf('x'), ...listOf('l'))
  expect(lists.stored.map(({ name }) => name)).toEqual([undefined, undefined])
  expect(lists.unread).toEqual([{ name: 'a', reason: 'its cells are lists' }])
  expect(lists.stored.map(({ level, repeats }) => [level, repeats])).toEqual([
    [2, 0],
    [4, 1],
  ])
  for (const schema of [[leaf('a', BYTES)], [group('a', 2), leaf('x'), leaf('y', BYTES)]])
    expect(columnsOf(...schema).unread).toEqual([{ name: 'a', reason: 'its cells are bytes' }])
})

test('columns have of their element what lies in the file, and of hints those under their dotted name', () => {
  const schema = [root(1), group('a', 1), leaf('x', { type: 'INT64', converted_type: 'INT_64' })]
  const table = parquetSchema({ schema } as FileMetaData)
  const { stored } = parquetColumns(table, new Map([['a.x', { kind: 'duration', decimals: 3 }]]))
  expect(stored[0].type).toMatchObject({ kind: 'duration', decimals: 3 })
  expect(stored[0].schemaPath[2].element).toEqual({ name: 'x', type: 'INT64', repetition_type: 'OPTIONAL' })
})
