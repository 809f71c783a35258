import { intoPhase } from '../../data/tables/kinds/datetime.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'

/** Makes dates of drawn rows [n × width] agree with the seasons, weekdays and hours drawn beside them, in place. */
export function datesInPhase(
  schema: TableSchema,
  { columns, width }: TableLayout,
  scales: ArrayLike<number>,
): (rows: Float32Array) => void {
  const moves = columns.flatMap(({ name, slots }) => {
    const column = schema.columns.find((one) => one.name === name)
    if (column?.kind !== 'datetime' || column.cycles.length === 0) return []
    return [
      {
        at: slots[0],
        move: intoPhase(
          column,
          slots.map((slot) => scales[slot]),
        ),
      },
    ]
  })
  return (rows) => {
    for (const { at, move } of moves) for (let row = 0; row < rows.length; row += width) move(rows, row + at)
  }
}
