import { fail } from '../../../base/errors.ts'
import { tableIn } from '../../formats/dialect.ts'
import { footerNote, footersIn, isTotal, MOST_FOOTERS } from '../../formats/footers.ts'
import { doubtNote } from '../../formats/header.ts'
import { unitNote } from '../../formats/unit-lines.ts'
import { isZip } from '../../formats/zip.ts'
import type { Cell, TableChunk } from '../cell.ts'
import { columnNames } from '../column-names.ts'
import { allBytes } from '../held-bytes.ts'
import { CHUNK_ROWS } from '../rows.ts'
import type { ExcelLibrary, SheetCells } from './excel-sheets.ts'
import type { ReadTableOptions, TableReader, TableSource } from './reader.ts'

const PACKAGE = 'read-excel-file'

const refuseLibrary = (isPage: boolean): never =>
  fail({
    code: 'excel/library',
    seen: isPage ? 'an Excel workbook in a page' : 'an Excel workbook, and no package that reads it',
    wanted: isPage
      ? 'a table as .csv, .json, .parquet or .arrow'
      : `the npm package ${PACKAGE} beside betavae`,
    fix: isPage ? 'save the sheet as CSV, or use the command line' : `npm install ${PACKAGE}`,
    usage: true,
  })

/** Sheets that are looked at for one with a table. */
const MOST_SHEETS = 20

/** The sheet that is wanted; where nobody says which, the first that has a table, else the first. */
async function sheetOf(source: TableSource, sheet: ReadTableOptions['sheet']): Promise<SheetCells> {
  const { sheetCells, peer } = source
  if (!sheetCells || !peer) return refuseLibrary(true)
  const library = ((await peer(`${PACKAGE}/universal`)) ?? refuseLibrary(false)) as ExcelLibrary
  const bytes = await allBytes(source.pieces())
  const first = await sheetCells(bytes, sheet, library)
  if (sheet !== undefined || isTable(first)) return first
  for (let place = 1; place < Math.min(first.names.length, MOST_SHEETS); place++) {
    const found = await sheetCells(bytes, place + 1, library)
    if (isTable(found)) return { ...found, notes: [...found.notes, otherSheet(first, found)] }
  }
  return first
}

const isFilled = (cell: Cell): boolean => cell !== null

/** Whether a sheet is a table: rows of cells, or one column that has a digit below its first cell; a cover has words. */
function isTable({ cells }: SheetCells): boolean {
  const rows = cells.map((row) => row.filter(isFilled)).filter(({ length }) => length > 0)
  const hasDigits = rows.slice(1).some(([first]) => /\d/.test(textOf(first)))
  return hasDigits || rows.filter(({ length }) => length > 1).length > 1
}

const otherSheet = ({ names: [first] }: SheetCells, { names, place }: SheetCells): string =>
  `sheet ${JSON.stringify(names[place])} is read, since the first, ${JSON.stringify(first)}, has no table; --sheet names another`

const textOf = (cell: Cell): string => (cell === null ? '' : `${cell}`)

/** A day that names a column is a day, however its column's other cells had to be written. */
const nameOf = (cell: Cell): string =>
  textOf(cell)
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d)[T ]0?0:00(?::00(?:\.0+)?)?Z?$/, '$1')

async function* readExcel(source: TableSource, options: ReadTableOptions = {}): AsyncGenerator<TableChunk> {
  const { chunkRows = CHUNK_ROWS } = options
  const sheet = await sheetOf(source, options.sheet)
  const { cells, notes } = sheet
  const filled = cells.map((row, at) => ({ row, line: at + 1 })).filter(({ row }) => row.some(isFilled))
  const width = filled.reduce((most, { row }) => Math.max(most, row.length), 0)
  const texts = filled.slice(0, 1000).map(({ row }) => row.map(textOf))
  const { begin, above, units, isNamed, isDoubtful } = tableIn(texts, width, options)
  const below = filled.slice(begin + (isNamed ? 1 + units : 0))
  if (below.length === 0) refuseEmpty(sheet)
  const footers = footersBelow(below, width)
  const rows = below.slice(0, below.length - footers.length)
  const doubt = isDoubtful ? [doubtNote(isNamed)] : []
  const others = [...filled.slice(begin - above, begin), ...filled.slice(begin + 1, begin + 1 + units)]
  const passed = others.map(({ row, line }) => unitNote(line, row.map(textOf)))
  const said = [...notes, ...doubt, ...passed, ...(footers.length > 0 ? [footerNote(footers)] : [])]
  const names = Array.from({ length: width }, (_, at) => (isNamed ? nameOf(filled[begin].row[at]) : `${at}`))
  const columns = columnNames(names)
  for (let first = 0; first < rows.length; first += chunkRows) {
    const part = rows.slice(first, first + chunkRows)
    yield {
      ...{ columns, first },
      rows: part.map(({ row }) => row),
      lines: part.map(({ line }) => line),
      ...(first === 0 && said.length > 0 && { notes: said }),
    }
  }
}

interface SheetRow {
  readonly row: readonly Cell[]
  readonly line: number
}

/** The last rows of a sheet that are none of its table, as texts. */
function footersBelow(rows: readonly SheetRow[], width: number) {
  const [above, last] = [rows.slice(0, -MOST_FOOTERS), rows.slice(-MOST_FOOTERS)]
  const hadTotals = above.some(({ row }) => isTotal(row.map(textOf)))
  const records = last.map(({ row, line }) => ({ line, cells: row.map(textOf) }))
  const cells = records.map(({ cells }) => cells)
  const count = rows.length < 2 ? 0 : footersIn(cells, width, hadTotals)
  return records.slice(records.length - count)
}

const refuseEmpty = ({ names, place }: SheetCells): never =>
  fail({
    code: 'excel/empty',
    seen: `a sheet without a row${names.length > 1 ? ` (${JSON.stringify(names[place])} of ${names.map((name) => JSON.stringify(name)).join(', ')})` : ''}`,
    wanted: 'a row of column names and at least one row below it',
    fix: 'check that this is the right sheet, or name another with --sheet',
  })

/** What the first files in a workbook are called, whoever wrote it. */
const FIRST = /^(?:\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/

/**
 * Excel (.xlsx): the cells of one sheet as they are shown, of which empty rows and titles above the table are passed over.
 * It takes the package read-excel-file, and as much memory as the sheet needs.
 *
 * Errors: `excel/library`, `excel/torn`, `excel/sheet`, `excel/empty`, `excel/too-large`, `zip/torn`.
 */
export const excel: TableReader = {
  name: 'Excel',
  endings: ['xlsx', 'xlsm'],
  matches: (opening) => isZip(opening) && FIRST.test(new TextDecoder().decode(opening.subarray(30))),
  read: readExcel,
}
