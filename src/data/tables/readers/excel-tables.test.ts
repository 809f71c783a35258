import { describe, expect, test } from 'vitest'
import type { Cell } from '../cell.ts'
import { excel } from './excel.ts'
import type { SheetCells } from './excel-sheets.ts'
import type { ReadTableOptions, TableSource } from './reader.ts'
import { collected } from './sources.testing.ts'

type Rows = readonly (readonly Cell[])[]

/** A workbook of sheets as the library gives them, and which of them it was asked for. */
function bookOf(...sheets: Rows[]) {
  const asked: unknown[] = []
  const names = sheets.map((_, at) => `S${at + 1}`)
  const source: TableSource = {
    async *pieces() {},
    stored: () => Promise.reject(new Error('not by place')),
    peer: async () => ({}),
    async sheetCells(_, sheet): Promise<SheetCells> {
      asked.push(sheet)
      const place = sheet === undefined ? 0 : Number(sheet) - 1
      return { cells: sheets[place].map((row) => [...row]), notes: [`of ${names[place]}`], names, place }
    },
  }
  return { source, asked }
}
async function read(rows: Rows, options?: ReadTableOptions) {
  const chunks = await collected(excel.read(bookOf(rows).source, options))
  return {
    columns: chunks[0].columns,
    rows: chunks.flatMap(({ rows }) => rows),
    lines: chunks.flatMap(({ lines }) => lines ?? []),
    notes: chunks.map(({ notes }) => notes?.slice(1)),
  }
}
const NAMES = ['city', 'n', 'x']
const numbered = (count: number, from = 0): Cell[][] =>
  Array.from({ length: count }, (_, row) => [['Oslo', 'Rome'][row % 2], from + row, (from + row) / 4])

describe('a table stands anywhere in its sheet', () => {
  test('below titles and blank rows, with the line of each row', async () => {
    const table = [['Sales of 2021'], [], NAMES, ...numbered(2), [null, null, null], ...numbered(2, 2)]
    expect(await read(table)).toEqual({
      columns: NAMES,
      rows: numbered(4).map((row, at) => [['Oslo', 'Rome'][at % 2], row[1], row[2]]),
      lines: [4, 5, 7, 8],
      notes: [[]],
    })
  })

  test('above units, totals and notes, which are told of', async () => {
    const units = [null, 'count', 'kg']
    const found = await read([
      NAMES,
      units,
      ...numbered(20),
      ['Total', 190, 47.5],
      [],
      ['Source: our office'],
    ])
    expect(found.rows).toEqual(numbered(20))
    expect(found.lines).toEqual(Array.from({ length: 20 }, (_, row) => row + 3))
    expect(found.notes).toEqual([
      [
        expect.stringMatching(/^line 2 "count, kg"/),
        'left out below the table: line 23 "Total, 190, 47.5", line 25 "Source: our office"',
      ],
    ])
  })

  test('with totals that are a level, of which one stands far above', async () => {
    const rows = [['Total', 1, 2], ...numbered(20), ['Total', 3, 4]]
    const found = await read([NAMES, ...rows])
    expect(found.rows).toEqual(rows)
    expect(found.notes).toEqual([[]])
    // One row alone is a row, whatever it is called; of two the last may be a total.
    expect((await read([NAMES, ['Total', 1, 2]])).rows).toHaveLength(1)
    expect((await read([NAMES, ['Oslo', 1, 2], ['Total', 1, 2]])).rows).toHaveLength(1)
  })

  test('and is in chunks, the first of which has the notes', async () => {
    const { source } = bookOf([NAMES, ...numbered(5)])
    const chunks = await collected(excel.read(source, { chunkRows: 2 }))
    expect(chunks.map(({ first, rows, notes }) => [first, rows.length, notes])).toEqual([
      [0, 2, ['of S1']],
      [2, 2, undefined],
      [4, 1, undefined],
    ])
    const still: TableSource = {
      ...source,
      sheetCells: async () => ({ cells: [['a'], [1], [2]], notes: [], names: ['S'], place: 0 }),
    }
    expect((await collected(excel.read(still)))[0]).not.toHaveProperty('notes')
  })

  test('doubts are told of', async () => {
    const rows: Rows = Array.from({ length: 8 }, (_, row) => [row * row, row < 3 ? 0.5 : 7])
    const found = await read([['a', 17], ...rows])
    expect(found.notes.flat().join()).toMatch(/^the first line is taken for (a row|names)/)
    expect((await read([['a', 17], ...rows], { header: true })).notes).toEqual([[]])
  })

  test('with a second line of names, over which the first is passed over', async () => {
    // What comes up again below is no name, but the second line is of another kind than the rows.
    const found = await read([['Oslo', 2021, 2022], NAMES, ...numbered(20)])
    expect(found.columns).toEqual(NAMES)
    expect(found.rows).toEqual(numbered(20))
    expect(found.notes).toEqual([[expect.stringMatching(/^line 1 "Oslo, 2021, 2022"/)]])
  })
})

