import type { Cell } from '../../../data/tables/cell.ts'
import { short } from '../../format.ts'
import { type Contents, READ_ROWS, type ReadRows } from '../contents.ts'

/** Of what a page of a table ran before. */
const { [READ_ROWS]: readRows } = globalThis as unknown as { readonly [READ_ROWS]: ReadRows }

const textOf = (cell: Cell): string => (typeof cell === 'number' ? short(cell) : String(cell ?? '–'))

/** Writes decoded rows into the second cells of a table's lines, and what they were at first into the third. */
export function openCells(
  body: HTMLTableSectionElement,
  { table }: Contents,
): (decoded: Float64Array) => void {
  const read = table ? readRows(table) : undefined
  const lines = [...body.rows]
  let first: readonly string[] | undefined
  return (decoded) => {
    const texts = (read ? read(decoded)[0] : Array.from(decoded)).map(textOf)
    first ??= texts
    for (const [i, line] of lines.entries()) {
      line.cells[1].textContent = texts[i]
      line.cells[2].textContent = first[i]
      line.classList.toggle('moved', texts[i] !== first[i])
    }
  }
}
