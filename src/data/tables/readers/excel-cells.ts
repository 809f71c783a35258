import type { Cell } from '../cell.ts'
import { numberFormat } from './excel-numbers.ts'
import { isTimeCode, timeTexts } from './excel-times.ts'
import type { Workbook } from './excel-workbook.ts'

/** What the library gives for a cell. */
export type SheetCell = string | number | boolean | Date | null

const FAR = 2 ** 53

/** Places of numbers of one column that have one format. */
interface Group {
  readonly code: string
  readonly column: number
  readonly rows: number[]
}

/** Numbers with formats, by column and format: what a date may be written as hangs on all of its column. */
function groupsIn(rows: readonly (readonly SheetCell[])[], { sheet, formats }: Workbook): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const [row, cells] of rows.entries())
    for (const [column, cell] of cells.entries()) {
      if (typeof cell !== 'number') continue
      const code = formats[sheet.style(row, column) ?? 0] ?? 'General'
      if (code === 'General') continue
      const key = `${column}\u0000${code}`
      const group = groups.get(key) ?? { code, column, rows: [] }
      groups.set(key, group)
      group.rows.push(row)
    }
  return groups.values()
}

function written({ code }: Group, numbers: readonly number[], is1904: boolean): readonly Cell[] {
  if (isTimeCode(code)) return timeTexts(numbers, code, is1904)
  const write = numberFormat(code)
  return write === undefined ? numbers : numbers.map((number) => write(number) ?? number)
}

const plain = (cell: SheetCell): Cell => {
  if (!(cell instanceof Date))
    return typeof cell === 'number' && Math.abs(cell) < FAR ? Number(cell.toPrecision(15)) : cell
  return Number.isNaN(cell.getTime()) ? null : cell.toISOString()
}

/**
 * The cells of a sheet as the spreadsheet shows them: numbers with their signs, units and zeros, and as many decimals as
 * they have; dates and times; a formula's error is missing, and cells that were merged down a column hold what the first does.
 */
export function excelCells(rows: readonly (readonly SheetCell[])[], workbook: Workbook): Cell[][] {
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const cells = rows.map((row) => Array.from({ length: width }, (_, at) => plain(row[at] ?? null)))
  for (const group of groupsIn(rows, workbook)) {
    const numbers = group.rows.map((row) => rows[row][group.column] as number)
    for (const [at, text] of written(group, numbers, workbook.is1904).entries())
      cells[group.rows[at]][group.column] = text
  }
  for (const { column, from, to } of workbook.sheet.merged)
    for (let row = from + 1; row <= Math.min(to, cells.length - 1); row++)
      if (column < width) cells[row][column] ??= cells[from][column]
  return cells
}
