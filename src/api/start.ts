import { fail } from '../base/errors.ts'
import { formatShape, sameShape } from '../base/shape.ts'
import type { Feeds } from '../engine/engine.ts'
import { initialParameters, type Layout } from '../train/layout.ts'
import { initialState, type TrainState } from '../train/state.ts'
import type { Platform } from './platform.ts'
import type { Prepared } from './training.ts'

/**
 * The state that a training starts from: parameters drawn by its seed, or those of the run that its recipe names.
 *
 * Errors: `train/start-mismatch`, and those of reading a run's model.
 */
export async function startOf(
  { recipe, plan, layouts }: Prepared,
  { readModel }: Pick<Platform, 'readModel'>,
): Promise<TrainState> {
  const { start } = recipe.training
  if (start === undefined) return initialState(layouts, initialParameters(layouts, plan.seed))
  const { values } = await readModel(start)
  return initialState(
    layouts,
    layouts.map((layout) => filled(layout, values, start)),
  )
}

function filled(layout: Layout, values: Feeds, start: string): Float32Array {
  const arena = new Float32Array(layout.size)
  for (const [name, view] of Object.entries(layout.views(arena))) {
    const given = values[name]
    if (!given || !sameShape(given.shape, view.shape)) refuse(start, name, given?.shape, view.shape)
    view.data.set(given.data)
  }
  return arena
}

const refuse = (
  start: string,
  name: string,
  shape: readonly number[] | undefined,
  wanted: readonly number[],
): never =>
  fail({
    code: 'train/start-mismatch',
    seen: `run "${start}" with ${name} ${shape ? `of shape ${formatShape(shape)}` : 'missing'}`,
    wanted: `${formatShape(wanted)}, as in the model that is to start from it`,
    fix: 'start from a run of the same model and terms, or leave training.start out',
    usage: true,
  })
