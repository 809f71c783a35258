import { describe, expect, test } from 'vitest'
import { sheetOf, sheetXml, workbook } from './excel.testing.ts'
import { excel } from './excel.ts'
import type { ReadTableOptions } from './reader.ts'
import { readAll, sourceOf } from './sources.testing.ts'

const read = (bytes: Uint8Array, options?: ReadTableOptions) => readAll(excel, sourceOf(bytes), options)
const errorOf = (bytes: Uint8Array, options?: ReadTableOptions) =>
  read(bytes, options).then(
    () => 'no error',
    (error: Error) => error.message,
  )
const text = (place: string, word: string) => `<c r="${place}" t="inlineStr"><is><t>${word}</t></is></c>`
const number = (place: string, x: number, style = 0) => `<c r="${place}" s="${style}"><v>${x}</v></c>`

describe('the Excel reader', () => {
  test('gives texts, numbers and truths as they are, days as days, and errors as gaps', async () => {
    expect(await read(workbook(sheetXml))).toEqual({
      columns: ['zip', 'day', 'price', 'ok', 'seen'],
      rows: [
        ['00123', '2020-01-01', 12.5, true, '2020-01-01T07:35:00.000Z'],
        ['Zürich', '2020-01-02', null, null, '2020-01-02T00:00:00.000Z'],
      ],
      lines: [2, 4],
      sizes: [2],
    })
  })

  test('knows itself by its first bytes', () => {
    expect(excel.matches(workbook(sheetXml).subarray(0, 64))).toBe(true)
    expect(excel.matches(new TextEncoder().encode('PK,a\n1,2\n'))).toBe(false)
  })

  test('reads another sheet by name or number', async () => {
    for (const sheet of ['Other', 2])
      expect(await read(workbook(sheetXml), { sheet })).toMatchObject({ columns: ['x'], rows: [[7]] })
    expect(await errorOf(workbook(sheetXml), { sheet: 'Third' })).toMatch(
      'name one of its sheets with --sheet',
    )
  })

  test('passes titles over, tells names from rows, and writes times of day', async () => {
    const titled = sheetOf(
      `<row r="1">${text('A1', 'Sales')}</row><row r="3">${text('A3', 'at')}${text('B3', 'n')}${text('C3', 'm')}</row>` +
        `<row r="4">${number('A4', 0.31597222222222221, 3)}${number('B4', 1)}${number('C4', 2)}</row>`,
    )
    expect(await read(workbook(titled))).toMatchObject({
      columns: ['at', 'n', 'm'],
      rows: [['07:35:00', 1, 2]],
    })
    const bare = sheetOf(
      `<row r="1">${number('A1', 1.5)}${number('B1', 2)}</row><row r="2">${number('A2', 2.5)}${number('B2', 2)}</row>`,
    )
    expect(await read(workbook(bare))).toMatchObject({
      columns: ['0', '1'],
      rows: [
        [1.5, 2],
        [2.5, 2],
      ],
    })
    expect(await read(workbook(bare), { header: true })).toMatchObject({
      columns: ['1.5', '2'],
      rows: [[2.5, 2]],
    })
  })

  test('hands rows on in chunks', async () => {
    const rows = Array.from(
      { length: 10 },
      (_, at) => `<row r="${at + 1}">${text(`A${at + 1}`, `w${at}`)}</row>`,
    )
    expect((await read(workbook(sheetOf(rows.join(''))), { chunkRows: 4 })).sizes).toEqual([4, 4, 1])
  })
})

describe('what cannot be read is refused', () => {
  test.each([
    ['a workbook cut off', workbook(sheetXml).subarray(0, 2000)],
    ['a sheet without rows', workbook(sheetOf(''))],
    ['a sheet that is no XML', workbook('<worksheet><sheetData><row')],
    ['a cell far away', workbook(sheetOf('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'))],
    ['many empty cells', workbook(sheetOf('<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>'))],
    ['a place that is none', workbook(sheetOf("<row r = '1e9'><c r='A1'><v>1</v></c></row>"))],
    ['a place behind an entity', workbook(sheetOf('<row spans=">" r="&#57;99999999"><c><v>1</v></c></row>'))],
  ])('%s', async (_, bytes) => {
    expect(await errorOf(bytes)).toMatchSnapshot()
  })

  test('where the package is missing, and in a page', async () => {
    const { pieces, stored } = sourceOf(workbook(sheetXml))
    const missing = readAll(excel, { pieces, stored, peer: async () => undefined })
    await expect(missing).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: an Excel workbook, and no package that reads it; wanted the npm package read-excel-file beside betavae. Fix: npm install read-excel-file. [excel/library]]`,
    )
    await expect(readAll(excel, { pieces, stored })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: an Excel workbook in a page; wanted a table as .csv, .json, .parquet or .arrow. Fix: save the sheet as CSV, or use the command line. [excel/library]]`,
    )
  })
})
