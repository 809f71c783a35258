import { expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
import { excelCells, type SheetCell } from './excel-cells.ts'
import type { ScannedSheet } from './excel-sheet.ts'
import type { Workbook } from './excel-workbook.ts'

type Styles = Readonly<Record<string, number>>
const FORMATS = ['General', '0.00', 'yyyy-mm-dd', '0%', 'General']
const cellsOf = (
  rows: readonly (readonly SheetCell[])[],
  styles: Styles = {},
  merged: ScannedSheet['merged'] = [],
  is1904 = false,
): Cell[][] => {
  const sheet = {
    xml: '',
    merged,
    uncomputed: 0,
    style: (row: number, column: number) => styles[`${row},${column}`],
  }
  return excelCells(rows, { bytes: new ArrayBuffer(0), sheet, formats: FORMATS, is1904 } as Workbook)
}

test('cells without a format stay, and rows are of one width', () => {
  expect(cellsOf([['a', true], [], [null, 2, 'x']])).toEqual([
    ['a', true, null],
    [null, null, null],
    [null, 2, 'x'],
  ])
  expect(cellsOf([])).toEqual([])
})

test('numbers have as many digits as spreadsheets have, but for whole ones that are longer', () => {
  expect(cellsOf([[0.1 + 0.2, 1 / 3, 2 ** 53, 2 ** 53 - 1, -(2 ** 60), 1e300]])).toEqual([
    [0.3, 0.333333333333333, 2 ** 53, 9_007_199_254_740_990, -(2 ** 60), 1e300],
  ])
})

test('dates of the library are ISO 8601, or nothing', () => {
  expect(cellsOf([[new Date(0), new Date(Number.NaN)]])).toEqual([['1970-01-01T00:00:00.000Z', null]])
})

test('numbers are written by the format of their cell, dates by those of the whole column', () => {
  const rows = [
    [1.5, 44_210, 'a', 7],
    [2.25, 44_250, 0.5, 8],
    [3, null, 0.25, 9],
  ]
  const styles = { '0,0': 1, '1,0': 3, '0,1': 2, '1,1': 2, '0,2': 3, '1,2': 3, '2,2': 4, '0,3': 99, '1,3': 0 }
  expect(cellsOf(rows, styles)).toEqual([
    ['1.50', '2021-01-14', 'a', 7],
    ['225%', '2021-02-23', '50%', 8],
    [3, null, 0.25, 9],
  ])
  expect(cellsOf([[0]], { '0,0': 2 }, [], true)).toEqual([['1904-01-01']])
})

test('what is merged down a column is in each of its rows that has nothing', () => {
  const rows = [
    ['a', 'b'],
    [null, null],
    ['x', null],
    [null, null],
  ]
  const merged = (...all: [number, number, number][]) =>
    cellsOf(
      rows,
      {},
      all.map(([column, from, to]) => ({ column, from, to })),
    )
  expect(merged([0, 0, 3]).map(([first]) => first)).toEqual(['a', 'a', 'x', 'a'])
  expect(merged([0, 0, 1], [1, 0, 2])).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['x', 'b'],
    [null, null],
  ])
  // Beyond the last row, and the last column, there is nothing to fill.
  expect(merged([1, 0, 90]).map(([, second]) => second)).toEqual(['b', 'b', 'b', 'b'])
  expect(merged([2, 0, 3])).toEqual(rows)
  expect(merged([0, 80, 90])).toEqual(rows)
})
