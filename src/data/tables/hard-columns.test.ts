/** Columns as people write them: the kind of each is right, and what was read is written back byte for byte. */
import { describe, expect, test } from 'vitest'
import { normalQuantile } from '../../base/random.ts'
import type { Cell } from './cell.ts'
import { rowDecoder } from './encode.ts'
import { inspectTable } from './infer-schema.ts'
import type { KindChoice } from './kind-choice.ts'
import {
  chunksOf,
  columnOfCells,
  encodeCells,
  schemaOf,
  schemaOfCells,
  thereAndBack,
} from './rows.testing.ts'
import type { KindName } from './schema.ts'

const ROWS = 120
/** Numbers from 0 to below 1 in no order, each once. */
const share = (row: number, salt = 1): number => ((row * 47 * salt + 11) % ROWS) / ROWS
const amount = (row: number): number =>
  Math.round(1e5 * Math.exp(normalQuantile(share(row) * 0.98 + 0.01))) / 100
const english = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
const german = (value: number, decimals: number): string =>
  value.toLocaleString('de-DE', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
const grouped = (value: number, blank: string): string =>
  english(value, 2).replaceAll(',', blank).replace('.', ',')
const day = (row: number): Date => new Date(Date.UTC(2021, 0, 1 + ((row * 37) % 700)))
const two = (value: number): string => String(value).padStart(2, '0')
const dated = (row: number, write: (y: string, m: string, d: string) => string): string => {
  const [y, m, d] = day(row).toISOString().slice(0, 10).split('-')
  return write(y, m, d)
}
const months = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
]
const pick = <T>(row: number, ...all: T[]): T => all[(row * 7) % all.length]
const signed = (row: number): number => Math.round(200_000 * (share(row) - 0.5) + 1) / 100

interface Hard {
  readonly name: string
  readonly cell: (row: number) => Cell
  readonly kind: KindName
  /** What the reason says. */
  readonly says?: string | RegExp
  readonly choice?: KindChoice
  readonly missing?: readonly (string | number)[]
}

