import { type TableChunk, type UnreadCell, type UnreadCount, unreadTally } from '../../../inside.node.ts'
import { oneOf } from '../options.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What becomes of cells that a model cannot read. */
export const unseen = oneOf(
  '<what>',
  'tables: what becomes of a value that training never saw, or a text among numbers (default: missing, and said)',
  ['missing', 'error'],
)

const LONGEST = 40

const shownCell = (cell: UnreadCell['cell']): string => {
  const text = String(cell).replace(/\p{C}/gu, '·')
  return `"${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}"`
}

/** Says how many cells count as missing because they cannot be read; nothing where all can. */
export function sayUnread(
  counts: readonly UnreadCount[],
  { say, errStyle }: Pick<Terminal, 'say' | 'errStyle'>,
): void {
  if (counts.length === 0) return
  const cells = counts.reduce((sum, { cells }) => sum + cells, 0)
  const named = counts.map(
    ({ column, cells, first }) => `${column} ${cells} (such as ${shownCell(first.cell)} in row ${first.row})`,
  )
  const what =
    cells === 1
      ? '1 cell that the model cannot read counts'
      : `${cells} cells that the model cannot read count`
  say(errStyle.warn(`${what} as missing: ${named.join(', ')}; --unseen error refuses them`))
}

/** Says what readers left out, and in the end which cells could not be read. */
export function tableWatch(say: Terminal['say']) {
  const tally = unreadTally()
  return {
    take({ notes = [] }: Pick<TableChunk, 'notes'>, unread: readonly UnreadCell[] = []): void {
      for (const note of notes) say(note)
      for (const cell of unread) tally.add(cell)
    },
    counts: tally.counts,
  }
}