describe('days that name columns have no hour', () => {
  test.each([
    ['2023-01-01T00:00:00.000Z', '2023-01-01'],
    ['2023-01-01T00:00:00Z', '2023-01-01'],
    ['2023-01-01T00:00:00', '2023-01-01'],
    ['2023-01-01 00:00', '2023-01-01'],
    ['2023-01-01 0:00', '2023-01-01'],
    [' 2023-01-01 0:00 ', '2023-01-01'],
    ['2023-01-01', '2023-01-01'],
    ['2023-01-01 10:00', '2023-01-01 10:00'],
    ['2023-01-01 0:00:01', '2023-01-01 0:00:01'],
    ['at 2023-01-01 0:00', 'at 2023-01-01 0:00'],
    ['2023-01-01 0:00 sharp', '2023-01-01 0:00 sharp'],
  ])('%s is %s', async (cell, name) => {
    expect(
      (
        await read(
          [
            ['a', cell],
            ['x', 1],
            ['y', 2],
          ],
          { header: true },
        )
      ).columns,
    ).toEqual(['a', name])
  })

  test('and nothing is the place of its column, or a name for none', async () => {
    expect(
      (
        await read(
          [
            ['a', null],
            ['x', 1],
          ],
          { header: true },
        )
      ).columns,
    ).toEqual(['a', 'Unnamed: 1'])
    expect(
      (
        await read(
          [
            ['x', 1],
            ['y', 2],
          ],
          { header: false },
        )
      ).columns,
    ).toEqual(['0', '1'])
  })
})

describe('the sheet that is read', () => {
  const TABLE = [
    ['a', 'b'],
    [1, 2],
    [3, 4],
  ]
  const chosen = async (...sheets: Rows[]) => {
    const { source, asked } = bookOf(...sheets)
    const [{ notes }] = await collected(excel.read(source))
    return { asked, notes }
  }

  test.each<[string, Rows]>([
    ['words one below another', [['My company'], ['secret']]],
    ['one row', [['a', 'b', 'c']]],
    ['a row and a word', [['a', 'b'], ['c']]],
    ['a digit in its first row', [['Report 2024'], ['by us']]],
    [
      'blank rows around one',
      [
        [null, null],
        ['a', 'b'],
        [null, null],
      ],
    ],
    ['nothing', []],
  ])('is not one of %s', async (_, cover) => {
    expect(await chosen(cover, TABLE)).toEqual({
      asked: [undefined, 2],
      notes: ['of S2', 'sheet "S2" is read, since the first, "S1", has no table; --sheet names another'],
    })
  })

  test.each<[string, Rows]>([
    [
      'two rows of cells',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a word over numbers', [['n'], [1]]],
    ['a title over two rows', [['title'], [], ['a', 'b'], ['c', 'd']]],
  ])('is the first of %s', async (_, table) => {
    expect(await chosen(table, TABLE)).toEqual({ asked: [undefined], notes: ['of S1'] })
  })

  test('is looked for among twenty, and is the first where none has a table, or the one that is named', async () => {
    const covers = (count: number) => new Array<Rows>(count).fill([['cover']])
    expect((await chosen(...covers(19), TABLE)).asked).toHaveLength(20)
    const { source, asked } = bookOf(...covers(20), TABLE)
    await collected(excel.read(source)).catch(() => undefined)
    expect(asked).toEqual([undefined, ...Array.from({ length: 19 }, (_, at) => at + 2)])
    const few = bookOf(...covers(2))
    await expect(collected(excel.read(few.source, { header: true }))).rejects.toThrow(
      'a sheet without a row ("S1" of "S1", "S2")',
    )
    expect(few.asked).toEqual([undefined, 2])
    const named = bookOf(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      [['x'], ['y']],
    )
    expect((await collected(excel.read(named.source, { sheet: 2, header: true })))[0].rows).toEqual([['y']])
    expect(named.asked).toEqual([2])
  })

  test('without a row is refused', async () => {
    const { source } = bookOf([])
    await expect(collected(excel.read(source))).rejects.toThrow(
      /a sheet without a row; wanted .*\[excel\/empty\]/,
    )
  })
})

test('the library is asked for where sheets can be read, and its lack is the user’s affair', async () => {
  const { source } = bookOf([['a'], [1]])
  const { peer, sheetCells, ...page } = source
  for (const [given, seen] of [
    [page, 'in a page'],
    [{ ...page, peer }, 'in a page'],
    [{ ...page, sheetCells }, 'in a page'],
    [{ ...page, sheetCells, peer: async () => undefined }, 'no package that reads it'],
  ] as const)
    await expect(collected(excel.read(given))).rejects.toThrow(
      expect.objectContaining({ code: 'excel/library', usage: true, message: expect.stringContaining(seen) }),
    )
})

test('workbooks are known by the name of their first file', () => {
  const opening = (name: string, mark = 'PK\u0003\u0004') =>
    Uint8Array.from(`${mark}${'\0'.repeat(26)}${name}`, (one) => one.charCodeAt(0))
  for (const name of ['[Content_Types].xml', '_rels/.rels', 'docProps/app.xml', 'xl/workbook.xml'])
    expect(excel.matches(opening(name)), name).toBe(true)
  for (const name of ['word/document.xml', 'data/xl/workbook.xml', 'a.csv', ''])
    expect(excel.matches(opening(name)), name).toBe(false)
  expect(excel.matches(opening('xl/workbook.xml', 'PKxx'))).toBe(false)
})