const columns: readonly Hard[] = [
  {
    name: 'followers',
    cell: (row) => (row % 3 === 0 ? `${10 + row}K` : `${(1 + row / 10).toFixed(1)}M`),
    kind: 'real',
    says: 'numbers from 10000 to',
  },
  {
    name: 'size',
    cell: (row) => (row % 2 === 0 ? `${100 + row} MB` : `${(1.25 + row / 4).toFixed(2)} GB`),
    kind: 'real',
  },
  {
    name: 'seasons',
    cell: (row) => (row % 13 === 0 ? '1 Season' : `${2 + (row % 11)} Seasons`),
    kind: 'real',
  },
  {
    name: 'runtime',
    cell: (row) => pick(row, `${row + 1}h`, `${(row % 59) + 1}min`, `${row + 1}h ${(row % 59) + 1}min`),
    kind: 'real',
  },
  { name: 'minutes', cell: (row) => `${row + 40} min`, kind: 'real', says: 'numbers from 40 to 159' },
  { name: 'dollars', cell: (row) => `$${english(amount(row), 2)}`, kind: 'real' },
  { name: 'euros', cell: (row) => `€ ${german(amount(row), 2)}`, kind: 'real' },
  { name: 'euros behind', cell: (row) => `${german(amount(row), 2)} €`, kind: 'real' },
  { name: 'francs', cell: (row) => `CHF ${english(amount(row), 2).replaceAll(',', '’')}`, kind: 'real' },
  { name: 'kroner', cell: (row) => `${grouped(amount(row), '\u00a0')} kr`, kind: 'real' },
  { name: 'yen', cell: (row) => `¥${english(Math.round(amount(row)), 0)}`, kind: 'real' },
  { name: 'french', cell: (row) => grouped(amount(row), '\u202f'), kind: 'real' },
  { name: 'spaced', cell: (row) => grouped(amount(row), ' '), kind: 'real' },
  { name: 'swiss', cell: (row) => english(amount(row), 2).replaceAll(',', "'"), kind: 'real' },
  { name: 'thousands', cell: (row) => english(Math.round(amount(row)), 0), kind: 'real' },
  { name: 'tausender', cell: (row) => german(Math.round(amount(row) * 100), 0), kind: 'real' },
  { name: 'comma', cell: (row) => german(signed(row), 2).replaceAll('.', ''), kind: 'real' },
  {
    name: 'balance',
    cell: (row) => (signed(row) < 0 ? `($${english(-signed(row), 2)})` : `$${english(signed(row), 2)}`),
    kind: 'real',
  },
  {
    name: 'trailing minus',
    cell: (row) => (signed(row) < 0 ? `${-signed(row)}-` : `${signed(row)}`),
    kind: 'real',
  },
  { name: 'true minus', cell: (row) => String(signed(row)).replace('-', '\u2212'), kind: 'real' },
  { name: 'percent', cell: (row) => `${(100 * share(row)).toFixed(1)}%`, kind: 'real' },
  { name: 'weight', cell: (row) => `${(80 * share(row) + 2).toFixed(2)} kg`, kind: 'real' },
  { name: 'area', cell: (row) => `${Math.round(100 * share(row) + 20)} m²`, kind: 'real' },
  { name: 'fixed', cell: (row) => (10 * share(row)).toFixed(3), kind: 'real' },
  { name: 'scientific', cell: (row) => `${(1 + share(row)).toFixed(2)}E-0${1 + (row % 3)}`, kind: 'real' },
  { name: 'lap', cell: (row) => `${1 + (row % 4)}:${two(row % 60)}:${two((row * 7) % 60)}`, kind: 'real' },
  { name: 'timedelta', cell: (row) => `${row % 3} days ${two(row % 24)}:${two(row % 60)}:05`, kind: 'real' },
  { name: 'iso span', cell: (row) => `PT${1 + (row % 59)}M`, kind: 'real' },
  { name: 'span', cell: (row) => `${1 + (row % 6)}d ${1 + (row % 23)}h`, kind: 'real' },
  {
    name: 'zip',
    cell: (row) =>
      two(row)
        .padStart(5, '0')
        .replace(/^./, String(row % 3)),
    kind: 'identifier',
    says: /zeros in front/,
  },
  { name: 'prefix', cell: (row) => pick(row, '030', '089', '040', '0221'), kind: 'categorical' },
  {
    name: 'key',
    cell: (row) => pick(row, '208310224003697457', '208310224003697458', '208310224003697459'),
    kind: 'categorical',
  },
  {
    name: 'isbn',
    cell: (row) => pick(row, '9783161484100', '9780306406157', '9781861972712', '9780141439518'),
    kind: 'categorical',
    says: /codes, by the name|check digit|4 different/,
  },
  { name: 'hex', cell: (row) => `${(row * 2654435761).toString(16).slice(0, 3)}e${row}`, kind: 'identifier' },
  {
    name: 'Unnamed: 0',
    cell: (row) => `${(row * 7) % ROWS}`,
    kind: 'identifier',
    says: 'it numbers the rows',
  },
  { name: 'answer', cell: (row) => pick(row, 'ja', 'nein'), kind: 'binary', says: 'two values: nein and ja' },
  {
    name: 'zone',
    cell: (row) => pick(row, 'NA', 'EU', 'APAC'),
    kind: 'categorical',
    choice: { kind: 'categorical', levels: ['NA'] },
  },
  { name: 'rank', cell: (row) => pick(row, 'low', 'medium', 'high'), kind: 'ordinal' },
  {
    name: 'us day',
    cell: (row) => dated(row, (y, m, d) => `${Number(m)}/${Number(d)}/${y.slice(2)}`),
    kind: 'datetime',
  },
  {
    name: 'doubtful',
    cell: (row) => `0${1 + (row % 9)}.0${1 + ((row * 5) % 9)}.2021`,
    kind: 'datetime',
    says: /taken with the day first.*datetime:mdy/,
  },
  {
    name: 'named',
    cell: (row) => dated(row, (y, m, d) => `${Number(d)} ${months[Number(m) - 1]} ${y}`),
    kind: 'datetime',
  },
  { name: 'compact', cell: (row) => dated(row, (y, m, d) => `${y}${m}${d}`), kind: 'datetime' },
  { name: 'week', cell: (row) => `2022-W${two(1 + (row % 52))}`, kind: 'datetime' },
  { name: 'month', cell: (row) => dated(row, (y, m) => `${y}-${m}`), kind: 'datetime' },
  {
    name: 'opening',
    cell: (row) => `${two(row % 24)}:${two((row * 5) % 60)}`,
    kind: 'datetime',
    says: /times of day/,
  },
  {
    name: 'created_at',
    cell: (row) => String(1_600_000_000 + 86_400 * row),
    kind: 'datetime',
    says: /seconds since 1970/,
  },
  {
    name: 'stamp',
    cell: (row) => String(1_600_000_000_000 + 86_400_000 * row),
    kind: 'datetime',
    says: /milliseconds/,
  },
  {
    name: 'postgres',
    cell: (row) => `2022-01-${two(1 + (row % 28))} ${two(row % 24)}:00:00+00`,
    kind: 'datetime',
  },
]

