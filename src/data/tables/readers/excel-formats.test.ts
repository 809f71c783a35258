import { expect, test } from 'vitest'
import { formatCodes } from './excel-formats.ts'
import { attributeIn, xmlText } from './excel-xml.ts'

const styles = (own: string, ...ids: (number | string)[]) =>
  `<styleSheet><numFmts>${own}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs count="${ids.length}">${ids.map((id) => (id === '' ? '<xf fontId="0"/>' : `<xf numFmtId="${id}" fontId="0"/>`)).join('')}</cellXfs></styleSheet>`

/** ECMA-376 part 1, 18.8.30, but for what depends on the reader's country. */
const BUILT_IN: Record<number, string> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy-mm-dd',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy-mm-dd"T"hh:mm:ss',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
  99: 'General',
}

test('formats that workbooks do not write down are known by their numbers', () => {
  const ids = Object.keys(BUILT_IN).map(Number)
  expect(formatCodes(styles('', ...ids))).toEqual(Object.values(BUILT_IN))
  const negative = formatCodes(styles('', 5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44))
  for (const code of negative) expect(code).toMatch(/^("\$")?#,##0(\.00)?;\\\(("\$")?#,##0(\.00)?\\\)$/)
  expect(negative.map((code) => code.includes('$'))).toEqual(
    [5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44].map((id) => id < 9 || id === 42 || id === 44),
  )
  expect(negative.map((code) => code.includes('.00'))).toEqual(
    [5, 6, 7, 8, 37, 38, 39, 40, 41, 42, 43, 44].map((id) => [7, 8, 39, 40, 43, 44].includes(id)),
  )
})

test('dates of East Asia are ISO dates', () => {
  expect(formatCodes(styles('', 27, 36, 50, 58))).toEqual(new Array(4).fill('yyyy-mm-dd'))
  expect(formatCodes(styles('', 26, 49, 59))).toEqual(new Array(3).fill('General'))
})

test('a workbook’s own formats go before, with their entities undone', () => {
  const own =
    '<numFmt numFmtId="164" formatCode="0.0 &quot;kg&quot;"/><numFmt numFmtId="14" formatCode="d/m/yy"/><numFmt numFmtId="165"/>'
  expect(formatCodes(styles(own, 164, 14, 165, ''))).toEqual(['0.0 "kg"', 'd/m/yy', 'General', 'General'])
  expect(
    formatCodes(styles(own, 164).replaceAll('<xf', '<x:xf').replaceAll('<numFmt ', '<x:numFmt ')),
  ).toEqual(['0.0 "kg"'])
  const inNames = styles(own, 164).replace(/<(\/?)(xf|numFmt|cellXfs)\b/g, '<$1main:$2')
  expect(formatCodes(inNames)).toEqual(['0.0 "kg"'])
  expect(formatCodes('<styleSheet/>')).toEqual([])
})

test('entities are undone, and what is none stays', () => {
  expect(xmlText('&lt;&gt;&amp;&quot;&apos;')).toBe(`<>&"'`)
  expect(xmlText('&#65;&#x42;&#x1F600;&#1114111;')).toBe('AB\u{1f600}\u{10ffff}')
  for (const none of ['&nothing;', '&#1114112;', '&#x110000;', '&', '&#;', '&lt', '&#12345678;'])
    expect(xmlText(none)).toBe(none)
  expect(xmlText('&amp;lt;')).toBe('&lt;')
})

test('attributes stand between either quotes, with or without a name space', () => {
  expect(attributeIn('<a b="1" c=\'2\'>', 'b')).toBe('1')
  expect(attributeIn('<a b="1" c=\'2\'>', 'c')).toBe('2')
  expect(attributeIn('<a r:id = "x">', 'id')).toBe('x')
  expect(attributeIn('<a b="">', 'b')).toBe('')
  expect(attributeIn('<a ab="1">', 'b')).toBeUndefined()
  expect(attributeIn('<a b="1\'2">', 'b')).toBe("1'2")
})
