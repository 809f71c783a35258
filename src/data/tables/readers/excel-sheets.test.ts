import { expect, test } from 'vitest'
import { BetavaeError } from '../../../base/errors.ts'
import { sheetOf, sheetXml, workbook } from './excel.testing.ts'
import { type ExcelLibrary, sheetCells } from './excel-sheets.ts'

/** A library of which only what it gives, or throws, is known. */
const giving = (cells: unknown): ExcelLibrary => ({
  readSheet: async () => {
    if (Array.isArray(cells)) return cells
    throw cells
  },
})
const formula = '<c r="A1"><f>B1</f></c>'

test('a sheet comes with its place among all, and what there is to say of it', async () => {
  const asked: unknown[] = []
  const library: ExcelLibrary = {
    async readSheet(bytes, sheet) {
      asked.push(bytes.byteLength > 0, sheet)
      return [['x'], [1]]
    },
  }
  expect(await sheetCells(workbook(sheetXml), 'Other', library)).toEqual({
    ...{ cells: [['x'], [1]], notes: [], names: ['Visits', 'Other'], place: 1 },
  })
  expect(asked).toEqual([true, 2])
  for (const [count, words] of [
    [1, '1 formula has no computed value and is missing'],
    [2, '2 formulas have no computed value and are missing'],
  ] as const) {
    const { notes } = await sheetCells(workbook(sheetOf(formula.repeat(count))), undefined, library)
    expect(notes).toEqual([expect.stringContaining(words)])
  }
})

test('what the library throws is told in our words, but for what is ours already', async () => {
  const read = (thrown: unknown) => sheetCells(workbook(sheetXml), 1, giving(thrown))
  await expect(read(new Error(`no ${'x'.repeat(200)}`))).rejects.toThrow(/\(no x{117}\).*\[excel\/torn\]/)
  await expect(read('a word')).rejects.toThrow(/\(a word\).*\[excel\/torn\]/)
  const own = new BetavaeError({ code: 'zip/torn', seen: 'a', wanted: 'b', fix: 'c' })
  await expect(read(own)).rejects.toBe(own)
  const cause = new Error('why')
  await expect(read(cause)).rejects.toThrow(expect.objectContaining({ cause }))
})
