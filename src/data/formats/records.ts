import { fail } from '../../base/errors.ts'

/** One record of a CSV text, and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: string[]
}

/** A cell between separators; spaces around a quoted one do not count, but a tab may be the separator itself. */
const cellPattern = (by: string): RegExp =>
  new RegExp(`(?<=^|${by})(?:[^\\S${by}]*"((?:[^"]|"")*)"[^\\S${by}]*(?=${by}|$)|([^${by}]*))`, 'g')

/** A comma; else, where the first line has none outside quotes, the semicolon or the tab that it has. */
function separatorOf(text: string): string {
  const [first] = /^\s*(?:"[^"]*"|[^"\n])*/.exec(text) ?? ['']
  const bare = first.trim().replace(/"[^"]*"/g, '')
  return [',', ';', '\t'].find((separator) => bare.includes(separator)) ?? ','
}

function quotedCells(record: string, line: number, pattern: RegExp): string[] {
  return Array.from(record.matchAll(pattern), ([, quoted, plain]) => {
    if (plain?.includes('"'))
      fail({
        code: 'csv/quotes',
        seen: `the cell ${plain.trim().slice(0, 40)} on line ${line}`,
        wanted: 'quotes around the whole cell, doubled inside it',
        fix: 'mend the quotes of this line',
      })
    return quoted === undefined ? plain : quoted.replaceAll('""', '"')
  })
}

const hasOpenQuote = (record: string): boolean => record.includes('"') && record.split('"').length % 2 === 0

/** The records of a CSV text (RFC 4180, or with semicolons or tabs): optional quotes, any line ends; blank lines are passed over. */
export function* csvRecords(text: string): Generator<CsvRecord> {
  const separator = separatorOf(text)
  const pattern = cellPattern(separator)
  let next = 1
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const takeLine = () => {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    at = end < 0 ? text.length : end + 1
    next++
    return line
  }
  while (at < text.length) {
    const line = next
    let record = takeLine()
    while (hasOpenQuote(record) && at < text.length) record += `\n${takeLine()}`
    if (record.endsWith('\r')) record = record.slice(0, -1)
    if (record.trim() === '') continue
    yield { line, cells: record.includes('"') ? quotedCells(record, line, pattern) : record.split(separator) }
  }
}

const csvCell = (text: string): string =>
  /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** One line of a CSV text, without its line end. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',')
