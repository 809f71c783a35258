/** Columns whose cells leave a doubt, have odd ones among them, or only look like numbers. */
import { describe, expect, test } from 'vitest'
import type { Cell } from './cell.ts'
import { valueReader } from './encode.ts'
import type { KindChoice } from './kind-choice.ts'
import { columnOfCells, encodeCells, schemaOf, schemaOfCells, thereAndBack } from './rows.testing.ts'

const ROWS = 90
const cells = (of: (row: number) => Cell): Cell[] => Array.from({ length: ROWS }, (_, row) => of(row))
const digits = (row: number, count: number): string =>
  String((row * 7919 + 104_729) % 10 ** count).padStart(count, '0')
const two = (value: number): string => String(value).padStart(2, '0')
/** 12,345 and its like: never with a zero in front. */
const triple = (row: number, sign = ','): string => `${1 + ((row * 37) % 99)}${sign}${digits(row, 3)}`

/** The number that column x takes a cell for, beside another column. */
async function reading(of: (row: number) => string, beside?: (row: number) => string, kind?: KindChoice) {
  const rows = cells(of).map((cell, row) => [cell, beside?.(row) ?? 'a'])
  const { columns } = await schemaOf(['x', 'y'], rows, kind && { kinds: { x: kind } })
  const [column] = columns
  if (column.kind !== 'real') throw new Error(`${column.kind}: ${column.reason}`)
  return { high: column.high, odd: column.odd, reason: column.reason }
}

describe('a point or a comma before decimals', () => {
  const commas = (row: number) => `${row},5`

  test('what the cells tell is no doubt, whatever the table does', async () => {
    const thousands = await reading((row) => (row % 3 === 0 ? String(100 + row) : triple(row)), commas)
    expect(thousands.high).toBeGreaterThan(9999)
    const decimals = await reading((row) => (row % 3 === 0 ? `${row},5` : triple(row)))
    expect(decimals.high).toBeLessThan(100)
    const millions = await reading((row) => (row === 5 ? '1,234,567' : triple(row)), commas)
    expect(millions.high).toBe(1_234_567)
    for (const { reason } of [thousands, decimals, millions]) expect(reason).not.toContain('could be')
  })

  test('where they do not, the table tells, and the doubt is named with the option that says otherwise', async () => {
    const alone = await reading(triple)
    expect(alone.high).toBeGreaterThan(9999)
    expect(alone.reason).toContain(`it could be 1.729 (--kind 'x=real:comma' if so)`)
    const among = await reading(triple, commas)
    expect(among.high).toBeLessThan(100)
    expect(among.reason).toContain(
      `as other columns of the table have decimal commas: it could be 1729 (--kind 'x=real:point'`,
    )
    const points = await reading((row) => triple(row, '.'), commas)
    expect(points.high).toBeGreaterThan(9999)
    expect(points.reason).toContain(`it could be 1.729 (--kind 'x=real:point' if so)`)
    expect((await reading((row) => triple(row, '.'))).reason).not.toContain('could be')
  })

  test('behind a dollar sign three digits are thousands, even beside a slip of the pen', async () => {
    for (const slip of [-1, 7]) {
      const { high, reason } = await reading((row) => (row === slip ? '$27,5' : `$${triple(row)}`), commas)
      expect(high).toBeGreaterThan(9999)
      expect(reason).toContain('as with a dollar sign')
    }
  })

  test('what somebody says holds', async () => {
    expect(
      (await reading((row) => `$${triple(row)}`, undefined, { kind: 'real', decimals: 'comma' })).high,
    ).toBeLessThan(100)
    expect((await reading(triple, commas, { kind: 'real', decimals: 'point' })).high).toBeGreaterThan(9999)
  })
})

