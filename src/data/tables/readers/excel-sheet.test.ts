import { describe, expect, test } from 'vitest'
import { scannedSheet } from './excel-sheet.ts'

const sheet = (rows: string, behind = '') => `<worksheet><sheetData>${rows}</sheetData>${behind}</worksheet>`
/** The styles of the first three columns of the first rows. */
const stylesOf = (rows: string, count: number) => {
  const { style } = scannedSheet(sheet(rows))
  return Array.from({ length: count }, (_, row) => [0, 1, 2].map((column) => style(row, column)))
}
const NONE = [undefined, undefined, undefined]

describe('styles are found by the places of their cells', () => {
  test.each<[string, string, (number | undefined)[][]]>([
    [
      'told',
      '<row r="1"><c r="A1" s="3"/><c r="C1" s="12"/></row><row r="2"><c r="B2" s="4"/></row>',
      [
        [3, undefined, 12],
        [undefined, 4, undefined],
      ],
    ],
    [
      'counted',
      '<row><c s="1"/><c/><c s="2"/></row><row><c s="3"/></row>',
      [
        [1, undefined, 2],
        [3, undefined, undefined],
      ],
    ],
    [
      'told and counted',
      '<row r="2"><c r="B2" s="1"/><c s="2"/></row><row><c s="3"/></row>',
      [NONE, [undefined, 1, 2], [3, undefined, undefined]],
    ],
    ['told by a row alone', '<row><c r="2" s="5"/></row>', [NONE, [5, undefined, undefined]]],
    ['in quotes of either kind', "<row r='1'><c r='B1' s='7'/></row>", [[undefined, 7, undefined]]],
    ['with room around', '<row r = "1"><c r = "B1"  s = "7" /></row>', [[undefined, 7, undefined]]],
    [
      'in a name space',
      '<x:row r="1"><x:c r="B1" s="7"/></x:row><main:row r="2"><main:c r="A2" s="8"/></main:row>',
      [
        [undefined, 7, undefined],
        [8, undefined, undefined],
      ],
    ],
    [
      'behind a bracket in quotes',
      '<row spans=">" x=\'>\' r="1"><c x=">" y=\'>\' r="B1" s="7"/></row>',
      [[undefined, 7, undefined]],
    ],
    [
      'of what is not first in its tag',
      '<row r="1"><c t="s" r="B1" s="7"/></row>',
      [[undefined, 7, undefined]],
    ],
    ['that are none', '<row r="1"><c r="A1" s="0"/><c r="B1" s="x"/><c r="C1"/></row>', [NONE]],
    [
      'of other tags',
      '<row r="1"><col r="A1" s="4"/><rows r="9"/><c r="B1" s="7"/></row>',
      [[undefined, 7, undefined]],
    ],
  ])('%s', (_, rows, wanted) => {
    expect(stylesOf(rows, wanted.length)).toEqual(wanted)
  })

  test('and are no more in the sheet, whose cells stay', () => {
    const { xml } = scannedSheet(
      sheet('<row r="1" s="5"><c r="A1" s="3" t="s"><v>1</v></c><c r="B1"/></row>'),
    )
    expect(xml).toBe(sheet('<row r="1" s="5"><c r="A1" t="s"><v>1</v></c><c r="B1"/></row>'))
  })

  test('in any column', () => {
    const { style } = scannedSheet(
      sheet('<row r="1"><c r="Z1" s="1"/><c r="AA1" s="2"/><c r="XFD1" s="3"/></row>'),
    )
    expect([25, 26, 16_383, 16_382].map((column) => style(0, column))).toEqual([1, 2, 3, undefined])
    expect(style(1, 0)).toBeUndefined()
  })
})

