/** How each column is spread given those before it, as a model keeps it; new rows are drawn by that. */
import { fillUniform, streamOf } from '../../base/random.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { openTree } from '../../statistics/conditionals/draw-tree.ts'
import { DRAWN } from './drawn-names.ts'
import { type RowColumn, rowColumns } from './row-variables.ts'

/** Draws the cells of rows [n × width] whose masks say that they are known, column after column, in place. */
export type DrawCells = (rows: Float32Array, seed: number) => void

const drawing = streamOf('synthesize-conditionals')

/** Undefined in models of earlier versions. */
export function openConditionals(values: Feeds, schema: TableSchema): DrawCells | undefined {
  const list = (name: string) => values[name]?.data as Float32Array | undefined
  const order = list(DRAWN.order)
  if (!order) return undefined
  const { width } = tableLayout(schema)
  const columns = rowColumns(schema, tableLayout(schema), (slot) => list(`${DRAWN.bins}${slot}`))
  const drawers = columns.map((column, place) => drawerOf(column, place, list))
  const firsts = firstVariables(columns)
  const codes = new Int16Array(firsts[columns.length])
  const uniform = new Float32Array(2 * columns.length)
  return (rows, seed) => {
    for (let from = 0, row = 0; from < rows.length; from += width, row++) {
      fillUniform(uniform, { seed, stream: drawing, step: row })
      for (const place of order) {
        const { mask, variables } = columns[place]
        const isKnown = rows[from + mask] === 1
        if (isKnown) drawers[place]?.(rows, from, codes, [uniform[2 * place], uniform[2 * place + 1]])
        for (const [at, { read }] of variables.entries())
          codes[firsts[place] + at] = isKnown ? read(rows, from) : -1
      }
    }
  }
}

type Drawer = (
  rows: Float32Array,
  from: number,
  codes: Int16Array,
  chances: readonly [leaf: number, bin: number],
) => void

/** Draws a column's value by its tree; undefined where the model itself draws it. */
function drawerOf(
  { write }: RowColumn,
  place: number,
  list: (name: string) => Float32Array | undefined,
): Drawer | undefined {
  const [kept, features] = [list(`${DRAWN.tree}${place}`), list(`${DRAWN.features}${place}`)]
  if (!kept || !features || !write) return undefined
  const tree = openTree(kept, features.length)
  const asked = new Int16Array(features.length)
  return (rows, from, codes, [leaf, bin]) => {
    for (let at = 0; at < features.length; at++) asked[at] = codes[features[at]]
    write(rows, from, tree.draw(asked, leaf), bin)
  }
}

/** The place of each column's first variable among those of all, and in the end how many there are. */
export function firstVariables(columns: readonly RowColumn[]): number[] {
  const firsts = [0]
  for (const { variables } of columns) firsts.push(firsts[firsts.length - 1] + variables.length)
  return firsts
}
