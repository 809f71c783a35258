import { leftOutOf, type RunDirectory } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Columns that are named, the rest being counted. */
const NAMED = 8

const listed = (words: readonly string[]): string =>
  `${words.slice(0, NAMED).join(', ')}${words.length > NAMED ? ` and ${words.length - NAMED} more` : ''}`

/** Says what of a run's table is no part of its model, and why: rows, columns and cells. */
export function sayTableRemarks({ recipe }: RunDirectory, terminal: Terminal): void {
  const { table } = recipe.data
  if (!table) return
  for (const note of table.notes ?? []) terminal.say(note)
  const left = leftOutOf(table)
  if (left.length > 0)
    terminal.say(`left out: ${listed(left.map(({ name, reason }) => `${name} (${reason})`))}`)
  const odd = table.columns.flatMap(({ name, odd }) => (odd === undefined ? [] : [`${name} ${odd}`]))
  if (odd.length > 0)
    terminal.say(`odd cells that count as missing, which betavae inspect shows: ${listed(odd)}`)
}
