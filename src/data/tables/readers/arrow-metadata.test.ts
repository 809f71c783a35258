import { describe, expect, test } from 'vitest'
import { arrowMetadata, checkSchema } from './arrow-metadata.ts'
import { type FlatFields, flat } from './flat.testing.ts'
import { FlatTable } from './flatbuffer.ts'

const [SCHEMA, DICTIONARY, ROWS] = [1, 2, 3]
const message = (kind: number, body: number | bigint, header?: FlatFields) =>
  arrowMetadata(flat({ 6: { byte: kind }, ...(header && { 8: { table: header } }), 10: { long: body } }))

interface Batch {
  readonly rows?: number
  /** Values of each column. */
  readonly columns?: readonly number[]
  readonly buffers?: number
  readonly isPacked?: boolean
  /** Numbers of further buffers. */
  readonly further?: readonly number[]
}
const batch = ({
  rows = 0,
  columns = [],
  buffers = 0,
  isPacked = false,
  further = [],
}: Batch): FlatFields => ({
  4: { long: rows },
  6: { records: columns, width: 16 },
  8: { records: new Array(buffers).fill(0), width: 16 },
  ...(isPacked && { 10: { table: {} } }),
  12: { records: further, width: 8 },
})

const TYPE = { integer: 2, decimal: 7 }
const field = (kind: number, digits?: number): FlatFields => ({
  ...{ 4: { text: 'x' }, 8: { byte: kind } },
  ...(digits !== undefined && { 10: { table: { 6: { int: digits } } } }),
})
const within = (depth: number): FlatFields => ({ 14: { tables: depth > 0 ? [within(depth - 1)] : [] } })
const said = (count: number) => ({ tables: new Array<FlatFields>(count).fill({}) })

test('messages are told apart by their number', () => {
  expect(message(SCHEMA, 0, { 6: { tables: [field(TYPE.integer)] } })).toEqual({ kind: 'schema', body: 0 })
  expect(message(DICTIONARY, 64, { 6: { table: batch({ rows: 3 }) } })).toEqual({
    kind: 'dictionary',
    body: 64,
  })
  expect(message(ROWS, 2 ** 40, batch({ rows: 3 }))).toEqual({ kind: 'rows', body: 2 ** 40 })
  for (const kind of [SCHEMA, DICTIONARY, ROWS]) expect(message(kind, 0).body).toBe(0)
  expect(message(DICTIONARY, 0, {}).kind).toBe('dictionary')
  for (const kind of [0, 4, 255]) expect(() => message(kind, 0)).toThrow(`a message of kind ${kind}`)
})

test('a body has a length', () => {
  expect(message(ROWS, Number.MAX_SAFE_INTEGER).body).toBe(Number.MAX_SAFE_INTEGER)
  for (const body of [-1, 2n ** 53n, 2n ** 62n]) expect(() => message(ROWS, body)).toThrow('bytes of rows')
})

describe('a batch', () => {
  const check =
    (body: number, of: Batch, kind = ROWS) =>
    () =>
      message(kind, body, kind === ROWS ? batch(of) : { 6: { table: batch(of) } })
  const FEW = 2 ** 20

  test.each<[string, number, Batch]>([
    ['of a few values without storing any', 0, { rows: FEW, columns: [FEW, 0] }],
    ['of eight values a byte', 2 ** 20, { rows: 2 ** 23, columns: [2 ** 23] }],
    ['of more where it is packed', 2 ** 20, { rows: 2 ** 31, columns: [2 ** 31], isPacked: true }],
    ['with further buffers', 0, { buffers: 3, further: [0, 3] }],
  ])('%s is read', (_, body, of) => {
    for (const kind of [ROWS, DICTIONARY]) expect(check(body, of, kind)).not.toThrow()
  })

  test.each<[string, number, Batch, string]>([
    ['more rows than a few without storing any', 0, { rows: FEW + 1 }, `${FEW + 1} values in 0 bytes`],
    ['more values in a column', 0, { columns: [0, FEW + 1] }, `${FEW + 1} values in 0 bytes`],
    ['more rows than bits', 2 ** 20, { rows: 2 ** 23 + 1 }, '8388609 values'],
    ['more than can be packed', 2 ** 20, { rows: 2 ** 31 + 1, isPacked: true }, '2147483649 values'],
    ['fewer rows than none', 0, { rows: -1 }, '-1 values'],
    ['fewer values than none', 0, { columns: [0, -1] }, '-1 values'],
    ['more further buffers than buffers', 0, { buffers: 3, further: [0, 4] }, '4 buffers of 3'],
    ['fewer further buffers than none', 0, { buffers: 3, further: [-1] }, '-1 buffers of 3'],
  ])('with %s is refused', (_, body, of, seen) => {
    for (const kind of [ROWS, DICTIONARY]) expect(check(body, of, kind)).toThrow(seen)
  })
})

describe('a schema', () => {
  const check =
    (fields: FlatFields, bytes = 2 ** 16) =>
    () =>
      checkSchema(FlatTable.root(flat(fields)), bytes)
  const fieldsOf = (...fields: FlatFields[]): FlatFields => ({ 6: { tables: fields } })

  test('has no more fields, and words about them, than fit into its bytes', () => {
    const three = fieldsOf(field(TYPE.integer), { 14: { tables: [field(TYPE.integer)] } })
    expect(check(three, 12)).not.toThrow()
    expect(check(three, 11)).toThrow('fields within each other')
    const told = fieldsOf({ 16: said(2) }, { 14: { tables: [{ 16: said(1) }] } })
    expect(check(told, 24)).not.toThrow()
    expect(check(told, 23)).toThrow('fields within each other')
    const about = { ...fieldsOf({}), 8: said(3) }
    expect(check(about, 16)).not.toThrow()
    expect(check(about, 15)).toThrow('fields within each other')
  })

  test('has fields within fields, but not without end', () => {
    expect(check(fieldsOf(within(16)))).not.toThrow()
    expect(check(fieldsOf(within(17)))).toThrow('fields within each other')
    expect(check(fieldsOf(within(10), within(10), within(10)))).not.toThrow()
  })

  test('has decimals of as many digits as fit into 256 bits', () => {
    expect(
      check(fieldsOf(field(TYPE.decimal, 76), field(TYPE.decimal), field(TYPE.integer, 77))),
    ).not.toThrow()
    expect(check(fieldsOf(field(TYPE.integer), field(TYPE.decimal, 77)))).toThrow('a decimal of 77 digits')
  })

  test('is checked as a message, too', () => {
    expect(() => message(SCHEMA, 0, fieldsOf(within(17)))).toThrow('fields within each other')
  })
})
