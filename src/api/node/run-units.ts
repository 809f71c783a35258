import { exampleReader } from '../../data/examples.ts'
import { rankUnits, type Unit, unitsOf } from '../../infer/units.ts'
import { toldEpoch } from '../../runs/told-epoch.ts'
import { splitNames } from '../evaluate.ts'
import type { OpenedRun } from './opened-run.ts'

/** Examples that are looked at where a run's log does not say. */
const LOOKED_AT = 2000

/**
 * The units of a run's code, the strongest first: as its validation found them, else by some examples of its data;
 * undefined where neither is there.
 */
export async function unitsOfRun(run: OpenedRun): Promise<Unit[] | undefined> {
  const { model } = run.trained.recipe
  const { activity, klPerDimension } = toldEpoch(await run.directory.events()) ?? {}
  if (activity) return rankUnits({ activity, klPerDimension }, model)
  const rows = await someRows(run)
  return rows && unitsOf(await run.model.encode(rows.x, { condition: rows.condition }), model)
}

async function someRows(run: OpenedRun) {
  const parts = await run.splits().catch(() => undefined)
  const split = parts && splitNames.find((name) => parts[name].indices.length > 0)
  if (!split) return undefined
  const { data, training } = run.trained.recipe
  const rows = parts[split]
  return exampleReader(data.binarize, training.seed).heldOut(rows, rows.indices.subarray(0, LOOKED_AT))
}