describe('sheets are of a size that memory has room for', () => {
  const reaching =
    (...places: string[]) =>
    () =>
      scannedSheet(sheet(places.map((place) => `<row><c r="${place}"/></row>`).join('')))

  test.each([['A1048576'], ['AF1048576'], ['XFD2048'], ['AF1', 'A1048576']])('%s, %s', (...places) => {
    expect(reaching(...places.filter(Boolean))).not.toThrow()
  })

  test.each([
    [['A1048577'], 'a sheet of 1048577 × 1 cells'],
    [['AG1048576'], 'a sheet of 1048576 × 33 cells'],
    [['XFD2049'], 'a sheet of 2049 × 16384 cells'],
    [['AG1', 'A1048576'], 'a sheet of 1048576 × 33 cells'],
    [['A1048576', 'AG1'], 'a sheet of 1048577 × 33 cells'],
    [['AAAA1'], 'a cell at AAAA1'],
    [['a1'], 'a cell at a1'],
    [['A12345678'], 'a cell at A12345678'],
    [['A'], 'a cell at A'],
    [['A1 '], 'a cell at A1'],
    [[''], 'a cell at'],
  ])('but not %j', (places, seen) => {
    expect(reaching(...places)).toThrow(seen)
    expect(reaching(...places)).toThrow('[excel/too-large]')
  })

  test('and no row is counted up beyond it', () => {
    expect(() => scannedSheet(sheet('<row r="1048575"/><row/>'))).not.toThrow()
    expect(() => scannedSheet(sheet('<row r="1048575"/><row/><row/>'))).toThrow('a sheet of 1048577')
  })
})

test('what is merged down a column is told, and nothing else', () => {
  const mergedIn = (...refs: string[]) =>
    scannedSheet(
      sheet('', `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`),
    ).merged
  expect(mergedIn('A2:A3', 'AB1:AB20', 'C5:C5')).toEqual([
    { column: 0, from: 1, to: 2 },
    { column: 27, from: 0, to: 19 },
    { column: 2, from: 4, to: 4 },
  ])
  expect(
    mergedIn('A1:B1', 'A1:B2', 'A1', '', 'a1:a2', 'A1:A12345678', 'A1:A1048577', 'xA1:A2', 'A1:A2x'),
  ).toEqual([])
  expect(mergedIn('A1:A1048576')).toHaveLength(1)
  expect(
    scannedSheet('<x:mergeCell ref="A1:A2"/><main:mergeCell x="1" ref="A1:A2"/><mergeCell/>').merged,
  ).toHaveLength(2)
})

describe('formulas without a value are taken out and counted', () => {
  test.each([
    '<c r="A1"><f>B1*2</f></c>',
    '<c r="A1"><f>B1*2</f><v/></c>',
    '<c r="A1"><f>B1*2</f><v /></c>',
    '<c r="A1"><f>B1*2</f><v></v></c>',
    '<c r="A1" t="str"> <f t="shared" si="0"/> <v > </v> </c>',
    '<c r="A1"><f/></c>',
    '<c r="A1" x=">" y=\'>\'><f></f></c>',
    '<x:c r="A1"><x:f>B1*2</x:f><x:v></x:v></x:c>',
    '<main:c r="A1"><main:f>B1*2</main:f><main:v/></main:c>',
    '<main:c r="A1"><main:f t="shared"/></main:c>',
  ])('%s', (cell) => {
    const rows = (cells: string) => sheet(`<row r="1">${cells}<c r="B1"><v>1</v></c></row>`)
    const { xml, uncomputed } = scannedSheet(rows(cell + cell))
    expect([xml, uncomputed]).toEqual([rows(''), 2])
  })

  test.each([
    '<c r="A1"><f>B1*2</f><v>6</v></c>',
    '<c r="A1"><f t="shared" si="0"/><v>0</v></c>',
    '<c r="A1"><v></v></c>',
    '<c r="A1"/>',
    '<cf r="A1"><f>1</f></cf>',
  ])('but not %s', (cell) => {
    const { xml, uncomputed } = scannedSheet(sheet(`<row r="1">${cell}</row>`))
    expect([xml, uncomputed]).toEqual([sheet(`<row r="1">${cell}</row>`), 0])
  })
})
