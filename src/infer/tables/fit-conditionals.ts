import { quantile } from '../../base/math/quantile.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { growTree } from '../../statistics/conditionals/grow-tree.ts'
import type { Variable } from '../../statistics/conditionals/variable.ts'
import {
  BINS,
  CENTER_BINS,
  CENTERS,
  centerVariables,
  FEATURES,
  firstVariables,
  TREE,
} from './conditionals.ts'
import { binsOfRows, type RowVariable, rowColumns } from './row-variables.ts'

export interface Experiment { least?: number; centers?: boolean }

/** `centers` are what a decoder says of the same rows by a draw of their codes [n × width]. */
export function fitConditionals(
  schema: TableSchema,
  rows: Float32Array,
  centers: Float32Array | undefined,
  { least = 10 }: Experiment = {},
): Feeds {
  const layout = tableLayout(schema)
  const bins = binsOfRows(layout, rows)
  const columns = rowColumns(schema, layout, (slot) => bins.get(slot))
  const feeds: Record<string, Feeds[string]> = {}
  const keep = (name: string, data: Float32Array) => {
    feeds[name] = { data, shape: [data.length] }
  }
  for (const [slot, own] of bins) keep(`${BINS}${slot}`, own)
  const all = columns.map(({ mask, variables }) =>
    variables.map((variable) => coded(variable, rows, layout.width, mask)),
  )
  const firsts = firstVariables(columns)
  for (const [place, column] of columns.entries()) {
    if (!column.write) continue
    const knots = centers && centerKnots(layout.columns[place].slots, centers, layout.width)
    if (knots) keep(`${CENTERS}${place}`, knots)
    const own = centerVariables(layout, place, knots).map((variable) => coded(variable, centers!, layout.width))
    const before = all.slice(0, place).flat()
    keep(`${FEATURES}${place}`, Float32Array.from({ length: firsts[place] }, (_, at) => at))
    keep(`${TREE}${place}`, growTree(all[place][0], [...before, ...own], { least }))
  }
  return feeds
}

function coded({ size, isOrdered, read }: RowVariable, rows: Float32Array, width: number, mask?: number): Variable {
  const codes = Int16Array.from({ length: rows.length / width }, (_, row) =>
    mask === undefined || rows[row * width + mask] === 1 ? read(rows, row * width) : -1,
  )
  return { codes, size, isOrdered }
}

function centerKnots(slots: readonly number[], centers: Float32Array, width: number): Float32Array {
  const knots = slots.slice(0, 8).flatMap((slot) => {
    const own = Float32Array.from({ length: centers.length / width }, (_, row) => centers[row * width + slot]).sort()
    return Array.from({ length: CENTER_BINS - 1 }, (_, at) => quantile(own, (at + 1) / CENTER_BINS))
  })
  return Float32Array.from(knots)
}
