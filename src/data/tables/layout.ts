import { fail } from '../../base/errors.ts'
import { columnList } from './chunk-checks.ts'
import { type SlotGroup, slotGroups } from './kinds/kind.ts'
import { type ColumnSchema, type KindName, kindOf, type TableSchema } from './schema.ts'

/** Slots from the first to before the second. */
export type SlotRange = readonly [from: number, to: number]

/** Where everything stands in an encoded row: value slots by group, then one mask slot a column, in the same order. */
export interface TableLayout {
  /** Value slots and mask slots. */
  readonly width: number
  /** Number of value slots. */
  readonly values: number
  readonly groups: {
    readonly real: SlotRange
    readonly count: SlotRange
    readonly binary: SlotRange
    /** First slot and number of levels of each categorical column. */
    readonly categorical: readonly { readonly at: number; readonly levels: number }[]
  }
  /** The modelled columns in the order of the schema. */
  readonly columns: readonly {
    readonly name: string
    readonly kind: KindName
    readonly group: SlotGroup
    /** Its value slots. */
    readonly slots: readonly number[]
    /** Its mask slot: 1 where it is seen, 0 where it is missing. */
    readonly mask: number
  }[]
}

interface Placed {
  readonly column: ColumnSchema
  readonly group: SlotGroup
  readonly at: number
  readonly count: number
}

function refuseEmpty({ columns }: TableSchema): never {
  return fail({
    code: 'table/nothing',
    seen:
      columns.length === 0
        ? 'a table without columns'
        : `nothing to model in ${columnList(columns.map(({ name }) => name))}`,
    wanted: 'a column whose values differ and recur',
    fix: 'give a table with measurements or levels, or say of which kind a column is',
    usage: true,
  })
}

/** The columns that are modelled, in the order of their slots. */
function placed(schema: TableSchema): Placed[] {
  let at = 0
  return slotGroups.flatMap((group) =>
    schema.columns.flatMap((column) => {
      const { encoding } = kindOf(column)
      if (encoding?.group !== group) return []
      const count = encoding.slots(column)
      at += count
      return [{ column, group, at: at - count, count }]
    }),
  )
}

/**
 * The slots of a table's rows [width]: all real ones, then counts, then binary ones, then the one-hot slots of each
 * categorical column, then the masks. Fails where no column is modelled (`table/nothing`).
 */
export function tableLayout(schema: TableSchema): TableLayout {
  const all = placed(schema)
  if (all.length === 0) refuseEmpty(schema)
  const values = all.reduce((sum, { count }) => sum + count, 0)
  const before = (end: number) => slotGroups.slice(0, end)
  const slotsOf = (groups: readonly SlotGroup[]) =>
    all.reduce((sum, { group, count }) => sum + (groups.includes(group) ? count : 0), 0)
  const range = (group: SlotGroup): SlotRange => {
    const index = slotGroups.indexOf(group)
    return [slotsOf(before(index)), slotsOf(before(index + 1))]
  }
  const inOrder = schema.columns.flatMap((column) => all.filter((place) => place.column === column))
  return {
    width: values + all.length,
    values,
    groups: {
      real: range('real'),
      count: range('count'),
      binary: range('binary'),
      categorical: all
        .filter(({ group }) => group === 'categorical')
        .map(({ at, count }) => ({ at, levels: count })),
    },
    columns: inOrder.map((place) => ({
      name: place.column.name,
      kind: place.column.kind,
      group: place.group,
      slots: Array.from({ length: place.count }, (_, slot) => place.at + slot),
      mask: values + all.indexOf(place),
    })),
  }
}

/** The columns in the order of their slots, each with what its numbers are and how many: what a likelihood must know. */
export const encodedColumns = ({ columns }: TableLayout): { group: SlotGroup; slots: number }[] =>
  columns.toSorted((a, b) => a.mask - b.mask).map(({ group, slots }) => ({ group, slots: slots.length }))
