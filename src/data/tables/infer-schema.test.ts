import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../base/random.ts'
import type { Cell } from './cell.ts'
import { inferSchema } from './infer-schema.ts'
import { chunksOf, columnOfCells, encodeCells, schemaOf, spread } from './rows.testing.ts'
import { tableSchemaSchema } from './schema.ts'

const repeat = (times: number, ...cells: Cell[]): Cell[] => Array.from({ length: times }, () => cells).flat()
const whole = (count: number, from = 1) => Array.from({ length: count }, (_, at) => `${from + at}`)
const kindOf = async (cells: readonly Cell[], name = 'x') => {
  const { columns } = await schemaOf(
    [name],
    cells.map((cell) => [cell]),
  )
  return `${columns[0].kind}: ${columns[0].reason}`
}

/** Counts as often as the Poisson distribution of this mean has them among 1,000. */
function poisson(mean: number): number[] {
  let share = Math.exp(-mean)
  return Array.from({ length: 30 }, (_, value) => {
    const times = Math.round(1000 * share)
    share *= mean / (value + 1)
    return Array<number>(times).fill(value)
  }).flat()
}

test.each<[string, readonly Cell[], string, string?]>([
  ['nothing', repeat(9, '', null, 'NA'), 'constant: every cell is missing; "NA" in 9 rows counts as missing'],
  ['one value and gaps', repeat(9, '5', ''), 'constant: every value is 5'],
  ['two texts', repeat(9, 'm', 'f'), 'binary: two values: f and m'],
  [
    'two numbers and a mistake',
    [...repeat(99, '0', '1'), 'x'],
    'binary: two values: 0 and 1; 1 of 199 cells is no number and counts as missing: "x" in row 199 (line 200)',
  ],
  ['dates', ['2024-01-31', '2024-03-01', '2023-12-24'], 'datetime: dates from 2023-12-24 to 2024-03-01'],
  [
    'dates, ambiguous',
    ['01/02/2024', '03/04/2024', '05/06/2024'],
    'datetime: dates from 01/02/2024 to 05/06/2024, taken with the month first, though every one is a date with the day first, too (datetime:dmy)',
  ],
  [
    'dates, day first',
    ['01/02/2024', '13/04/2024', '05/06/2024'],
    'datetime: dates from 01/02/2024 to 05/06/2024',
  ],
  [
    'dates and a mistake',
    [...Array.from({ length: 150 }, (_, i) => `2${i + 100}-01-01`), 'soon'],
    'datetime: dates from 2100-01-01 to 2249-01-01; 1 of 151 cells is no date and counts as missing',
  ],
  [
    'words in order',
    repeat(3, 'never', 'often', 'always'),
    'ordinal: words with an order: never < often < always',
  ],
  ['names', ['Ann', 'Bob', 'Cleo', 'Dan'], 'identifier: every value differs'],
  [
    'free text',
    [...Array.from({ length: 60 }, (_, i) => `text ${i}`), ...repeat(40, 'text 0')],
    'identifier: 60 different texts in 100 rows',
  ],
  [
    'more levels than can be told apart',
    Array.from({ length: 2000 }, (_, i) => `level ${i % 500}`),
    'identifier: 500 different texts in 2000 rows, of which the 63 commonest cover 13%',
  ],
  ['row numbers', whole(50, 0), 'identifier: it numbers the rows, without a name', 'Unnamed: 0'],
  [
    'keys',
    ['17', '4', '12', '9'],
    'identifier: whole numbers that all differ, in a column called "customer_id"',
    'customer_id',
  ],
  [
    'keys in camel case',
    ['17', '4', '12', '9'],
    'identifier: whole numbers that all differ, in a column called "PassengerId"',
    'PassengerId',
  ],
  ['whole numbers that all differ', ['17', '4', '12', '9'], 'real: whole numbers from 4 to 17', 'acid'],
  ['steps of time', whole(50), 'real: whole numbers from 1 to 50', 't'],
  [
    'small counts',
    poisson(1.5),
    'count: whole numbers from 0 to 7, variance 1.003 times the mean, where counts have 1',
  ],
  ['large counts', poisson(12), 'real: whole numbers from 3 to 24'],
  [
    'counts far more spread than counts are',
    [...poisson(1), ...repeat(100, 20)],
    'real: whole numbers from 0 to 20',
  ],
  ['ratings', repeat(40, 1, 2, 3, 4, 5), 'real: whole numbers from 1 to 5'],
  ['measurements', ['1.5', '2.25', '-3', '1e2'], 'real: numbers from -3 to 100'],
  [
    'measurements and mistakes',
    [...spread(299, (share) => share), 'abc', 'n.d.', '1,5'],
    'real: numbers from 0.001672 to 0.9983; 2 of 301 cells are no numbers and count as missing: "abc" in row 300 (line 301), "1,5" in row 302 (line 303); "n.d." in 1 row counts as missing',
  ],
  [
    'numbers and as many texts',
    [...whole(30), ...repeat(25, 'off')],
    'real: whole numbers from 1 to 30; 25 of 55 cells are no numbers and count as missing: "off" in row 31 (line 32), "off" in row 32 (line 33), "off" in row 33 (line 34), … (if it stands for missing, say --missing \'x=off\')',
  ],
  ['few numbers and texts', repeat(20, '1', '2', '3+'), 'categorical: 3 different values'],
  ['texts', repeat(20, 'a', 'b', 'c'), 'categorical: 3 different values'],
  [
    'a word that says missing',
    repeat(20, 'a', 'b', 'c', 'None'),
    'categorical: 3 different values; "None" in 20 rows counts as missing (a level if named: --kind \'x=categorical:None\')',
  ],
])('%s', async (_, cells, expected, name) => {
  expect(await kindOf(cells, name)).toBe(expected)
})

