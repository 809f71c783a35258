import { cut, padEnd, padStart, pieces, widthOf, withoutControls } from './letters.ts'
import { wrapped } from './lines.ts'

/** What is done to the lines of a row, as by a color. */
type Paint = (line: string, row: number) => string

const GAP = '  '
/** What a text is cut to before a column is left out or goes below. */
const READABLE = 16
/** Stands behind the head where columns are left out. */
const MARK = `${GAP}…`

/**
 * Lines whose columns stand under each other, in `width`. A letter says how each does: `l` to the left, cut where there
 * is no room; `k` the same, but kept whole as long as it takes no more than half; `w` to the left, broken into lines;
 * `r` to the right, never cut; `n` numbers to the right, of which the head may be cut. A capital may be left out, the last one first, which the head (the first row) shows by
 * `…`. What then is still too wide goes on below, after the first column again.
 */
export function aligned(
  rows: readonly (readonly string[])[],
  sides: string,
  width = Number.POSITIVE_INFINITY,
  paint: Paint = (line) => line,
): string[] {
  const columns = [...sides].map((side, at) => columnOf(rows, side, at, width))
  const kept = withoutOptional(columns, width)
  const isShort = kept.length < columns.length
  const room = isShort ? width - MARK.length : width
  return blocksOf(kept, room).flatMap((block, place) => {
    const widths = widthsOf(block, room)
    const lines = rows.flatMap((_, row) =>
      rowLines(block, widths, row).map((line, at) =>
        paint(isShort && row + at + place === 0 ? line + MARK : line, row),
      ),
    )
    return place === 0 ? lines : ['', ...lines]
  })
}

/** The lines of each row, with nothing left out or below. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  sides: string,
  width = Number.POSITIVE_INFINITY,
): string[][] {
  const columns = [...sides].map((side, at) => columnOf(rows, side, at, width))
  const widths = widthsOf(columns, width)
  return rows.map((_, row) => rowLines(columns, widths, row))
}

interface Column {
  readonly side: string
  readonly isOptional: boolean
  readonly cells: readonly string[]
  readonly natural: number
  /** What it is not made narrower than. */
  readonly least: number
}

function columnOf(rows: readonly (readonly string[])[], letter: string, at: number, width: number): Column {
  const side = letter.toLowerCase()
  const cells = rows.map((row) => withoutControls(row[at] ?? ''))
  const natural = cells.reduce((most, cell) => Math.max(most, widthOf(cell)), 0)
  const least = {
    r: natural,
    n: Math.min(natural, Math.max(READABLE, ...cells.slice(1).map(widthOf))),
    k: Math.min(natural, Math.floor(width / 2)),
  }[side]
  return { side, isOptional: side !== letter, cells, natural, least: least ?? Math.min(natural, READABLE) }
}

const leastOf = (columns: readonly Column[]): number =>
  columns.reduce((sum, { least }) => sum + least, GAP.length * (columns.length - 1))

function withoutOptional(columns: readonly Column[], width: number): readonly Column[] {
  let kept = columns
  while (leastOf(kept) + (kept.length < columns.length ? MARK.length : 0) > width) {
    const last = kept.findLastIndex(({ isOptional }) => isOptional)
    if (last < 0) return kept
    kept = kept.filter((_, at) => at !== last)
  }
  return kept
}

function blocksOf([key, ...rest]: readonly Column[], width: number): (readonly Column[])[] {
  const blocks: Column[][] = [[key]]
  for (const column of rest) {
    const block = blocks[blocks.length - 1]
    if (block.length > 1 && leastOf([...block, column]) > width) blocks.push([key, column])
    else block.push(column)
  }
  return blocks
}

/** The widest gives first. */
function widthsOf(columns: readonly Column[], width: number): number[] {
  const widths = columns.map(({ natural }) => natural)
  const room = width - GAP.length * (columns.length - 1)
  for (let over = widths.reduce((a, b) => a + b, 0) - room; over > 0; over--) {
    const widest = Math.max(...widths.filter((own, at) => own > columns[at].least))
    if (widest < 0) break
    widths[widths.findLastIndex((own, at) => own === widest && own > columns[at].least)]--
  }
  return widths
}

function rowLines(columns: readonly Column[], widths: readonly number[], row: number): string[] {
  const cells = columns.map(({ side, cells }, at) =>
    side === 'w' ? broken(cells[row], widths[at]) : [cut(cells[row], widths[at])],
  )
  return Array.from({ length: Math.max(...cells.map((lines) => lines.length)) }, (_, line) =>
    columns
      .map(({ side }, at) => ('rn'.includes(side) ? padStart : padEnd)(cells[at][line] ?? '', widths[at]))
      .join(GAP)
      .trimEnd(),
  )
}

const broken = (cell: string, width: number): string[] =>
  widthOf(cell) <= width
    ? [cell]
    : wrapped(cell, width, 0).flatMap((line) => (widthOf(line) <= width ? [line] : pieces(line, width)))
