import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { growTree, strongest } from '../../statistics/conditionals/grow-tree.ts'
import { toldByOthers } from '../../statistics/conditionals/linear.ts'
import type { Variable } from '../../statistics/conditionals/variable.ts'
import { firstVariables } from './conditionals.ts'
import { DRAWN } from './drawn-names.ts'
import { binsOfRows, type RowColumn, type RowVariable, rowColumns } from './row-variables.ts'

/**
 * Rows of a leaf at least: a fifteenth of the rows, between 30 and 100. Smaller leaves give away rows. The membership
 * attack's advantage with its 95% interval, and the two-sample area against rows held out, by rows of a leaf; trees drew
 * all columns, means over 4 halvings of 4,500 rows (abalone 3,759):
 *
 * | | 30 | 50 | 100 | 200 |
 * |---|---|---|---|---|
 * | 401ksubs | .07 (.04 to .10), .756 | .05 (.02 to .08), .751 | .01 (−.02 to .04), .765 | .01 (−.02 to .04), .792 |
 * | abalone | .05 (.02 to .08), .638 | .02 (−.01 to .05), .656 | .01 (−.02 to .04), .719 | .00 (−.03 to .03), .805 |
 * | cps91 | .03 (.00 to .06), .975 | .03 (.01 to .06), .973 | .03 (.00 to .06), .972 | .01 (−.03 to .04), .976 |
 * | fars | .05 (.02 to .08), .608 | .03 (.00 to .06), .621 | .01 (−.02 to .04), .648 | .01 (−.02 to .04), .723 |
 * | stroke | .06 (.03 to .09), .568 | .05 (.02 to .08), .563 | .03 (.00 to .06), .555 | .02 (−.01 to .05), .572 |
 *
 * The interval's low end lies above 0 on five sets with 30, on three with 50, on one with 100 (by .001) and on none with
 * 200, which a classifier tells better. Of 1,200 training rows it does on two sets with 30, 50 and 60 and on none with 80;
 * of 600 on one with 30, on two with 40 and 50, on one with 100, with means over the sets of .04, .04, .04 and .02 and
 * areas of .72, .73, .75 and .81. The floor is for wide tables, of which fewer rows are learned.
 */
const LEAST = 30
const MOST_IN_LEAF = 100
const SHARE = 1 / 15
/** Variables that a tree may ask for: those that tell most by themselves. */
const MOST_FEATURES = 30
/** Numbers of which a weighed sum of others tells this share of the variance are drawn by the model. */
const CLOSE = 0.9
/** Where one value holds more than this share of the rows, a model's smooth density does not tell a number. */
const STEP = 0.05

/** Rows that trees learn from at most, and cells, so that a wide table takes no longer than a narrow one. */
const MOST_ROWS = 20_000
const MOST_CELLS = 1_000_000

/** How many of a table's rows trees learn from. */
export const learnedRows = (count: number, columns: number): number =>
  Math.min(count, MOST_ROWS, Math.ceil(MOST_CELLS / columns))

/** Encoded rows [n × width] as trees see them. */
export interface CodedRows {
  readonly layout: TableLayout
  readonly rows: Float32Array
  readonly columns: readonly RowColumn[]
  /** What the columns are told by, kept beside the trees. */
  readonly bins: ReadonlyMap<number, Float32Array>
  /** The variables of each column. */
  readonly variables: readonly (readonly Variable[])[]
}

export function codedRows(schema: TableSchema, rows: Float32Array): CodedRows {
  const layout = tableLayout(schema)
  const bins = binsOfRows(layout, rows)
  const columns = rowColumns(schema, layout, (slot) => bins.get(slot))
  const variables = columns.map(({ mask, variables }) =>
    variables.map((one) => coded(one, rows, layout.width, mask)),
  )
  return { layout, rows, columns, bins, variables }
}

/**
 * Learns how each column is spread given those before it, as a tree of each; columns in `own` are drawn by the model, and
 * before all others.
 */
export function fitConditionals(table: CodedRows, own: ReadonlySet<number>): Feeds {
  const places = table.columns.map((_, place) => place)
  const order = [...places.filter((place) => own.has(place)), ...places.filter((place) => !own.has(place))]
  const kept: Record<string, Float32Array> = { [DRAWN.order]: Float32Array.from(order) }
  for (const [slot, bins] of table.bins) kept[`${DRAWN.bins}${slot}`] = bins
  for (const [at, place] of order.entries())
    if (!own.has(place)) Object.assign(kept, treeOf(table, place, order.slice(0, at)))
  return Object.fromEntries(
    Object.entries(kept).map(([name, data]) => [name, { data, shape: [data.length] }]),
  )
}

function treeOf(
  { columns, variables }: CodedRows,
  place: number,
  before: readonly number[],
): Record<string, Float32Array> {
  const firsts = firstVariables(columns)
  const offered = before.flatMap((one) =>
    variables[one].map((variable, which) => ({ variable, at: firsts[one] + which })),
  )
  const [target] = variables[place]
  const all = offered.map(({ variable }) => variable)
  const chosen = strongest(target, all, MOST_FEATURES)
  const features = chosen.map((which) => all[which])
  const least = Math.min(Math.max(Math.ceil(target.codes.length * SHARE), LEAST), MOST_IN_LEAF)
  return {
    [`${DRAWN.features}${place}`]: Float32Array.from(chosen, (which) => offered[which].at),
    [`${DRAWN.tree}${place}`]: growTree(target, features, { least }),
  }
}

/**
 * The places of smooth numbers that go with each other so closely that the leaves of a tree would tear them apart.
 */
export function closeNumbers({ columns, layout, rows }: CodedRows): ReadonlySet<number> {
  const smooth: { place: number; values: Float64Array }[] = []
  for (const [place, { write, mask }] of columns.entries()) {
    const { kind, slots } = layout.columns[place]
    if (!write || kind !== 'real') continue
    const values = Float64Array.from({ length: rows.length / layout.width }, (_, row) =>
      rows[row * layout.width + mask] === 1 ? rows[row * layout.width + slots[0]] : Number.NaN,
    )
    if (isSmooth(values)) smooth.push({ place, values })
  }
  const told = toldByOthers(smooth.map(({ values }) => values))
  return new Set(smooth.filter((_, at) => told[at] >= CLOSE).map(({ place }) => place))
}

/** The places of columns that no tree can draw. */
export const undrawn = ({ columns }: CodedRows): ReadonlySet<number> =>
  new Set(columns.flatMap(({ write }, place) => (write ? [] : [place])))

function isSmooth(values: Float64Array): boolean {
  const counts = new Map<number, number>()
  let known = 0
  for (const value of values) {
    if (Number.isNaN(value)) continue
    known++
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  return most <= STEP * known
}

const coded = (
  { size, isOrdered, read }: RowVariable,
  rows: Float32Array,
  width: number,
  mask: number,
): Variable => ({
  size,
  isOrdered,
  codes: Int16Array.from({ length: rows.length / width }, (_, row) =>
    rows[row * width + mask] === 1 ? read(rows, row * width) : -1,
  ),
})
