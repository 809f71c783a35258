/** How each column is spread given others, as trees that a model keeps; new rows are drawn by them. */
import { fillUniform, streamOf } from '../../base/random.ts'
import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Feeds } from '../../engine/engine.ts'
import { openTree } from '../../statistics/conditionals/draw-tree.ts'
import { type RowColumn, rowColumns } from './row-variables.ts'

/** Begins the names under which a model of a table keeps how its columns are drawn. */
export const DRAWN = 'drawn.'
export const BINS = `${DRAWN}bins.`
export const TREE = `${DRAWN}tree.`
export const CENTERS = `${DRAWN}centers.`
export const FEATURES = `${DRAWN}features.`

const drawing = streamOf('synthesize-conditionals')

/** Draws the cells of rows [n × width] anew, column after column, in place; `centers` are what a decoder said of them. */
export type DrawCells = (rows: Float32Array, centers: Float32Array, seed: number) => void

/** Undefined where a model keeps no trees. */
export function openConditionals(values: Feeds, schema: TableSchema): DrawCells | undefined {
  const layout = tableLayout(schema)
  const list = (name: string): Float32Array | undefined => values[name]?.data as Float32Array | undefined
  const columns = rowColumns(schema, layout, (slot) => list(`${BINS}${slot}`))
  const drawn = columns.map((column, place) => {
    const tree = list(`${TREE}${place}`)
    const features = list(`${FEATURES}${place}`)
    const own = centerVariables(layout, place, list(`${CENTERS}${place}`))
    return tree && features ? { features, own, tree: openTree(tree, features.length + own.length) } : undefined
  })
  if (!drawn.some((own) => own)) return undefined
  const firsts = firstVariables(columns)
  const codes = new Int16Array(firsts[columns.length])
  return (rows, centers, seed) => {
    const uniform = new Float32Array(2 * columns.length)
    for (let from = 0, row = 0; from < rows.length; from += layout.width, row++) {
      fillUniform(uniform, { seed, stream: drawing, step: row })
      for (const [place, column] of columns.entries()) {
        const known = rows[from + column.mask] === 1
        const own = drawn[place]
        if (known && own && column.write) {
          const seen = Int16Array.from(own.features, (at) => codes[at])
          const asked = [...seen, ...own.own.map(({ read }) => read(centers, from))]
          column.write(rows, from, own.tree.draw(asked, uniform[2 * place]), uniform[2 * place + 1])
        }
        column.variables.forEach(({ read }, at) => {
          codes[firsts[place] + at] = known ? read(rows, from) : -1
        })
      }
    }
  }
}

/** The place of each column's first variable among those of all, and in the end how many there are. */
export function firstVariables(columns: readonly RowColumn[]): number[] {
  const firsts = [0]
  for (const { variables } of columns) firsts.push(firsts[firsts.length - 1] + variables.length)
  return firsts
}

export const CENTER_BINS = 64

/** What a decoder says of a column, as whole numbers: by knots of each slot [slots × 63]. */
export function centerVariables({ columns }: TableLayout, place: number, knots: Float32Array | undefined) {
  if (!knots) return []
  const each = CENTER_BINS - 1
  return columns[place].slots.slice(0, knots.length / each).map((slot, at) => {
    const own = knots.subarray(at * each, (at + 1) * each)
    return {
      size: CENTER_BINS,
      isOrdered: true,
      read(centers: Float32Array, from: number) {
        let low = 0
        let high = each
        while (low < high) {
          const middle = (low + high) >> 1
          if (own[middle] < centers[from + slot]) low = middle + 1
          else high = middle
        }
        return low
      },
    }
  })
}
