import { format, laidOut, type OutputRows } from '../../../inside.node.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Rows that fit on a screen. */
const SHOWN = 10
/** Digits of a number that a person reads. */
const DIGITS = 6

/** Which rows a person sees: the first, or those that come first by a number. */
export interface Order {
  /** Of a row whose columns are so called; the greatest first. */
  rank(columns: readonly string[], row: readonly unknown[]): number
  /** What they are called. */
  readonly words: string
}

interface Held {
  readonly number: number
  readonly rank: number
  readonly row: readonly unknown[]
}

/** Takes rows, and shows as many as fit on a terminal once all are there. */
export function shownRows(terminal: Terminal, order?: Order) {
  let columns: readonly string[] = []
  let held: Held[] = []
  let count = 0
  return {
    rows(given: OutputRows): void {
      const { columns: names, rows } = 'chunk' in given ? laidOut(given, AS_TEXT) : given
      columns = names
      const ranked = rows.map((row, at): Held => {
        const number = count + at + 1
        return { number, row, rank: order ? order.rank(names, row) : -number }
      })
      held = [...held, ...ranked].sort((a, b) => b.rank - a.rank).slice(0, SHOWN)
      count += rows.length
    },
    end(): void {
      const cells = held.map(({ number, row }) => [...(order ? [number] : []), ...row])
      const sides = [...(order ? ['row'] : []), ...columns].map((_, at) => sideOf(cells, at))
      const lines = [[...(order ? ['row'] : []), ...columns], ...cells.map((row) => row.map(shownCell))]
      terminal.tell(
        aligned(lines, sides.join(''), terminal.outWidth(), (line, row) =>
          row === 0 ? terminal.outStyle.dim(line) : line,
        ),
      )
      if (held.length < count)
        terminal.say(
          `the ${order?.words ?? 'first'} ${format.wholeNumber(held.length)} of ${format.counted(count, 'row')}; all with --out rows.csv, or into a pipe`,
        )
    },
  }
}

const AS_TEXT = { isNested: false, isTyped: false }

/** A number, or nothing. */
const NUMBER = /^(-?[\d.,]+(e[-+]?\d+)?)?$/

/** Numbers to the right; all but the first column may be left out. */
function sideOf(rows: readonly (readonly unknown[])[], at: number): string {
  const side = rows.every((row) => NUMBER.test(shownCell(row[at]))) ? 'n' : 'l'
  return at === 0 ? side : side.toUpperCase()
}

const shownCell = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(Number(cell.toPrecision(DIGITS)))
  return cell instanceof Date ? cell.toISOString() : String(cell)
}
