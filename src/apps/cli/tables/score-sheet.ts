import { type Cause, expectedText, format, type TableRowScore } from '../../../inside.node.ts'
import { padStart, widthOf, wrapped } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { mostUnusual, type ScoreWriter } from './score.ts'

/** Rows that fit on a screen. */
const SHOWN = 10
const CAUSES = 3
/** Of further cells only those count that add at least this share of what the first one adds. */
const WORTH = 0.25
const CELL = 28
const NARROWEST = 40

/** The most unusual rows for a person: how unusual each is, and the cells that make it so. */
export function scoreSheet(terminal: Terminal, top = SHOWN): ScoreWriter {
  let held: TableRowScore[] = []
  return {
    causes: CAUSES,
    async rows(rows) {
      held = mostUnusual([...held, ...rows], top)
    },
    async end({ rows }) {
      for (const line of linesOf(held, Math.max(NARROWEST, terminal.width()))) terminal.out(`${line}\n`)
      if (held.length < rows)
        terminal.say(
          `the ${format.counted(held.length, 'most unusual row')} of ${format.whole(rows)}; more with --top, all with --out scores.csv`,
        )
    },
  }
}

function linesOf(rows: readonly TableRowScore[], width: number): string[] {
  const hasP = rows.some(({ p }) => p !== undefined)
  const heads = ['row', hasP ? 'p' : 'score']
  const numbers = rows.map(({ row, p, score }) => [
    String(row),
    p === undefined ? score.toFixed(2) : shareOf(p),
  ])
  const widths = heads.map((head, at) =>
    Math.max(widthOf(head), ...numbers.map((cells) => widthOf(cells[at]))),
  )
  const isFlagging = rows.some(({ flagged }) => flagged)
  const line = (mark: string, cells: readonly string[], words: string) => {
    const lead = [...(isFlagging ? [mark] : []), ...cells.map((cell, at) => padStart(cell, widths[at])), '']
    const indent = widthOf(lead.join('  '))
    // Blanks at the front would be lost where a line is broken.
    const [first, ...more] = wrapped(`${'·'.repeat(indent)}${words}`, width, indent)
    return [lead.join('  ') + first.slice(indent), ...more]
  }
  return [
    ...line(' ', heads, 'what makes it so'),
    ...rows.flatMap((row, at) => line(row.flagged ? '!' : ' ', numbers[at], wordsOf(row))),
  ]
}

/** Two digits that count, as a share of held-out rows has no more. */
const shareOf = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(p < 0.1 ? 4 : 2))

const wordsOf = ({ causes: [first, ...others], foundBy }: TableRowScore): string => {
  if (!first) return 'nothing is known of it'
  const worth = others.filter(({ nats }) => nats >= WORTH * first.nats)
  const cells = [first, ...worth].map(causeWords).join('; ')
  return foundBy === undefined ? cells : `${cells} (${foundBy})`
}

function causeWords({ column, seen, expected }: Cause): string {
  const written = cellText(seen)
  const usual = cellText(expectedText(expected, written))
  return usual === written ? `${column} ${written}, seldom seen` : `${column} ${written}, expected ${usual}`
}

const cellText = (cell: unknown): string => {
  // What a cell holds must not move a terminal's cursor.
  const text = (cell instanceof Date ? cell.toISOString() : String(cell)).replace(/\p{C}/gu, '·')
  return widthOf(text) > CELL ? `${text.slice(0, CELL - 1)}…` : text
}
