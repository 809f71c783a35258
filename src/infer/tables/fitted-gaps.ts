import type { Purpose } from '../../data/purpose.ts'
import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { chooseFills } from '../../statistics/imputation/choose.ts'
import type { GapTable } from '../../statistics/imputation/gap-table.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ReadExamples } from '../scoring.ts'
import { openCells } from './cells.ts'
import { gapRows, unitMoments } from './gap-rows.ts'
import { spreadEvenly } from './held-out-scores.ts'
import { feedsOfGaps } from './kept-gaps.ts'
import { besideTargets } from './model-targets.ts'

/** Rows that imputers learn from at most, and of these the ones that training held out. */
const MOST_ROWS = 3000
const MOST_HELD_OUT = 600

interface Part {
  readonly count: number
  readonly read: ReadExamples
}

interface Parts {
  readonly train: Part
  readonly heldOut: Part
  readonly seed: number
  readonly purpose: Purpose | undefined
}

/** Share of cells that are missing, from which on a table whose purpose nobody said is taken for one with gaps to fill. */
const GAPS = 0.01

/**
 * Fits everything that fills gaps to the rows of a table, and chooses by hidden cells what fills each column.
 *
 * The model itself has a say in what it is seen to do better on rows that training held out; where none were, it has none. A table without gaps, of which nobody said
 * that it has some to fill, gets what a moment fits.
 */
export async function fittedGaps(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { train, heldOut, seed, purpose }: Parts,
): Promise<Feeds> {
  const layout = tableLayout(schema)
  const own = await evenly(heldOut, MOST_HELD_OUT)
  const others = await evenly(train, MOST_ROWS - own.length / layout.width)
  const rows = new Float32Array(own.length + others.length)
  rows.set(own)
  rows.set(others, own.length)
  const moments = unitMoments(rows, schema, layout)
  const gaps = gapRows(schema, layout, moments)
  const table = gaps.table(rows)
  const isQuick = purpose === undefined ? missingIn(table) < GAPS : purpose !== 'gaps'
  // What hidden cells are worth to a model is not asked of one that is given more than its columns.
  if (own.length === 0 || parts.spec.condition)
    return feedsOfGaps({ moments, ...(await chooseFills(table, { seed, isQuick })) })
  using cells = await openCells(engine, parts)
  const beside = {
    rows: Uint32Array.from({ length: own.length / layout.width }, (_, row) => row),
    fill: (hidden: Uint8Array) => besideTargets({ cells, parts, gaps, layout }, hide(own, layout, hidden)),
  }
  return feedsOfGaps({ moments, ...(await chooseFills(table, { seed, beside, isQuick })) })
}

/** Share of the cells that are missing. */
const missingIn = ({ known }: GapTable): number =>
  known.reduce((sum, is) => sum + 1 - is, 0) / Math.max(known.length, 1)

const evenly = async ({ count, read }: Part, most: number): Promise<Float32Array> =>
  count === 0 ? new Float32Array(0) : Float32Array.from((await read(spreadEvenly(count, most))).x.data)

/** The same rows with some more cells hidden; `hidden` has the columns in the schema's order. */
function hide(rows: Float32Array, { width, columns }: TableLayout, hidden: Uint8Array): Float32Array {
  const out = rows.slice()
  for (let row = 0; row * width < rows.length; row++)
    for (const [place, { slots, mask }] of columns.entries())
      if (hidden[row * columns.length + place] === 1)
        for (const slot of [...slots, mask]) out[row * width + slot] = 0
  return out
}
