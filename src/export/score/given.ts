/** What a model is given beside a row, as in `infer/tables/given-columns.ts`. */
import type { Condition } from '../../data/condition.ts'
import { givenLevels } from '../../data/tables/known-columns.ts'
import { levelFinder } from '../../data/tables/levels.ts'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import { encodedColumn } from './columns.ts'
import type { Emitter } from './emitter.ts'

/** Conditions [batch, width], float32, of the cells [batch, 1] of their columns. */
export function conditionRows(
  e: Emitter,
  columns: readonly ColumnSchema[],
  condition: Condition,
  cells: readonly string[],
): string {
  const parts = condition.map((own, at) => numbersOf(e, columns[at], own, cells[at]))
  return e.cast(e.op('Concat', parts, { axis: 1 }), 'float32')
}

function numbersOf(e: Emitter, column: ColumnSchema, own: Condition[number], cells: string): string {
  const { slots, known } = encodedColumn(e, column, cells)
  if ('levels' in own) {
    const levels = givenLevels(column) ?? []
    const places = placesOf(e, column, slots, levels.length)
    const find = levelFinder(own.levels)
    const told = new Float64Array(levels.length * own.levels.length)
    for (const [from, level] of levels.entries()) {
      const to = find(level)
      if (to >= 0) told[from * own.levels.length + to] = 1
    }
    const shown = e.op('MatMul', [places, e.constant(told, [levels.length, own.levels.length])])
    return e.op('Mul', [shown, known])
  }
  const moved = e.op('Div', [e.op('Sub', [cells, own.mean]), own.deviation])
  const isKnown = e.op('Greater', [known, 0.5])
  const value = e.op('Where', [isKnown, moved, 0])
  return own.gaps ? e.op('Concat', [value, known], { axis: 1 }) : value
}

/** Which level a row has, a number for each: what an encoded row holds of two values, or of levels in order, is their place. */
function placesOf(e: Emitter, column: ColumnSchema, slots: string, count: number): string {
  if (column.kind === 'categorical') return slots
  const place =
    column.kind === 'ordinal'
      ? e.op('Round', [e.op('Add', [e.op('Mul', [slots, column.scale]), column.center])])
      : slots
  const all = e.constant(
    Array.from({ length: count }, (_, at) => at),
    [1, count],
  )
  return e.cast(e.op('Equal', [place, all]), 'float64')
}
