/** New rows are drawn by the model, by trees, or by both: by what makes rows that a classifier tells least from real ones. */
import { BetavaeError } from '../../base/errors.ts'
import { rowDecoder } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { readTables } from '../../statistics/fidelity/read-tables.ts'
import { twoSampleTest } from '../../statistics/fidelity/two-sample.ts'
import { createModel } from '../create-model.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ReadExamples } from '../scoring.ts'
import { closeNumbers, codedRows, fitConditionals, learnedRows, undrawn } from './fit-conditionals.ts'
import { plainTable } from './plain-table.ts'
import { spreadEvenly } from './spread-evenly.ts'
import { synthesizeRows } from './synthesize.ts'
import { takenRows } from './taken-rows.ts'

/** Of fewer rows the model alone draws: trees gained nothing on sets of 276 and 370 rows, and gave away who was among them. */
const FEWEST = 500
/** Rows of either side that a classifier compares. */
const COMPARED = 1000
/** By so much must rows be harder to tell where the model has a part, since chance moves it by about as much. */
const CLEARLY = 0.02
/** A classifier's area where it tells nothing, and where it tells all; every way that makes rows is better than none. */
const CHANCE = 0.5
const HOPELESS = 1.01
/** Few rows are drawn for one that keeps the rules, and all of these are taken. */
const DRAWING = { mostDrawn: 50, asDrawn: true }

/** How the columns of a table are drawn, learned from training rows; nothing where the model draws them best. */
export async function chosenDrawing(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { count, read, seed }: { readonly count: number; readonly read: ReadExamples; readonly seed: number },
): Promise<Feeds> {
  // Trees do not know what a model is given.
  if (count < FEWEST || parts.spec.condition) return {}
  const layout = tableLayout(schema)
  const {
    x: { data },
  } = await read(spreadEvenly(count, learnedRows(count, layout.columns.length)))
  const rows = Float32Array.from(data)
  const table = codedRows(schema, rows)
  const none = undrawn(table)
  const close = new Set([...none, ...closeNumbers(table)])
  const byTrees = fitConditionals(table, none)
  const candidates = [byTrees, ...(close.size > none.size ? [fitConditionals(table, close)] : []), {}]
  const real = rowDecoder(schema)(
    takenRows(rows, layout.width, spreadEvenly(rows.length / layout.width, COMPARED)),
  )
  let best: { readonly kept: Feeds; readonly auc: number } = { kept: {}, auc: HOPELESS + CLEARLY }
  using model = await createModel(engine, parts)
  for (const kept of candidates) {
    if (best.auc <= CHANCE + CLEARLY) break
    const own = { engine, model, parts: { ...parts, values: { ...parts.values, ...kept } } }
    const made = await synthesizeRows(own, schema, real.length, { seed }, DRAWING).catch(unlessRare)
    if (made === undefined) continue
    const tables = [real, made.rows].map((own) => plainTable(schema, { columns: made.columns, rows: own }))
    const [first, second] = readTables(tables)
    const { auc } = await twoSampleTest(first, second, { seed })
    const found = Math.max(auc, CHANCE)
    if (found < best.auc - CLEARLY) best = { kept, auc: found }
  }
  return best.kept
}

/** Rows that hardly keep the rules of their table are no way to draw it. */
function unlessRare(error: unknown): undefined {
  if (!(error instanceof BetavaeError) || error.code !== 'infer/rare') throw error
}
