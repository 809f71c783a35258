import type { ChunkModel } from '../../../inside.node.ts'
import { aligned } from '../terminal/table.ts'

type GapFill = NonNullable<ChunkModel['gapFills']>[number]

/** Shares that are said; what is less than this has hardly a say. */
const SAID = 0.1
/** Columns that are listed; of more, the rest is counted. */
const MOST_COLUMNS = 40
const INDENT = '  '

/** Lines that say what fills the gaps of each column, and what error is expected beside the column's mean. */
export function gapFillLines(fills: readonly GapFill[], width: number): string[] {
  if (fills.length === 0) return []
  const rows = fills.slice(0, MOST_COLUMNS).map(({ column, by, error, ofMean, areLevels }) => [
    column,
    said(error, areLevels),
    said(ofMean, areLevels),
    by
      .filter(({ share }, place) => place === 0 || share >= SAID)
      .map(({ says, share }) => `${says} ${Math.round(share * 100)}%`)
      .join(', '),
  ])
  const rest = fills.length - rows.length
  return [
    'expected errors, by cells that were known and hidden: of numbers in standard deviations, of levels the share that is wrong',
    ...aligned([['column', 'error', 'of the mean', 'filled by'], ...rows], 'lrrw', width - INDENT.length).map(
      (line) => INDENT + line,
    ),
    ...(rest > 0 ? [`${INDENT}and ${rest} more columns`] : []),
  ]
}

function said(error: number, areLevels: boolean): string {
  if (Number.isNaN(error)) return 'unknown'
  return areLevels ? `${Math.round(error * 100)}%` : error.toFixed(2)
}
