import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ReadExamples } from '../scoring.ts'
import { openChunkModel } from './chunk-model.ts'
import { joinedExamples } from './joined-rows.ts'
import { someAtATime, spreadEvenly } from './spread-evenly.ts'
import { HELD_OUT_SCORES } from './usual.ts'

export { spreadEvenly }

/** Rows that are kept at most: with as many a false-alarm rate of 0.01 comes out within 0.002. */
export const MOST_HELD_OUT = 10_000

/** Scores of held-out rows, of which there are `count`, spread evenly; nothing where none were held out. */
export async function heldOutScores(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { count, read }: { readonly count: number; readonly read: ReadExamples },
): Promise<Feeds> {
  const kept = Math.min(count, MOST_HELD_OUT)
  if (kept === 0) return {}
  using table = await openChunkModel(engine, parts, schema)
  const scores = new Float32Array(kept)
  let at = 0
  for (const places of someAtATime(spreadEvenly(count, MOST_HELD_OUT))) {
    const { score } = await table.scoreEncoded(joinedExamples(await read(places)))
    scores.set(score, at)
    at += score.length
  }
  return { [HELD_OUT_SCORES]: { data: scores, shape: [kept] } }
}
