import { BetavaeError, fail } from '../../../base/errors.ts'
import type { Cell } from '../cell.ts'
import { excelCells, type SheetCell } from './excel-cells.ts'
import type { ScannedSheet } from './excel-sheet.ts'
import { openWorkbook } from './excel-workbook.ts'

/** The part of read-excel-file that is used. */
export interface ExcelLibrary {
  readSheet(workbook: ArrayBuffer, sheet?: string | number): Promise<SheetCell[][]>
}

/** A sheet as it is shown, and what is to be said of it. */
export interface SheetCells {
  readonly cells: Cell[][]
  readonly notes: readonly string[]
  /** The names of all sheets, and which of them it is, from 0. */
  readonly names: readonly string[]
  readonly place: number
}

const formulas = (count: number): string =>
  count === 1 ? '1 formula has no computed value and is' : `${count} formulas have no computed value and are`

const notesOn = ({ uncomputed }: ScannedSheet): readonly string[] =>
  uncomputed === 0
    ? []
    : [
        `${formulas(uncomputed)} missing: open the workbook in a spreadsheet and save it to have them computed`,
      ]

/** The cells of a sheet; what the library says of a broken workbook comes out as `excel/torn`. */
export async function sheetCells(
  bytes: Uint8Array,
  sheet: string | number | undefined,
  library: ExcelLibrary,
): Promise<SheetCells> {
  const workbook = openWorkbook(bytes, sheet)
  try {
    const cells = excelCells(await library.readSheet(workbook.bytes, workbook.place + 1), workbook)
    return { cells, notes: notesOn(workbook.sheet), names: workbook.names, place: workbook.place }
  } catch (cause) {
    if (cause instanceof BetavaeError) throw cause
    const why = cause instanceof Error ? cause.message : `${cause}`
    return fail({
      code: 'excel/torn',
      seen: `an Excel workbook that cannot be read (${why.slice(0, 120)})`,
      wanted: 'a whole .xlsx file',
      fix: 'save it again in a spreadsheet, or as CSV',
      cause,
    })
  }
}