describe('what is said of columns', () => {
  const rows = [
    ['1', '5', 'no'],
    ['0', '6', 'yes'],
    ['1', '7', 'no'],
  ]

  test('leaves columns out and takes kinds', async () => {
    const { columns } = await schemaOf(['a', 'label', 'b'], rows, {
      exclude: ['label'],
      kinds: { b: 'identifier' },
    })
    expect(columns.map(({ name, kind, reason }) => [name, kind, reason])).toEqual([
      ['a', 'binary', 'two values: 0 and 1'],
      ['b', 'identifier', 'said so'],
    ])
  })

  test('an unknown column is refused', async () => {
    await expect(
      schemaOf(['a', 'b', 'c'], rows, { exclude: ['lable'] }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: no column "lable"; wanted names among "a", "b", "c". Fix: name columns as the table does. [table/columns]]`,
    )
  })

  test('a kind of a column that is left out is refused', async () => {
    await expect(
      schemaOf(['a', 'b', 'c'], rows, { exclude: ['b'], kinds: { a: 'real', b: 'count' } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a kind for "b", which is left out; wanted kinds of columns that stay, which labels do not. Fix: say no kind for it, or do not leave it out. [table/kind-left-out]]`,
    )
  })

  test.each<[string, string, readonly Cell[]]>([
    ['real', 'real', ['a', 'b', 'c']],
    ['count', 'count', ['1', '2.5', '3']],
    ['binary', 'binary', ['1', '2', '3']],
    ['categorical', 'categorical', ['1', '1', '1']],
    ['datetime', 'datetime', ['1', '2', '3']],
    ['constant', 'constant', ['1', '2', '3']],
    ['ordinal', 'ordinal', ['red', 'green', 'blue']],
  ])('what cannot be %s is refused', async (_, kind, cells) => {
    await expect(
      columnOfCells(cells, { kinds: { x: kind as 'real' } }),
    ).rejects.toThrowErrorMatchingSnapshot()
  })

  test('an order that leaves a level out is refused, and a kind that does not exist', async () => {
    const told = { kind: 'ordinal', levels: ['a', 'b'] } as const
    await expect(
      columnOfCells(['a', 'b', 'c'], { kinds: { x: told } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: column "x" as ordinal, though its value c is not among the levels given; wanted a column of this kind (levels with an order, as standardized ranks). Fix: say another kind for it, or none. [table/kind]]`,
    )
    await expect(
      columnOfCells(['a', 'b', 'c'], { kinds: { x: 'number' as 'real' } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: kind "number" for column "x"; wanted one of constant, binary, datetime, ordinal, identifier, count, real, categorical. Fix: say one of these. [table/kind]]`,
    )
  })
})

describe('tables that are none', () => {
  test('without rows', async () => {
    await expect(schemaOf(['a'], [])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a table without rows; wanted at least one row. Fix: check that this is the right table. [table/empty]]`,
    )
  })

  test('with a short row', async () => {
    const rows = Array.from({ length: 9 }, (_, row) => (row === 8 ? ['1'] : ['1', '2']))
    await expect(schemaOf(['a', 'b'], rows)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 1 cell in row 9 (line 10); wanted 2, one a column. Fix: give every row a cell for each column. [table/ragged]]`,
    )
  })

  test('whose columns change on the way', async () => {
    async function* changing() {
      yield* chunksOf(['a', 'b'], [[1, 2]])
      yield { columns: ['a', 'c'], first: 1, rows: [[1, 2]] }
    }
    await expect(inferSchema(changing())).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: columns "a", "c" from row 2 on; wanted "a", "b", as before. Fix: give rows of one table. [table/columns]]`,
    )
  })
})

test('more rows than the sample holds: ranges are exact, the shape is that of the sample', async () => {
  const values = spread(70_000, (share) => Math.exp(normalQuantile((share * 977) % 1 || 0.5)))
  const schema = { columns: [await columnOfCells(values)] }
  const [column] = schema.columns
  expect(column).toMatchObject({
    kind: 'real',
    low: values.reduce((a, b) => Math.min(a, b)),
    high: values.reduce((a, b) => Math.max(a, b)),
  })
  if (column.kind !== 'real') return
  expect(column.transform.name).toBe('log')
  expect(column.center).toBeCloseTo(0, 1)
  expect(column.scale).toBeCloseTo(1, 1)
  expect(await columnOfCells(values)).toEqual(column)
  expect(encodeCells(schema, [1])[0]).toBeCloseTo(0, 1)
})

test('a sample is one of all rows, not of the first', async () => {
  const halves = [...Array<number>(30_000).fill(1), ...spread(30_000, (share) => 2 + share)]
  const column = await columnOfCells(halves.map((value) => Math.exp(value * 3)))
  if (column.kind !== 'real') throw new Error(column.kind)
  // Mean of the logarithms: half of them 3, half of them from 6 to 9.
  expect(column.transform.name === 'none' ? column.center : column.center / 3).toBeGreaterThan(1.6)
})

test('a schema is plain JSON that its own schema takes', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => [
    `2024-01-${10 + (i % 15)}`,
    ['a', 'b', 'c'][i % 3],
    i / 7,
    `k${i}`,
  ])
  const schema = await schemaOf(['d', 'c', 'r', 'i'], rows)
  expect(tableSchemaSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema)
  expect(tableSchemaSchema.safeParse({ columns: [{ ...schema.columns[2], scale: 0 }] }).success).toBe(false)
})

test('a table of a million columns is refused before they are counted', async () => {
  const columns = Array.from({ length: 1_000_000 }, (_, at) => `c${at}`)
  await expect(inferSchema(chunksOf(columns, [columns.map(() => 1)]))).rejects.toMatchObject({
    code: 'table/too-wide',
  })
})
