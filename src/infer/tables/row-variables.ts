/** Columns of encoded rows as whole numbers, and back. */
import type { Read, Write } from '../../data/tables/kinds/kind.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import { type ColumnSchema, kindOf, type TableSchema } from '../../data/tables/schema.ts'
import { binsOf, codeIn, valueIn } from '../../statistics/conditionals/bins.ts'

/** A whole number that stands for what is in some slots of a row. */
export interface RowVariable {
  readonly size: number
  readonly isOrdered: boolean
  read(rows: Float32Array, from: number): number
}

/** A column whose value can be drawn and put into a row. */
export interface RowColumn {
  readonly mask: number
  /** Its value, and what else its slots say: where a date is in the year. */
  readonly variables: readonly RowVariable[]
  /** Puts a value in place; `u` is where between the ends of its bin. Absent where a column is told by its model alone. */
  readonly write?: (rows: Float32Array, from: number, code: number, u: number) => void
}

type BinsOf = (slot: number) => Float32Array | undefined

/** Bins of every slot that holds numbers, of those rows in which it is known. */
export function binsOfRows({ width, columns }: TableLayout, rows: Float32Array): Map<number, Float32Array> {
  const bins = new Map<number, Float32Array>()
  for (const { group, slots, mask } of columns) {
    if (group === 'categorical' || (group === 'binary' && slots.length === 1)) continue
    for (const slot of slots) {
      const known: number[] = []
      for (let from = 0; from < rows.length; from += width)
        if (rows[from + mask] === 1) known.push(rows[from + slot])
      if (known.length > 0) bins.set(slot, binsOf(Float32Array.from(known).sort()))
    }
  }
  return bins
}

/** The modelled columns of a table, in the order of the schema. */
export function rowColumns(schema: TableSchema, { columns }: TableLayout, binsAt: BinsOf): RowColumn[] {
  return columns.map(({ name, group, slots, mask }) => {
    const column = schema.columns.find((one) => one.name === name) as ColumnSchema
    if (group === 'categorical') return { mask, ...levels(slots) }
    if (group === 'binary' && slots.length === 1) return { mask, ...truth(slots[0]) }
    const bins = slots.map(binsAt)
    const variables = slots.flatMap((slot, at) => {
      const own = bins[at]
      return own ? [numbers(slot, own)] : []
    })
    const [own] = bins
    const isDrawn = own && (slots.length === 1 || column.kind === 'datetime')
    return { mask, variables, ...(isDrawn && { write: numberWriter(column, slots, own) }) }
  })
}

const numbers = (slot: number, bins: Float32Array): RowVariable => ({
  size: bins.length / 2,
  isOrdered: true,
  read: (rows, from) => codeIn(bins, rows[from + slot]),
})

function levels(slots: readonly number[]): Pick<RowColumn, 'variables' | 'write'> {
  const [first] = slots
  const read = (rows: Float32Array, from: number) => {
    let best = 0
    for (let level = 1; level < slots.length; level++)
      if (rows[from + first + level] > rows[from + first + best]) best = level
    return best
  }
  return {
    variables: [{ size: slots.length, isOrdered: false, read }],
    write(rows, from, code) {
      rows.fill(0, from + first, from + first + slots.length)
      rows[from + first + code] = 1
    },
  }
}

const truth = (slot: number): Pick<RowColumn, 'variables' | 'write'> => ({
  variables: [{ size: 2, isOrdered: true, read: (rows, from) => (rows[from + slot] > 0.5 ? 1 : 0) }],
  write(rows, from, code) {
    rows[from + slot] = code
  },
})

/** Other slots of a date follow from its time, as the schema writes it. */
function numberWriter(
  column: ColumnSchema,
  slots: readonly number[],
  bins: Float32Array,
): RowColumn['write'] {
  const [slot] = slots
  if (slots.length === 1)
    return (rows, from, code, u) => {
      rows[from + slot] = valueIn(bins, code, u)
    }
  const encoding = kindOf(column).encoding!
  const back: Read = encoding.read(column, { clip: true })
  const write: Write = encoding.write(column, { refuse: () => false, unseen: () => false })
  return (rows, from, code, u) => {
    rows[from + slot] = valueIn(bins, code, u)
    write(back(rows, from + slot), rows, from + slot)
  }
}
