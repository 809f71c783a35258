/** Columns of tables that others wrote: a shop in India, a lab, a survey, panels and what R and pandas put beside data. */
import { expect, test } from 'vitest'
import { numberWriter } from './forms/index.ts'
import { inspectTable } from './infer-schema.ts'
import { openTableBytes } from './open-table-bytes.ts'

const ROWS = 120
const rowsOf = (of: (row: number) => string | number): string[] =>
  Array.from({ length: ROWS }, (_, row) => `${of(row)}`)
const pick = <T>(row: number, ...values: T[]): T => values[(row * 7 + (row >> 3)) % values.length]

const quoted = (text: string): string => (text.includes(',') ? `"${text}"` : text)

async function columnOf(name: string, cells: readonly string[], place = 1) {
  const beside = cells.map((_, row) => `${row % 5}.5`)
  const lines = [[name, 'beside'], ...cells.map((cell, row) => [quoted(cell), beside[row]])]
  const text = lines.map(([own, other]) => (place === 0 ? `${own},${other}` : `${other},${own}`)).join('\n')
  const { schema } = await inspectTable(openTableBytes('t', new TextEncoder().encode(text)).chunks())
  return schema.columns[place]
}

test.each<[string, (row: number) => string | number, string]>([
  ['id', (row) => row >> 2, 'identifier'],
  ['subject', (row) => 100 + (row % 40), 'identifier'],
  ['townid', (row) => row % 40, 'real'],
  ['patient', (row) => 1 + (row % 12), 'categorical'],
  ['party_id', (row) => 1 + (row % 7), 'categorical'],
  ['cap', (row) => 400 + ((row * 37) % 700), 'real'],
  ['CAP', (row) => pick(row, 20121, 10115, 40126), 'categorical'],
  ['Pincode', (row) => pick(row, 560001, 110001, 400001), 'categorical'],
  ['seq', (row) => row, 'identifier'],
  ['Sl. No.', (row) => row + 1, 'identifier'],
  ['left', (row) => pick(row, '', '2023-05-01', '2023-08-31'), 'datetime'],
  ['q1', (row) => pick(row, 'Agree', 'Disagree', 'Neither agree nor disagree', 'Strongly agree'), 'ordinal'],
  ['level_0', (row) => row % 60, 'identifier'],
])('a column "%s"', async (name, of, kind) => {
  expect((await columnOf(name, rowsOf(of))).kind).toBe(kind)
})

test('a first column without a name has the names of rows, be they numbers with points or begin anew', async () => {
  const names = (row: number) => `${1 + (row >> 2)}.${1 + (row % 4)}`
  expect(await columnOf('', rowsOf(names), 0)).toMatchObject({ kind: 'identifier' })
  expect(
    await columnOf(
      '',
      rowsOf((row) => row % 40),
      0,
    ),
  ).toMatchObject({ kind: 'identifier' })
  expect(
    await columnOf(
      '',
      rowsOf((row) => (row * row) % 17),
      0,
    ),
  ).toMatchObject({ kind: 'real' })
})

test('rupees are read and written in lakhs', async () => {
  const amounts = [593.7, 19368.43, 182648.5, 1234567.89, 12345678.9, 100000, 99999]
  const shown = [
    '593.70',
    '19,368.43',
    '1,82,648.50',
    '12,34,567.89',
    '1,23,45,678.90',
    '1,00,000.00',
    '99,999.00',
  ]
  const column = await columnOf(
    'Amount',
    rowsOf((row) => shown[row % shown.length]),
  )
  if (column.kind !== 'real') throw new Error(column.reason)
  const write = numberWriter(column.form)
  expect(amounts.map(write)).toEqual(shown)
})

test('values below what a machine can tell: the remedy is named', async () => {
  const column = await columnOf(
    'lead',
    rowsOf((row) => (row % 4 === 0 ? '<0.05' : (1 + row / 50).toFixed(3))),
  )
  expect(column).toMatchObject({ kind: 'real', reason: expect.stringContaining(`--missing 'lead=<0.05'`) })
})

test('days that Excel counts are named as what they may be', async () => {
  const column = await columnOf(
    'Order date',
    rowsOf((row) => 45_000 + ((row * 13) % 300)),
  )
  expect(column.reason).toContain('days as Excel counts them, from 2023-03-15')
})

test('signs are named where most cells have some, and not in titles that happen to hold numbers', async () => {
  const prices = await columnOf(
    'price',
    rowsOf((row) => pick(row, `$${row}`, `£${row}`, `${row} kr`)),
  )
  const titles = await columnOf(
    'title',
    rowsOf((row) => pick(row, `$${row}`, `the ${row} wolves`, `b${row}`, `one ${row}`)),
  )
  expect(prices.reason).toContain('different signs')
  expect(titles.reason).not.toContain('different signs')
})