describe('codes that look like numbers', () => {
  test.each<[string, (row: number) => string, RegExp]>([
    [
      'plates',
      (row) => `${two(10 + (row % 90))}E${two(10 + ((row * 7) % 90))}`,
      /^codes of one length with an E/,
    ],
    ['ISBN-10', (row) => `${digits(row + 1, 9)}${row % 11 === 3 ? 'X' : row % 10}`, /^codes of one length/],
    ['card numbers', (row) => `4${digits(row, 7)}${digits(row * 3, 8)}`, /^whole numbers of 16 digits/],
    ['telephone numbers', (row) => `+49171${digits(row, 7)}`, /^telephone numbers/],
    [
      'hexadecimal ids',
      (row) => (row * 2_654_435_761).toString(16).padStart(10, '1').slice(0, 10),
      /^every value differs|^codes of one length/,
    ],
  ])('%s', async (_, of, reason) => {
    expect(await columnOfCells(cells(of))).toMatchObject({
      kind: 'identifier',
      reason: expect.stringMatching(reason),
    })
  })

  test.each<[string, (row: number) => string]>([
    ['one with a letter among codes with zeros in front', (row) => (row === 50 ? '136A' : digits(row, 3))],
    [
      'some with letters and few with zeros in front',
      (row) => (row % 9 === 0 ? `${2000 + row}-A` : digits(row * 53 + 600, 4)),
    ],
    ['a word among codes with zeros in front', (row) => (row === 50 ? 'unknown' : digits(row, 3))],
  ])('%s', async (_, of) => {
    const { kind, reason } = await columnOfCells(cells(of))
    expect(`${kind}: ${reason}`).toMatch(/^identifier: codes with zeros in front/)
  })

  test.each<[string, (row: number) => string]>([
    ['numbers with exponents', (row) => `${1 + (row % 9)}E${2 + (row % 5)}`],
    ['exponents of different widths', (row) => `${10 + row * 3}e${row % 12}`],
  ])('but not %s', async (_, of) => {
    expect((await columnOfCells(cells(of))).kind).toBe('real')
  })
})

describe('odd cells', () => {
  const measured = (row: number) => ((row * 13) % 90) / 7 + 1

  test('footnotes and signs for "about" are not part of a number', async () => {
    const marks = ['*', '**', '[1]', '†', ' (a)']
    const schema = await schemaOfCells(
      cells(
        (row) =>
          `${row % 17 === 5 ? '~' : ''}${measured(row).toFixed(2)}${row % 9 === 0 ? marks[row % 5] : ''}`,
      ),
    )
    expect(schema.columns[0]).toMatchObject({ kind: 'real' })
    expect(schema.columns[0].odd).toBeUndefined()
    expect(schema.columns[0].reason).toContain('are read without the marks beside them')
    expect(thereAndBack(schema, ['6.77*', '3.00[1]', '~5.00'])).toEqual(['6.77', '3.00', '5.00'])
  })

  test('a blank behind a number is no digit of it', async () => {
    const schema = await schemaOfCells(cells((row) => `${(row / 10).toFixed(1)} `))
    expect(thereAndBack(schema, ['3.0 ', '12.5'])).toEqual(['3.0', '12.5'])
  })

  test('a zero before the point is written where others are', async () => {
    const bare = await schemaOfCells(cells((row) => `${row % 2 ? '-' : ''}.${digits(row, 2)}`))
    expect(thereAndBack(bare, ['.98', '0.5', '-.25', '1.5'])).toEqual(['.98', '.50', '-.25', '1.50'])
    const mixed = await schemaOfCells(cells((row) => `${row % 2 ? '0' : ''}.${1 + (row % 9)}`))
    expect(thereAndBack(mixed, ['.9'])).toEqual([0.9])
  })

  test('flags of statistical offices, and stars that differ, are marks', async () => {
    const flags = ['', '', ' p', ' e', ' b']
    const office = await schemaOfCells(cells((row) => `${measured(row).toFixed(1)}${flags[row % 5]}`))
    expect(thereAndBack(office, ['12.5 p'])).toEqual(['12.5'])
    const stars = await columnOfCells(cells((row) => `${measured(row).toFixed(3)}${'*'.repeat(row % 4)}`))
    expect(stars).toMatchObject({ kind: 'real' })
  })

  test('stars on most are something of themselves', async () => {
    expect((await columnOfCells(cells((row) => `${1 + (row % 5)}*`))).kind).toBe('categorical')
  })

  test.each<[string, (row: number) => string, string]>([
    ['plain', (row) => measured(row).toFixed(2), 'unclear'],
    ['money', (row) => `$${measured(row).toFixed(2)}`, 'free'],
    ['decimal commas', (row) => measured(row).toFixed(2).replace('.', ','), 'k. W.'],
    ['durations', (row) => `1:${two(row % 60)}:${two((row * 7) % 60)}`, 'DNF'],
    ['units', (row) => `${row + 10} kg`, 'heavy'],
    ['dates', (row) => `2021-0${1 + (row % 9)}-${two(1 + (row % 28))}`, 'in May'],
  ])('in a column of %s count as missing, and that is said', async (_, of, odd) => {
    const schema = await schemaOfCells(cells((row) => (row === 40 || row === 41 ? odd : of(row))))
    const [column] = schema.columns
    expect(column).toMatchObject({ odd: 2, missing: 0 })
    expect(column.reason).toMatch(/2 of 90 cells are no (?:numbers|dates) and count as missing/)
    expect(thereAndBack(schema, [odd, of(3)])).toEqual([null, of(3)])
    expect(() => encodeCells(schema, [odd], { unseen: 'error' })).toThrow('--unseen missing')
  })

  test('bounds are not learned from', async () => {
    const column = await columnOfCells(cells((row) => (row % 10 === 0 ? '<0.5' : measured(row).toFixed(2))))
    expect(column).toMatchObject({ kind: 'real', odd: 9, low: 1.14 })
    expect(column.reason).toContain('bounds such as <0.01 are kept as they are')
  })
})

