/** The formats of a workbook's cells. */
import { attributeIn, xmlText } from './excel-xml.ts'

/** Formats that workbooks do not write down. Those of dates as the reader's country writes them are ISO 8601 here. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  5: '"$"#,##0;\\("$"#,##0\\)',
  6: '"$"#,##0;\\("$"#,##0\\)',
  7: '"$"#,##0.00;\\("$"#,##0.00\\)',
  8: '"$"#,##0.00;\\("$"#,##0.00\\)',
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
  37: '#,##0;\\(#,##0\\)',
  38: '#,##0;\\(#,##0\\)',
  39: '#,##0.00;\\(#,##0.00\\)',
  40: '#,##0.00;\\(#,##0.00\\)',
  41: '#,##0;\\(#,##0\\)',
  42: '"$"#,##0;\\("$"#,##0\\)',
  43: '#,##0.00;\\(#,##0.00\\)',
  44: '"$"#,##0.00;\\("$"#,##0.00\\)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
}
/** Dates of East Asia, shown by the reader's country. */
const isEastern = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
const GENERAL = 'General'

/** The code of each style that cells have, by its number. */
export function formatCodes(styles: string): readonly string[] {
  const own = new Map<number, string>()
  for (const [tag] of styles.matchAll(/<(?:\w+:)?numFmt\b[^>]*>/g))
    own.set(Number(attributeIn(tag, 'numFmtId')), xmlText(attributeIn(tag, 'formatCode') ?? GENERAL))
  const [, cells = ''] = /<(?:\w+:)?cellXfs\b[^>]*>([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles) ?? []
  return [...cells.matchAll(/<(?:\w+:)?xf\b[^>]*>/g)].map(([tag]) => {
    const id = Number(attributeIn(tag, 'numFmtId') ?? 0)
    return own.get(id) ?? BUILT_IN[id] ?? (isEastern(id) ? 'yyyy-mm-dd' : GENERAL)
  })
}
