import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { openWorkbook } from './excel-workbook.ts'

const EMPTY = '<worksheet><sheetData/></worksheet>'
const sheet = (name: string, id: string, about = '') =>
  `<sheet name="${name}" sheetId="1" ${about}r:id="${id}"/>`
const relation = (id: string, target: string) => `<Relationship Id="${id}" Target="${target}"/>`

/** A workbook of these files, of whose sheets there are two where nobody says otherwise. */
const bookOf = (files: Record<string, string> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': `<workbook><sheets>${sheet('One', 'a')}${sheet('Two', 'b')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `${relation('a', 'worksheets/sheet1.xml')}${relation('b', 'worksheets/sheet2.xml')}`,
        'xl/worksheets/sheet1.xml': EMPTY,
        'xl/worksheets/sheet2.xml': '<worksheet><row r="1"><c r="A1" s="2"/></row></worksheet>',
        ...files,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  )
const sheets = (...tags: string[]) => ({
  'xl/workbook.xml': `<workbook><sheets>${tags.join('')}</sheets></workbook>`,
})
const relations = (...tags: string[]) => ({ 'xl/_rels/workbook.xml.rels': tags.join('') })
const filesIn = ({ bytes }: { bytes: ArrayBuffer }) =>
  Object.fromEntries(
    Object.entries(unzipSync(new Uint8Array(bytes))).map(([name, file]) => [name, strFromU8(file)]),
  )

describe('a sheet', () => {
  test('is wanted by number or name, and a number may be a name', () => {
    const book = bookOf(sheets(sheet('One', 'a'), sheet('2024', 'b'), sheet('2', 'a')))
    const placeOf = (wanted?: string | number) => openWorkbook(book, wanted).place
    expect([undefined, 1, 2, 3, 'One', '2024', 2024, '2'].map(placeOf)).toEqual([0, 0, 1, 2, 0, 1, 1, 2])
    for (const none of [0, 4, -1, 'one', 'Three', 1.5])
      expect(() => placeOf(none), `${none}`).toThrow(
        `no sheet ${JSON.stringify(none)}; wanted one of 1 "One", 2 "2024", 3 "2".`,
      )
    expect(() => placeOf('Three')).toThrow('[excel/sheet]')
    expect(() => placeOf('Three')).toThrow(expect.objectContaining({ usage: true }))
  })

  test('has a name as people see it', () => {
    expect(openWorkbook(bookOf(sheets(sheet('A &amp; B', 'a'), '<sheet r:id="b"/>'))).names).toEqual([
      'A & B',
      '',
    ])
    const inNames = bookOf(
      sheets('<x:sheet name="X" r:id="a"/>', '<main:sheet name="Y" r:id="b"/>', '<sheets/>'),
    )
    expect(openWorkbook(inNames).names).toEqual(['X', 'Y'])
  })

  test.each([
    ['within the folder', relation('b', 'worksheets/sheet2.xml')],
    ['from the archive on', relation('b', '/xl/worksheets/sheet2.xml')],
    ['by its whole name', relation('b', 'xl/worksheets/sheet2.xml')],
    ['from the archive on, without the folder', relation('b', '/worksheets/sheet2.xml')],
    ['with entities', relation('b', 'worksheets&#47;sheet2.xml')],
    ['in a name space', `<x:${relation('b', 'worksheets/sheet2.xml').slice(1)}`],
    ['in a longer one', `<main:${relation('b', 'worksheets/sheet2.xml').slice(1)}`],
    [
      'behind others',
      `<Relationship/><Relationships/>${relation('c', 'x')}${relation('b', 'worksheets/sheet2.xml')}`,
    ],
  ])('is found by its relation, %s', (_, tags) => {
    const { sheet } = openWorkbook(bookOf(relations(tags)), 2)
    expect(sheet.style(0, 0)).toBe(2)
  })

  test('may be missing, or without a relation, which is nobody’s fault but the library’s to tell', () => {
    for (const files of [
      relations(),
      relations('<Relationship Id="b"/>'),
      relations(relation('b', 'worksheets/x.xml')),
    ]) {
      const { sheet, place } = openWorkbook(bookOf(files), 2)
      expect([place, sheet.xml]).toEqual([1, ''])
    }
    const none = openWorkbook(zipSync({ 'xl/other.xml': strToU8('') }))
    expect([none.place, none.names, none.formats, none.sheet.xml, none.is1904]).toEqual([
      0,
      [],
      [],
      '',
      false,
    ])
    expect(Object.keys(filesIn(none))).toEqual(['xl/other.xml'])
  })
})

