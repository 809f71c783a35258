import { describe, expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
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
        ['00123', '2020-01-01', 12.5, true, '2020-01-01T07:35:00'],
        ['Zürich', '2020-01-02', null, null, '2020-01-02T00:00:00'],
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
      expect(await read(workbook(sheetXml), { sheet })).toMatchObject({ columns: ['x'], rows: [[7], [8]] })
    expect(await errorOf(workbook(sheetXml), { sheet: 'Third' })).toBe(
      'no sheet "Third"; wanted one of 1 "Visits", 2 "Other". Fix: name one of its sheets with --sheet, or leave it out for the first. [excel/sheet]',
    )
  })

  test('reads the first sheet that has a table, and says so', async () => {
    const cover = workbook(
      sheetOf(`<row r="1">${text('A1', 'My company')}</row><row r="2">${text('A2', 'secret')}</row>`),
    )
    for (const bytes of [cover, workbook(sheetOf(''))])
      expect(await read(bytes)).toMatchObject({
        ...{ columns: ['x'], rows: [[7], [8]] },
        notes: ['sheet "Other" is read, since the first, "Visits", has no table; --sheet names another'],
      })
    expect((await read(cover, { sheet: 1 })).columns).toEqual(['My company'])
    expect(await errorOf(workbook(sheetOf('')), { sheet: 1 })).toMatchInlineSnapshot(
      `"a sheet without a row ("Visits" of "Visits", "Other"); wanted a row of column names and at least one row below it. Fix: check that this is the right sheet, or name another with --sheet. [excel/empty]"`,
    )
  })

  test('passes titles over, tells names from rows, and writes times of day', async () => {
    const titled = sheetOf(
      `<row r="1">${text('A1', 'Sales')}</row><row r="3">${text('A3', 'at')}${text('B3', 'n')}${text('C3', 'm')}</row>` +
        `<row r="4">${number('A4', 0.31597222222222221, 3)}${number('B4', 1)}${number('C4', 2)}</row>`,
    )
    expect(await read(workbook(titled))).toMatchObject({
      columns: ['at', 'n', 'm'],
      rows: [['7:35', 1, 2]],
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

  test('days over numbers are names of columns, without an hour', async () => {
    const days = sheetOf(
      `<row r="1">${text('A1', 'item')}${number('B1', 44_927, 2)}${number('C1', 44_958, 2)}</row>` +
        `<row r="2">${text('A2', 'a')}${number('B2', 2.5)}${number('C2', 7)}</row>` +
        `<row r="3">${text('A3', 'b')}${number('B3', 3.5)}${number('C3', 8)}</row>`,
    )
    expect((await read(workbook(days))).columns).toEqual(['item', '2023-01-01', '2023-02-01'])
  })

  test('hands rows on in chunks', async () => {
    const rows = Array.from(
      { length: 10 },
      (_, at) => `<row r="${at + 1}">${text(`A${at + 1}`, `w${at}`)}</row>`,
    )
    expect((await read(workbook(sheetOf(rows.join(''))), { chunkRows: 4 })).sizes).toEqual([4, 4, 1])
  })
})

describe('cells are as they are shown', () => {
  const styles = (...codes: string[]) =>
    `<styleSheet><numFmts>${codes
      .map(
        (code, at) =>
          `<numFmt numFmtId="${200 + at}" formatCode="${code.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/>`,
      )
      .join(
        '',
      )}</numFmts><cellXfs><xf numFmtId="0"/>${codes.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}</cellXfs></styleSheet>`
  const shown = async (code: string, ...numbers: number[]) => {
    const rows = numbers.map((x, at) => `<row r="${at + 2}">${number(`A${at + 2}`, x, 1)}</row>`)
    const sheet = sheetOf(`<row r="1">${text('A1', 'name')}</row>${rows.join('')}`)
    const { rows: cells } = await read(workbook(sheet, 6, styles(code)), { header: true })
    return cells.map(([cell]) => cell)
  }

  test.each<[string, number[], Cell[]]>([
    ['00000', [123, 98_765], ['00123', '98765']],
    ['000-00-0000', [12_345_678], ['012-34-5678']],
    ['(000) 000-0000', [5_551_234_567], ['(555) 123-4567']],
    ['"$"#,##0.00', [1234.5, -7, 0.123456], ['$1,234.50', '-$7.00', '$0.123456']],
    ['#,##0.00 [$€-407]', [1234.5], ['1,234.50 €']],
    [
      '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
      [1234.5, -7, 0],
      ['$1,234.50', '$(7.00)', '$0.00'],
    ],
    ['0;[Red]0', [-7], ['-7']],
    ['0.0%', [0.125, 1 / 3], ['12.5%', '33.3333333333333%']],
    ['0.0" kg"', [12, 0.1 + 0.2], ['12.0 kg', '0.3 kg']],
    ['0.00', [12.5, 1e-9], ['12.50', 1e-9]],
    ['General', [0.1 + 0.2], [0.3]],
    ['0.00E+00', [12_345], [12_345]],
    ['#,##0,', [12_345_678], [12_345_678]],
    ['# ?/?', [2.5], [2.5]],
    ['[<1]0.00;0', [2.5], [2.5]],
    ['[h]:mm', [1.5, 27 / 24 + 1 / 1440, -0.5], ['36:00', '27:01', '-12:00']],
    ['[h]:mm:ss', [1 / 86_400], ['0:00:01']],
    ['mm:ss', [90 / 86_400], ['0:01:30']],
    ['h:mm:ss', [0.5, 1.25], ['12:00:00', '30:00:00']],
    ['h:mm AM/PM', [0.5, 0.0104166666666667], ['12:00 PM', '12:15 AM']],
    ['dd/mm/yyyy', [44_210, 44_250], ['14/01/2021', '23/02/2021']],
    ['dd/mm/yyyy', [44_199, 44_200], ['2021-01-03', '2021-01-04']],
    ['dd.mm.yyyy hh:mm', [44_210.5], ['14.01.2021 12:00']],
    ['mmm-yy', [44_197, 44_228], ['Jan-2021', 'Feb-2021']],
    ['mmm-yy', [44_197, 44_229], ['2021-01-01', '2021-02-02']],
    ['dddd, d mmmm yyyy', [44_197], ['Friday, 1 January 2021']],
    ['yyyy-mm-dd', [1, 59, 61], ['1900-01-01', '1900-02-28', '1900-03-01']],
  ])('%s of %j', async (code, numbers, wanted) => {
    expect(await shown(code, ...numbers)).toEqual(wanted)
  })

  test('formulas without a value are missing and told of; what is merged down a column is in each of its rows', async () => {
    const rows = [
      `<row r="1">${text('A1', 'area')}${text('B1', 'n')}${text('C1', 'm')}</row>`,
      `<row r="2">${text('A2', 'North')}<c r="B2"><f>C2*2</f><v></v></c>${number('C2', 1)}</row>`,
      `<row r="3"><c r="B3" t="str"><f>C3&amp;"x"</f></c>${number('C3', 2)}</row>`,
      `<row r="4"><c r="B4"><f t="shared" si="0"/><v>6</v></c>${number('C4', 3)}</row>`,
    ]
    const sheet = sheetOf(rows.join('')).replace(
      '</worksheet>',
      '<mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>',
    )
    const found = await read(workbook(sheet))
    expect(found).toMatchObject({
      rows: [
        ['North', null, 1],
        ['North', null, 2],
        [null, 6, 3],
      ],
      notes: [
        '2 formulas have no computed value and are missing: open the workbook in a spreadsheet and save it to have them computed',
      ],
    })
  })
})

describe('what cannot be read is refused', () => {
  test.each([
    ['a workbook cut off', workbook(sheetXml).subarray(0, 2000)],
    ['a sheet that is no XML', workbook('<worksheet><sheetData><row')],
    ['a cell far away', workbook(sheetOf('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'))],
    ['many empty cells', workbook(sheetOf('<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>'))],
    ['a place that is none', workbook(sheetOf("<row r = '1e9'><c r='A1'><v>1</v></c></row>"))],
    ['a place behind an entity', workbook(sheetOf('<row spans=">" r="&#57;99999999"><c><v>1</v></c></row>'))],
  ])('%s', async (_, bytes) => {
    expect(await errorOf(bytes)).toMatchSnapshot()
  })

  test('where the package is missing, and in a page', async () => {
    const { pieces, stored, sheetCells } = sourceOf(workbook(sheetXml))
    const missing = readAll(excel, { pieces, stored, sheetCells, peer: async () => undefined })
    await expect(missing).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: an Excel workbook, and no package that reads it; wanted the npm package read-excel-file beside betavae. Fix: npm install read-excel-file. [excel/library]]`,
    )
    await expect(readAll(excel, { pieces, stored })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: an Excel workbook in a page; wanted a table as .csv, .json, .parquet or .arrow. Fix: save the sheet as CSV, or use the command line. [excel/library]]`,
    )
  })
})