test('there are forty of them and more, and each is of its kind', async () => {
  expect(columns.length).toBeGreaterThanOrEqual(40)
  const rows = Array.from({ length: ROWS }, (_, row) => columns.map(({ cell }) => cell(row)))
  const kinds = Object.fromEntries(columns.flatMap(({ name, choice }) => (choice ? [[name, choice]] : [])))
  const schema = await schemaOf(
    columns.map(({ name }) => name),
    rows,
    { kinds },
  )
  expect(schema.columns.map(({ name, kind }) => `${name}: ${kind}`)).toEqual(
    columns.map(({ name, kind }) => `${name}: ${kind}`),
  )
  for (const [at, { says }] of columns.entries())
    if (says !== undefined) expect(schema.columns[at].reason).toMatch(says)
})

const LEFT_OUT: readonly KindName[] = ['identifier', 'constant']

test.each(columns.filter(({ kind }) => !LEFT_OUT.includes(kind)))(
  '$name is written back byte for byte',
  async ({ cell, choice }) => {
    const cells = Array.from({ length: ROWS }, (_, row) => cell(row))
    const schema = await schemaOfCells(cells, choice ? { kinds: { x: choice } } : {})
    expect(thereAndBack(schema, cells).map((back) => (back === null ? null : String(back)))).toEqual(cells)
  },
)

const repeat = <T>(times: number, ...cells: T[]): T[] => Array.from({ length: times }, () => cells).flat()
const reasonOf = async (cells: readonly Cell[], options = {}) => {
  const { kind, reason } = await columnOfCells(cells, options)
  return `${kind}: ${reason}`
}