describe('doubtful dates and times', () => {
  const second = (row: number) => Date.UTC(2021, 0, 1) / 1000 + ((row * 7919) % 90) * 86_413
  const compact = (row: number) => new Date(second(row) * 1000).toISOString().replace(/\D/g, '')
  test.each<[string, (row: number) => Cell, string]>([
    ['YYYYMMDDHHmmss', (row) => compact(row).slice(0, 14), 'dates from 20210101000000 to 20210331'],
    ['YYYYMMDDHHmm', (row) => Number(compact(row).slice(0, 12)), 'dates from 202101010000 to 20210331'],
    ['YYYYMMDDHH', (row) => compact(row).slice(0, 10), 'dates from 2021010100 to 20210331'],
    ['X', (row) => second(row), 'as seconds since 1970'],
    ['X.SSS', (row) => `${second(row)}.${digits(row, 2)}5`, 'as seconds since 1970'],
    ['x', (row) => second(row) * 1000 + row, 'as milliseconds since 1970'],
    ['u', (row) => `${second(row)}${digits(row, 3)}000`, 'as microseconds since 1970'],
    ['n', (row) => `${second(row)}${digits(row, 3)}000000`, 'as nanoseconds since 1970'],
  ])('numbers that are times, as %s', async (pattern, of, says) => {
    const column = await columnOfCells(cells(of))
    expect(column).toMatchObject({ kind: 'datetime', format: { pattern } })
    expect(column.reason).toContain(says)
    const told = await columnOfCells(cells(of), { kinds: { x: 'datetime' } })
    expect(told).toMatchObject({ format: { pattern } })
    // Each is written back as the time that it is, as closely as float32 holds one.
    const [back] = thereAndBack({ columns: [column] }, [of(7)])
    expect(typeof back).toBe(pattern === 'n' ? 'string' : 'number')
    const value = valueReader(column)
    expect(Math.abs(value!(back) - value!(of(7)))).toBeLessThan(pattern === 'YYYYMMDDHH' ? 3_600_000 : 2000)
    if (pattern.length < 4 || pattern === 'X.SSS') expect(value!(of(7))).toBeCloseTo(second(7) * 1000, -4)
  })

  test('19 digits of an identifier are no nanoseconds', async () => {
    const column = await columnOfCells(cells((row) => `12${digits(row, 8)}${digits(row * 3, 8)}7`))
    expect(column.kind).toBe('identifier')
  })

  test('dates of both orders are told of', async () => {
    const column = await columnOfCells(
      cells((row) => (row % 3 === 0 ? `${13 + (row % 15)}/04/2021` : `04/${13 + (row % 15)}/2021`)),
    )
    expect(column.reason).toContain('30 dates can only have the day first, 60 dates only the month')
  })

  test('dates of several layouts are dates together, those that are in doubt by the order of the column', async () => {
    const writings = [
      (row: number) => `2021-03-${two(1 + (row % 28))}`,
      (row: number) => `${two(1 + (row % 28))}/04/2021`,
      (row: number) => `May ${1 + (row % 28)}, 2021`,
    ]
    const schema = await schemaOfCells(cells((row) => writings[row % 3](row)))
    expect(schema.columns[0]).toMatchObject({
      kind: 'datetime',
      low: Date.UTC(2021, 2, 1),
      high: Date.UTC(2021, 4, 28),
    })
    expect(schema.columns[0].reason).toContain('dates are written in several ways')
    expect(thereAndBack(schema, ['02/04/2021'])).toEqual(['2021-04-02'])
    const kanji = await schemaOfCells(cells((row) => `2021年${1 + (row % 12)}月${1 + (row % 28)}日`))
    expect(thereAndBack(kanji, ['2021年1月31日'])).toEqual(['2021年1月31日'])
  })

  test.each<[string, string, (row: number) => string]>([
    ['9999-12-31', '2021-01-01 to 2021-09-27', (row) => `2021-0${1 + (row % 9)}-${two(1 + (row % 28))}`],
    ['01.01.1900', '01.01.2021 to 27.09.2021', (row) => `${two(1 + (row % 28))}.0${1 + (row % 9)}.2021`],
    [
      '1970-01-01T00:00:00+01:00',
      '2021-03-01T12:00:00+01:00 to 2021-03-28T12:00:00+01:00',
      (row) => `2021-03-${two(1 + (row % 28))}T12:00:00+01:00`,
    ],
  ])('%s among others may be no date', async (odd, rest, of) => {
    const all = cells((row) => (row % 9 === 4 ? odd : of(row)))
    const { columns } = await schemaOfCells(all)
    expect(columns[0].reason).toContain(
      `${odd} in 10 rows lies far from the rest (${rest}): if it means missing, say --missing 'x=${odd}'`,
    )
    expect(columns[0].reason).toMatch(odd.startsWith('9') ? ` to ${odd};` : `dates from ${odd} to `)
    const { columns: told } = await schemaOfCells(all, { missing: { x: [odd] } })
    expect(told[0]).toMatchObject({ kind: 'datetime', missing: 1 / 9, low: expect.any(Number) })
    expect(told[0].reason).not.toContain('lies far')
    // Days stay what they are beside one that is thousands of years away.
    if (!odd.includes('T')) expect(thereAndBack({ columns }, all)).toEqual(all)
  })

  test('years that others lie beside are ordinary', async () => {
    const { reason } = await columnOfCells(cells((row) => `${1900 + 5 * (row % 25)}-01-01`))
    expect(reason).not.toContain('--missing')
  })

  test('a tie of years and days is told as one', async () => {
    const { reason } = await columnOfCells(cells((row) => `${two(1 + (row % 28))}.02.${two(20 + (row % 4))}`))
    expect(reason).toContain(
      'taken with the day first, though every one is a date with the year first, too (datetime:ymd)',
    )
  })

  test('the day 0000-00-00 is none', async () => {
    const schema = await schemaOfCells(
      cells((row) => (row % 9 === 0 ? '0000-00-00' : `2021-0${1 + (row % 9)}-${two(1 + (row % 28))}`)),
    )
    expect(schema.columns[0]).toMatchObject({ kind: 'datetime', missing: 1 / 9 })
    expect(schema.columns[0].reason).toContain('"0000-00-00" in 10 rows counts as missing')
  })

  test('hours and minutes may be minutes and seconds', async () => {
    const { reason } = await columnOfCells(cells((row) => `${20 + (row % 30)}:${two(row % 60)}`))
    expect(reason).toContain(
      'taken for hours and minutes, 20:00 to 49:59; minutes and seconds would be a sixtieth',
    )
  })
})
