import { fail } from '../../base/errors.ts'

/** One record of a CSV text, and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: string[]
}

const CELL = /(?<=^|,)(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g

function quotedCells(record: string, line: number): string[] {
  return Array.from(record.matchAll(CELL), ([, quoted, plain]) => {
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

/** The records of a CSV text (RFC 4180): commas, optional quotes, any line ends; blank lines are passed over. */
export function* csvRecords(text: string): Generator<CsvRecord> {
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
    yield { line, cells: record.includes('"') ? quotedCells(record, line) : record.split(',') }
  }
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** One line of a CSV text, without its line end. */
export const csvLine = (cells: readonly string[]): string => cells.map(csvCell).join(',')