describe('levels', () => {
  test('that differ by case or blanks alone are one, and it is said', async () => {
    const cells = [...repeat(20, 'male', 'female'), ...repeat(5, 'Male', ' FEMALE ', 'male')]
    expect(await reasonOf(cells)).toBe(
      'binary: two values: female and male; "Male" as "male", "FEMALE" as "female" (they differ by case or blanks alone)',
    )
    const schema = await schemaOfCells(cells)
    expect(thereAndBack(schema, ['MALE', 'female'])).toEqual(['male', 'female'])
  })

  test('are kept apart where they are named', async () => {
    const kinds = { x: { kind: 'categorical', levels: ['m', 'M'] } } as const
    const schema = await schemaOfCells(repeat(20, 'm', 'M', 'w'), { kinds })
    expect(schema.columns[0]).toMatchObject({ levels: ['M', 'm', 'w'] })
    expect(thereAndBack(schema, ['m', 'M', 'W'])).toEqual(['m', 'M', 'w'])
  })

  test('that say yes and no in several words are two', async () => {
    const schema = await schemaOfCells([...repeat(9, 'yes', 'no', 'No'), ...repeat(2, 'Y', 'N')])
    expect(schema.columns[0]).toMatchObject({ kind: 'binary', levels: ['no', 'yes'] })
    expect(thereAndBack(schema, ['y', 'N', 'TRUE', 0])).toEqual(['yes', 'no', 'yes', 'no'])
  })

  test('that say yes and no, and 1 and 0 among them, are two', async () => {
    const schema = await schemaOfCells([...repeat(9, 'yes', 'no'), ...repeat(5, '1', '0', 'y', 'n')])
    expect(schema.columns[0]).toMatchObject({ kind: 'binary', levels: ['no', 'yes'] })
    expect(thereAndBack(schema, ['1', 0, 'Y'])).toEqual(['yes', 'no', 'yes'])
    expect((await columnOfCells(repeat(9, 'yes', 'no', '2'))).kind).toBe('categorical')
  })

  test('True of one file and true of another are one', async () => {
    const schema = await schemaOfCells(repeat(9, 'True', 'False', 'True'))
    expect(thereAndBack(schema, [true, false, 'true'])).toEqual(['True', 'False', 'True'])
  })

  test('letters alone are no yes and no', async () => {
    expect(await columnOfCells(repeat(9, 'n', 's', 'o'))).toMatchObject({ kind: 'categorical' })
  })

  test('that are rare are drawn, and what they are called together is never written', async () => {
    const rare = Array.from({ length: 40 }, (_, at) => `c${at}`)
    const schema = await schemaOfCells([...repeat(900, 'a', 'b'), ...rare])
    const encoded = encodeCells(
      schema,
      Array.from({ length: 300 }, (_, at) => `new ${at}`),
    )
    const drawn = rowDecoder(schema, { chance: (at) => (at / encoded.length) % 1 })(encoded)
    const written = new Set(drawn.map(([cell]) => cell))
    expect(written.size).toBeGreaterThan(20)
    for (const cell of written) expect(rare).toContain(cell)
  })

  test('that are rare are the likeliest of a gap only where one of them alone is', async () => {
    const schema = await schemaOfCells([...repeat(400, 'a', 'b'), ...repeat(3, 'c'), ...repeat(1, 'd')])
    const read = (...shares: number[]) => rowDecoder(schema)(Float64Array.of(...shares, 1))[0][0]
    expect(read(0.3, 0.1, 0.6)).toBe('c')
    expect(read(0.5, 0.1, 0.4)).toBe('a')
    expect(read(0.3, 0.35, 0.35)).toBe('b')
  })

  test('the word that gaps are mostly written as is kept', async () => {
    const gapOf = async (...cells: Cell[]) => (await columnOfCells([...repeat(20, 'a', 'b'), ...cells])).gap
    expect(await gapOf('NA', 'NA', '-', '')).toBe('NA')
    expect(await gapOf('', '', 'NA')).toBeUndefined()
    expect(await gapOf()).toBeUndefined()
  })
})

