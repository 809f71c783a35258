import fc from 'fast-check'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { Cell } from './cell.ts'
import { rowDecoder, rowEncoder, type UnreadCell, valueReader, watchedEncoder } from './encode.ts'
import { inferSchema } from './infer-schema.ts'
import { tableLayout } from './layout.ts'
import type { Row } from './row.ts'
import { schemaOf } from './rows.testing.ts'
import type { TableSchema } from './schema.ts'
import type { StoredType } from './stored-type.ts'

const columns = ['weight', 'color', 'when', 'sick', 'stage', 'name']
const stages = ['mild', 'moderate', 'severe']
const rowOf = (i: number): Cell[] => [
  (10 + 3 * Math.sin(i)).toFixed(2),
  ['red', 'green', 'blue'][i % 3],
  `2024-03-${String(1 + (i % 28)).padStart(2, '0')}`,
  i % 4 === 0 ? 'yes' : 'no',
  stages[i % 3],
  `person ${i}`,
]
const rows = Array.from({ length: 84 }, (_, i) => rowOf(i))

let schema: TableSchema
beforeAll(async () => {
  schema = await schemaOf(columns, rows)
})

const encode = (cells: readonly (readonly Cell[])[], names = columns) =>
  rowEncoder(schema)({ columns: names, first: 40, rows: cells, lines: cells.map((_, row) => 42 + row) })

test('columns are found by name, others are ignored', () => {
  const order = [4, 0, 5, 3, 2, 1]
  const turned = rows.map((row) => ['extra', ...order.map((at) => row[at])])
  const names = ['more', ...order.map((at) => columns[at])]
  expect(encode(turned, names)).toEqual(encode(rows))
})

test('rows come back without what is left out, gaps included', () => {
  const modelled = [0, 1, 2, 3, 4]
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(999), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })), {
        minLength: 1,
      }),
      (picks) => {
        const cells = picks.map(([i, gaps]) => rowOf(i).map((cell, at) => (gaps[at] ? null : cell)))
        const wanted = cells.map((row) => modelled.map((at) => row[at]))
        expect(rowDecoder(schema)(encode(cells))).toEqual(wanted)
        const numbers = cells.map(([weight]) => (weight === null ? null : Number(weight)))
        expect(rowDecoder(schema, { plain: true })(encode(cells)).map(([weight]) => weight)).toEqual(numbers)
      },
    ),
  )
})

test('a row in which all is missing is all zeros, and comes back as nulls', () => {
  const values = encode([
    ['-inf', 'NA', null, '?', 'nan', ''],
    [Number.POSITIVE_INFINITY, '\\N', '-', '', '--', ''],
  ])
  expect([...values]).toEqual(Array(2 * tableLayout(schema).width).fill(0))
  expect(rowDecoder(schema)(values)).toEqual(Array(2).fill([null, null, null, null, null]))
})

test('a chunk without rows is no row', () => {
  expect(encode([])).toHaveLength(0)
})

