import { leftOutOf, type RunDirectory } from '../../../inside.node.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Columns that are named, the rest being counted. */
const NAMED = 8

/** Says which columns of a run's table are no part of its model, and why. */
export function sayLeftOut({ recipe }: RunDirectory, terminal: Terminal): void {
  const left = recipe.data.table ? leftOutOf(recipe.data.table) : []
  if (left.length === 0) return
  const named = left.slice(0, NAMED).map(({ name, reason }) => `${name} (${reason})`)
  const rest = left.length > NAMED ? ` and ${left.length - NAMED} more` : ''
  terminal.say(`left out: ${named.join(', ')}${rest}`)
}