describe('the library is given', () => {
  const book = bookOf({
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="9"/><xf numFmtId="2"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': '<sst/>',
    'xl/worksheets/_rels/sheet1.xml.rels': '<x/>',
    'docs/xl/worksheets/sheet9.xml': '<x/>',
    'docs/xl/styles.xml': '<x/>',
    'xl/worksheets/sheet1.xml.bak.xml': '<x/>',
    'xl/media/picture.png': 'x',
    'xl/notes.xml.txt': 'x',
  })

  test('that sheet alone, without its formats, and everything else that it may read', () => {
    const workbook = openWorkbook(book, 2)
    const files = filesIn(workbook)
    expect(Object.keys(files).toSorted()).toEqual([
      ...['docs/xl/styles.xml', 'docs/xl/worksheets/sheet9.xml', 'xl/_rels/workbook.xml.rels'],
      ...['xl/sharedStrings.xml', 'xl/styles.xml', 'xl/workbook.xml', 'xl/worksheets/_rels/sheet1.xml.rels'],
      'xl/worksheets/sheet2.xml',
    ])
    expect(files['xl/worksheets/sheet2.xml']).toBe('<worksheet><row r="1"><c r="A1"/></row></worksheet>')
    expect(files['xl/styles.xml']).toMatch(/^<styleSheet [^>]*\/>$/)
    expect(files['docs/xl/styles.xml']).toBe('<x/>')
    expect(workbook.formats).toEqual(['0%', '0.00'])
    expect(strFromU8(new Uint8Array(workbook.bytes))).toContain('<sst/>')
  })

  test('formats from wherever the styles are', () => {
    const styles = '<cellXfs><xf numFmtId="9"/></cellXfs>'
    expect(openWorkbook(bookOf({ 'xl/styles12.xml': styles })).formats).toEqual(['0%'])
    for (const name of ['xl/stylesheet.xml', 'xl/styles.xml.xml', 'x/xl/styles.xml'])
      expect(openWorkbook(bookOf({ [name]: styles })).formats).toEqual([])
    expect(openWorkbook(bookOf()).formats).toEqual([])
  })
})

test('days are counted from 1904 where the workbook says so', () => {
  const is1904 = (tag: string) =>
    openWorkbook(bookOf({ 'xl/workbook.xml': `<workbook>${tag}</workbook>` })).is1904
  for (const tag of [
    '<workbookPr date1904="1"/>',
    "<workbookPr date1904='true'/>",
    '<workbookPr a="b" date1904 = "1" c="d"/>',
    '<x:workbookPr date1904="1"/>',
    '<main:workbookPr date1904="1"/>',
  ])
    expect(is1904(tag), tag).toBe(true)
  for (const tag of [
    ...[
      '<workbookPr date1904="0"/>',
      '<workbookPr date1904="false"/>',
      '<workbookPr/>',
      '<workbookPr notdate1904="1"/>',
    ],
    ...['<workbookPr/><other date1904="1"/>', '<workbookProtection date1904="1"/>', ''],
  ])
    expect(is1904(tag), tag).toBe(false)
})

test('a workbook that is too large when it is unpacked is refused before', () => {
  /** The size that the list of members says a file has. */
  const announcing = (size: number, name: string) => {
    const book = Buffer.from(bookOf({ [name]: 'x' }))
    const entry = book.lastIndexOf(Buffer.from(name)) - 46
    book.writeUInt32LE(size, entry + 24)
    return book
  }
  const others = 2 ** 29
  expect(() => openWorkbook(announcing(others, 'xl/big.xml'))).toThrow('[excel/too-large]')
  // The names are looked at first: what is not read may be of any size.
  expect(() => openWorkbook(announcing(others, 'xl/big.png'))).not.toThrow()
  expect(() => openWorkbook(announcing(others - 10_000, 'xl/big.xml'))).toThrow('[zip/torn]')
})