describe('what is missing', () => {
  test('words are levels where they are named, and gaps elsewhere', async () => {
    const cells = [...repeat(20, 'NA', 'EU', 'APAC'), '']
    const named = await schemaOfCells(cells, { kinds: { x: { kind: 'categorical', levels: ['NA'] } } })
    expect(named.columns[0]).toMatchObject({ levels: ['APAC', 'EU', 'NA'] })
    expect(thereAndBack(named, ['NA', 'EU', ''])).toEqual(['NA', 'EU', null])
    expect(await reasonOf(cells)).toContain('"NA" in 20 rows counts as missing')
  })

  test('is what errors, dashes and infinities stand for among numbers', async () => {
    const gaps = ['\\N', 'NaT', '--', '#DIV/0!', '#N/A', 'inf', '-inf', '-', '\u2013', 'n.a.']
    const schema = await schemaOfCells([...Array.from({ length: 60 }, (_, at) => `${at / 7}`), ...gaps])
    expect(schema.columns[0]).toMatchObject({ kind: 'real', missing: gaps.length / 70 })
    expect(thereAndBack(schema, gaps)).toEqual(gaps.map(() => null))
  })

  test('a dash among levels is one', async () => {
    const schema = await schemaOfCells(repeat(20, 'a', 'b', '-'))
    expect(schema.columns[0]).toMatchObject({ kind: 'categorical', levels: ['-', 'a', 'b'] })
  })

  test('numbers far from the rest are suspected, and missing where somebody says so', async () => {
    const cells = Array.from({ length: 60 }, (_, at) =>
      at % 7 === 0 ? '-999' : (17 + (at % 60) / 10).toFixed(2),
    )
    expect(await reasonOf(cells)).toContain(
      "-999 in 9 rows lies far from the rest (17.1 to 22.9): if it means missing, say --missing 'x=-999'",
    )
    const schema = await schemaOfCells(cells, { missing: { x: [-999] } })
    expect(schema.columns[0]).toMatchObject({ low: 17.1, missing: 9 / 60, absent: [-999] })
    expect(thereAndBack(schema, ['-999', '-999.0', -999, '18.00'])).toEqual([null, null, null, '18.00'])
    const everywhere = await schemaOfCells(cells, { missing: { '*': ['-999'] } })
    expect(everywhere.columns[0]).toMatchObject({ low: 17.1 })
  })

  test('codes of a survey beside each other are all suspected', async () => {
    const ages = [...Array.from({ length: 200 }, (_, at) => 18 + (at % 72)), ...repeat(5, 998, 999)]
    const grades = [...repeat(40, 1, 2, 3, 4, 5), ...repeat(5, -9, -8)]
    for (const code of [998, 999]) expect(await reasonOf(ages)).toContain(`${code} in 5 rows lies far`)
    for (const code of [-9, -8]) expect(await reasonOf(grades)).toContain(`${code} in 5 rows lies far`)
  })

  test('a level that would be the second of a constant column is named', async () => {
    expect(await reasonOf([...repeat(20, 'some', 'none')])).toBe(
      'constant: every value is some; "none" in 20 rows counts as missing (a level if named: --kind \'x=categorical:none\')',
    )
  })

  test('ordinary numbers are not suspected', async () => {
    const ages = Array.from({ length: 200 }, (_, at) => `${at % 100}`)
    expect(await reasonOf(ages)).not.toContain('missing')
    expect(await reasonOf(repeat(30, '-1', '0', '1', '99', '5', '60'))).not.toContain('--missing')
  })
})

describe('what cannot be told of one cell', () => {
  test('a point between thousands where another column has decimal commas', async () => {
    const rows = Array.from({ length: 50 }, (_, row) => [`${1 + (row % 9)}.${100 + row}`, `${row},5`])
    const { columns: both } = await schemaOf(['people', 'rate'], rows)
    expect(both[0]).toMatchObject({ kind: 'real', low: 1100 })
    const { columns: alone } = await schemaOf(
      ['x'],
      rows.map(([cell]) => [cell]),
    )
    expect(alone[0]).toMatchObject({ kind: 'real', low: 1.1 })
  })

  test('amounts in several currencies are no numbers, and it is said', async () => {
    expect(await reasonOf(repeat(40, '$5', '€7', '$8', '€9'))).toMatch(
      /^categorical: .*numbers with different signs or units: "\$", "€"/,
    )
  })

  test('day and month, as somebody says', async () => {
    const cells = repeat(9, '01/02/2024', '03/04/2024', '05/06/2024')
    const kinds = { x: { kind: 'datetime', order: 'dmy' } } as const
    expect(await columnOfCells(cells, { kinds })).toMatchObject({ format: { pattern: 'DD/MM/YYYY' } })
    expect(await columnOfCells(cells)).toMatchObject({ format: { pattern: 'MM/DD/YYYY' } })
  })

  test('day and month, where one way the dates ascend', async () => {
    const cells = ['01/02/2024', '02/02/2024', '05/02/2024', '01/03/2024', '09/03/2024']
    expect(await columnOfCells(cells)).toMatchObject({ format: { pattern: 'DD/MM/YYYY' } })
  })
})

