import type { Purpose } from '../../data/purpose.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ReadExamples } from '../scoring.ts'
import { chosenDrawing } from './choose-drawing.ts'
import { fitDetectors } from './fit-detectors.ts'
import { fittedGaps } from './fitted-gaps.ts'
import { heldOutScores } from './held-out-scores.ts'
import { keptRules } from './kept-rules.ts'
import { keptOfWindows, type WindowsKept } from './windows/keep.ts'

/** Rows of a split, of which there are `count`. */
interface SplitRows {
  readonly count: number
  readonly read: ReadExamples
}

interface Keeping {
  readonly train: SplitRows
  readonly heldOut: SplitRows
  readonly seed: number
  /** What the model is for, where somebody said. */
  readonly purpose: Purpose | undefined
  /** Where examples are windows of ordered rows: which. */
  readonly windows?: WindowsKept | undefined
}

/**
 * What a model of a table keeps beside its parameters, by name: detectors, what rows score that were held out, what fills
 * gaps, rules that all rows keep, and how new ones are drawn. No row of the table is among it.
 */
export async function keptOfTable(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { train, heldOut, seed, purpose, windows }: Keeping,
): Promise<Feeds> {
  if (windows) return keptOfWindows(engine, parts, schema, windows)
  const detectors = await fitDetectors(engine, parts, schema, train)
  const detecting = { ...parts, values: { ...parts.values, ...detectors } }
  const rules = await keptRules(schema, [train, heldOut])
  const ruled = { ...parts, values: { ...parts.values, ...rules } }
  return {
    ...detectors,
    ...(await heldOutScores(engine, detecting, schema, heldOut)),
    ...(await fittedGaps(engine, parts, schema, { train, heldOut, seed, purpose })),
    ...rules,
    ...(await chosenDrawing(engine, ruled, schema, { ...train, seed })),
  }
}