describe('refusals name row, line and column', () => {
  const bad = (at: number, cell: Cell) => () =>
    rowEncoder(schema, { unseen: 'error' })({
      ...{ columns, first: 40, lines: [42, 43] },
      rows: [rowOf(1), rowOf(2).map((good, place) => (place === at ? cell : good))],
    })

  test('a text among numbers', () => {
    expect(bad(0, 'heavy')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: "heavy" in row 42 (line 43), column "weight"; wanted a number. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]]`,
    )
  })

  test('a date of another form', () => {
    expect(bad(2, '03/04/2024')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: "03/04/2024" in row 42 (line 43), column "when"; wanted a date such as 2024-03-14. Fix: mend the cell, leave it empty where nothing is known, or let what cannot be read count as missing (--unseen missing, { unseen: 'missing' }). [table/cell]]`,
    )
  })

  test('levels never seen', () => {
    expect(bad(1, 'mauve')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: "mauve" in row 42 (line 43), column "color"; wanted one of the values known from training: blue, green, red. Fix: mend the cell, train with rows that have this value, or let unseen values count as missing (--unseen missing, { unseen: 'missing' }). [table/unseen-level]]`,
    )
    expect(bad(3, 'maybe')).toThrow('"maybe" in row 42 (line 43), column "sick"; wanted one of the values')
    expect(bad(4, 'fatal')).toThrow('wanted one of the values known from training: mild, moderate, severe.')
  })

  test.each<Cell>(['0x10', '12 stone', true, '1e999', `${'long'.repeat(20)}`])('%s is no number', (cell) => {
    expect(bad(0, cell)).toThrow('in row 42 (line 43), column "weight"; wanted a number.')
  })

  test('columns that are not there', () => {
    expect(() => encode([[1, 2]], ['weight', 'colour'])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no columns "color", "when", "sick", "stage" among "weight", "colour"; wanted the columns that the model was trained on. Fix: add what is missing (cells may be empty), and name columns as for training. [table/columns]]`,
    )
  })

  test('a row of another length', () => {
    expect(() => encode([rowOf(0), ['1']])).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 1 cell in row 42 (line 43); wanted 6, one a column. Fix: give every row a cell for each column. [table/ragged]]`,
    )
  })
})

test('levels never seen and odd cells count as missing, and are told of one by one', () => {
  const told: UnreadCell[] = []
  const encode = watchedEncoder(schema, { onUnread: (cell) => told.push(cell) })
  const cells = rowOf(2).map((cell, at) => (at === 5 ? cell : at === 0 ? '<5' : 'new'))
  const values = encode({ columns, first: 7, rows: [rowOf(1), cells] })
  expect(rowDecoder(schema)(values)[1]).toEqual([null, null, null, null, null])
  expect(told).toEqual(
    [0, 1, 2, 3, 4].map((at) => ({ row: 8, column: columns[at], cell: at === 0 ? '<5' : 'new' })),
  )
})

test('numbers match levels however they are written', async () => {
  const codes = await schemaOf(
    ['x'],
    Array.from({ length: 30 }, (_, i) => [['1', '2', '3.0'][i % 3]]),
    { kinds: { x: 'categorical' } },
  )
  const cells = [[1], ['1.0'], [' 2 '], [3], ['3']]
  expect(rowDecoder(codes)(rowEncoder(codes)({ columns: ['x'], first: 0, rows: cells }))).toEqual([
    [1],
    [1],
    [2],
    ['3.0'],
    ['3.0'],
  ])
})

test('a schema in the source is the type of its rows', () => {
  const written = {
    columns: [
      { name: 'mass', kind: 'real' },
      { name: 'sex', kind: 'binary', levels: ['f', 'm'] },
      { name: 'island', kind: 'categorical', levels: ['Biscoe', 'Dream'], other: 'other' },
      { name: 'seen', kind: 'datetime' },
    ],
  } as const
  expectTypeOf<Row<typeof written>>().toEqualTypeOf<{
    mass: number | null
    sex: 'f' | 'm' | null
    island: string | null
    seen: string | null
  }>()
  expectTypeOf<Row<TableSchema>>().toExtend<Record<string, Cell>>()
})

test('a third number where two were met is held within them; a word is refused', () => {
  const flag = {
    columns: [{ name: 'flag', kind: 'binary', levels: [0, 1], missing: 0, reason: 'two values' }],
  } satisfies TableSchema
  const encode = rowEncoder(flag, { unseen: 'error' })
  const row = (cell: string) => Array.from(encode({ columns: ['flag'], first: 0, rows: [[cell]] }))
  expect(['0', '1', '7'].map(row)).toEqual([
    [0, 1],
    [1, 1],
    [1, 1],
  ])
  expect(() => row('often')).toThrow('"often"')
})

describe('the same table from another source', () => {
  const amounts = Array.from({ length: 60 }, (_, row) => row * 37.25 + 3)
  const seconds = Array.from({ length: 60 }, (_, row) => 60 + row * 127)
  const clock = (value: number) =>
    [value / 3600, (value / 60) % 60, value % 60]
      .map((part) => String(Math.floor(part)).padStart(2, '0'))
      .join(':')
  const rowsOf = (cells: readonly Cell[], type?: StoredType) => ({
    ...{ columns: ['elapsed'], first: 0, types: [type] },
    rows: cells.map((cell) => [cell]),
  })
  const durationSchema = (training: readonly Cell[], type?: StoredType) => {
    async function* chunks() {
      yield rowsOf(training, type)
    }
    return inferSchema(chunks())
  }
  const read = async (training: readonly Cell[], cells: readonly Cell[], type?: StoredType) => {
    const rows = (all: readonly Cell[]) => rowsOf(all, type)
    const [column] = (await durationSchema(training, type)).columns
    const values = cells.map(valueReader(column)!)
    // What is read is encoded, and nothing else.
    const encoded = rowEncoder({ columns: [column] })(rows(cells))
    const width = encoded.length / cells.length
    const isRead = cells.map((_, row) => encoded[row * width + width - 1] === 1)
    return values.map((value, row) => (isRead[row] ? value : null))
  }

  test('plain numbers are read with thousands and currencies', async () => {
    const written = ['1,142.440', '$1,142.44', '1.142,44 €', '1 142.44', '(1,142.44)', 'USD 5.5', '-$5']
    const meant = [1142.44, 1142.44, 1142.44, 1142.44, -1142.44, 5.5, -5]
    expect(await read(amounts, written)).toEqual(meant)
    const texts = amounts.map((value) => value.toFixed(2))
    expect(await read(texts, written)).toEqual(meant)
    const unclear = ['1,142', '12 kg', '1.2K', '5%', '5 min', 'n/k']
    expect(await read(amounts, unclear)).toEqual(Array(6).fill(null))
  })

  test('cells that were odd in training stay so', async () => {
    expect(await read([...amounts, 'unclear'], ['$1,142.44', '3.5'])).toEqual([null, 3.5])
  })

  test('durations are read however they are written', async () => {
    const written = ['1:12:55', '0 days 01:12:55', 'P0DT1H12M55S', 'PT4375S', '4375 s', '1h 12m 55s']
    const duration = { kind: 'duration', decimals: 6 } as const
    const trainings: readonly (readonly [readonly Cell[], StoredType?])[] = [
      [seconds.map(clock)],
      [seconds.map((value) => `0 days ${clock(value)}`)],
      [seconds.map((value) => `PT${value}S`)],
      [seconds.map((value) => `P0DT0H0M${value}S`)],
      [seconds, duration],
    ]
    for (const [training, type] of trainings)
      expect(await read(training, written, type)).toEqual(Array(6).fill(4375))
    // A bare number is one where its source says so.
    expect(await read(seconds, [4375], duration)).toEqual([4375])
    expect(await read(seconds.map(clock), [4375], duration)).toEqual([4375])
    const [bareSchema, cells] = [await durationSchema(seconds, duration), [4375, '4375', 0.05, 4_375_000]]
    const encode = rowEncoder(bareSchema)
    const masks = encode({ columns: ['elapsed'], first: 0, rows: cells.map((cell) => [cell]) })
    expect([...masks].filter((_, at) => at % 2 === 1)).toEqual([1, 1, 0, 0])
    for (const bare of [4375, 0.05, '4375']) expect(await read(seconds.map(clock), [bare])).toEqual([null])
  })

  test('dates are read as units since 1970', async () => {
    const days = Array.from({ length: 60 }, (_, row) =>
      new Date(Date.UTC(2023, 0, 1 + row * 5)).toISOString(),
    )
    const time = Date.UTC(2023, 5, 13)
    const written = [time, time / 1000, `${time}`, time * 1000, 20, time * 3, 19_521]
    for (const training of [days, days.map((day) => day.slice(0, 10))])
      expect(await read(training, written)).toEqual([time, time, time, time, null, null, null])
    expect(
      await read(
        days.map((_, row) => `${10 + (row % 9)}:15`),
        [30_000],
      ),
    ).toEqual([null])
  })
})