test('free text, lists and places are named as what they are', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => [
    `this is what customer ${row} had to say`,
    `["a", "b${row}"]`,
    `${40 + row / 10}`,
    `${-70 - row / 10}`,
    row < 59 ? '0' : '3',
  ])
  const { columns: found } = await schemaOf(['note', 'tags', 'lat', 'lon', 'flags'], rows)
  expect(found.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
    'identifier: free text, every value differs',
    'identifier: lists in its cells, every value differs',
    'real: numbers from 40 to 45.9; degrees of latitude, with "lon"',
    'real: numbers from -75.9 to -70; degrees of longitude, with "lat"',
    'binary: two values: 0 and 3',
  ])
})

test('bytes are no billions, and grams no magnitudes', async () => {
  const bytes = await columnOfCells(repeat(20, '100 B', '2 KB', '1.2 MB', '7 KB', '812 B'))
  expect(bytes).toMatchObject({ kind: 'real', low: 100, high: 1_200_000 })
  const money = await columnOfCells(repeat(20, '$90K', '$2.5M', '$1.2B', '$7M', '$812K'))
  expect(money).toMatchObject({ kind: 'real', low: 90_000, high: 1_200_000_000 })
  const weights = await columnOfCells(repeat(20, '100 g', '1.1 t', '250 g', '3 t', '70 g'))
  expect(weights.kind).not.toBe('real')
})

test('nearly constant columns stay, and are called so', async () => {
  expect(await reasonOf([...repeat(199, 'n'), 'y'])).toContain('nearly constant: n in 199 of 200 rows')
})

test('what else a column could be is said', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => [`${1 + (row % 5)}`, `${2 * row}`])
  const { alternatives } = await inspectTable(chunksOf(['grade', 'step'], rows))
  expect(alternatives.get('grade')?.map(({ kind }) => kind)).toEqual(['ordinal', 'count', 'categorical'])
  expect(alternatives.get('step')?.map(({ kind }) => kind)).toEqual(['identifier'])
})

test('numbers of rows without a name are left out', async () => {
  const rows = Array.from({ length: 30 }, (_, row) => [`${row * 3}`, `${row / 7}`])
  const { columns: nameless } = await schemaOf(['Unnamed: 0', 'x'], rows)
  expect(nameless[0]).toMatchObject({ kind: 'identifier', reason: 'it numbers the rows, without a name' })
  const { columns: unnamed } = await schemaOf(['0', '1'], rows)
  expect(unnamed[0]).toMatchObject({ kind: 'real' })
})

test.each<[names: string[], first: (row: number) => number]>([
  [['Unnamed: 0', 'Unnamed: 0.1', 'x'], (row) => row],
  [['Unnamed: 0.1', 'Unnamed: 0', 'x'], (row) => row],
  [['Unnamed: 0.2', 'Unnamed: 0.1.1', 'x'], (row) => row % 40],
  [['Unnamed: 0', 'X', 'x'], (row) => row + 1],
  [['X.1', 'X', 'x'], (row) => row + 1],
  [['X', 'X1', 'x'], (row) => row],
])('numbers of rows that were written once more are left out: %s', async (names, first) => {
  const { columns: found } = await schemaOf(
    names,
    Array.from({ length: 80 }, (_, row) => [`${first(row)}`, `${first(row)}`, `${row / 7}`]),
  )
  expect(found.map(({ kind }) => kind)).toEqual(['identifier', 'identifier', 'real'])
})

test('X is a number where it numbers no rows', async () => {
  const rows = Array.from({ length: 80 }, (_, row) => [`${(row * 37) % 80}`, `${row + 5}`, `${row + 1}`])
  const { columns: found } = await schemaOf(['X', 'X1', 'X.2'], rows)
  expect(found.map(({ kind }) => kind)).toEqual(['real', 'real', 'real'])
})
