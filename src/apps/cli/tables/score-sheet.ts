import {
  type Cause,
  expectedText,
  format,
  type OddStretch,
  oneOfEachStretch,
  stretchTime,
  type TableRowScore,
} from '../../../inside.node.ts'
import { cut } from '../terminal/letters.ts'
import { aligned } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { mostUnusual, type ScoreWriter } from './score.ts'

/** Rows that fit on a screen. */
const SHOWN = 10
const CAUSES = 3
/** Of further cells only those count that add at least this share of what the first one adds. */
const WORTH = 0.25
const CELL = 28

/** The most unusual rows for a person: how unusual each is, and the cells that make it so. */
export function scoreSheet(terminal: Terminal, top = SHOWN): ScoreWriter {
  let held: TableRowScore[] = []
  return {
    causes: CAUSES,
    async rows(rows) {
      held = mostUnusual(oneOfEachStretch([...held, ...rows]), top)
    },
    async end({ rows }) {
      terminal.tell(linesOf(held, terminal.outWidth()))
      if (held.length < rows)
        terminal.say(
          `the ${format.counted(held.length, 'most unusual row')} of ${format.wholeNumber(rows)}; more with --top, all with --out scores.csv`,
        )
    },
  }
}

/** A mark where a row is flagged, its number, how unusual it is, and its cells. */
function linesOf(rows: readonly TableRowScore[], width: number): string[] {
  const isFlagging = rows.some(({ flagged }) => flagged)
  const hasP = rows.some(({ p }) => p !== undefined)
  const lines = [
    ['', 'row', hasP ? 'p' : 'score', 'what makes it so'],
    ...rows.map((row) => [
      row.flagged ? '!' : '',
      String(row.row),
      row.p === undefined ? row.score.toFixed(2) : shareOf(row.p),
      wordsOf(row),
    ]),
  ]
  return isFlagging
    ? aligned(lines, 'krrw', width)
    : aligned(
        lines.map(([, ...cells]) => cells),
        'rrw',
        width,
      )
}

/** Two digits that count, as a share of held-out rows has no more. */
const shareOf = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(p < 0.1 ? 4 : 2))

const wordsOf = ({ causes: [first, ...others], foundBy, stretch }: TableRowScore): string => {
  if (!first) return 'nothing is known of it'
  if (stretch) return stretchWords(stretch, first)
  const worth = others.filter(({ nats }) => nats >= WORTH * first.nats)
  const cells = [first, ...worth].map(causeWords).join('; ')
  return foundBy === undefined ? cells : `${cells} (${foundBy})`
}

/** What the stretch of a row looks like, and when it was. */
function stretchWords(stretch: OddStretch, cause: Cause): string {
  const what = stretch.what ? `${cause.column} ${stretch.what}` : causeWords(cause)
  return `${what}${stretch.rows === 1 ? '' : ','} ${stretchTime(stretch)}`.replace(/\p{C}/gu, '·')
}

function causeWords({ column, seen, expected }: Cause): string {
  const written = cellText(seen)
  const usual = cellText(expectedText(expected, written))
  return usual === written ? `${column} ${written}, seldom seen` : `${column} ${written}, expected ${usual}`
}

/** What a cell holds must not move a terminal's cursor, nor color it. */
const cellText = (cell: unknown): string =>
  cut((cell instanceof Date ? cell.toISOString() : String(cell)).replace(/\p{C}/gu, '·'), CELL)
