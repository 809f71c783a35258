import { leftOutOf, type RunDirectory, shellWord } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Columns that are named, the rest being counted. */
const NAMED = 8

const listed = (words: readonly string[]): string =>
  `${words.slice(0, NAMED).join(', ')}${words.length > NAMED ? ` and ${words.length - NAMED} more` : ''}`

/** How the first column that has values of its own would be taken in. */
function takenIn(left: ReturnType<typeof leftOutOf>): string {
  const able = left.find(({ name, kind }) => kind !== undefined && name.trim() !== '')
  return able ? `; to take one in, say its kind: --kind ${shellWord(`${able.name}=${able.kind}`)}` : ''
}

/** Says what of a run's table is no part of its model, and why: rows, columns and cells. */
export function sayTableRemarks({ recipe }: RunDirectory, terminal: Terminal): void {
  const { table } = recipe.data
  if (!table) return
  for (const note of table.notes ?? []) terminal.say(note)
  const left = leftOutOf(table)
  if (left.length > 0)
    terminal.say(`left out: ${listed(left.map(({ name, reason }) => `${name} (${reason})`))}${takenIn(left)}`)
  const odd = table.columns.flatMap(({ name, odd }) => (odd === undefined ? [] : [`${name} ${odd}`]))
  if (odd.length > 0)
    terminal.say(`odd cells that count as missing, which betavae inspect shows: ${listed(odd)}`)
}
