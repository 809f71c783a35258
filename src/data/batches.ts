import { fail } from '../base/errors.ts'
import { permutation, streams } from '../base/random.ts'

/** Which rows every step of a training run sees: a pure function of step, so it can be entered anywhere. */
export interface BatchPlan {
  readonly batch: number
  readonly stepsPerEpoch: number
  /** Row numbers of a global step, counted from 0 over all epochs. */
  at(step: number): Uint32Array
}

/** The batch size, or the number of rows where they are fewer. */
export const clampBatch = (batch: number, rows: number): number => Math.min(batch, rows)

function checkBatch(batch: number, rows: number): void {
  if (!Number.isInteger(batch) || batch < 1)
    fail({
      code: 'data/batch',
      seen: `a batch of ${batch}`,
      wanted: 'a whole number of at least 1',
      fix: 'give the number of examples a step sees, such as 128',
      usage: true,
    })
  if (batch > rows)
    fail({
      code: 'data/batch-rows',
      seen: `a batch of ${batch} from ${rows} training rows`,
      wanted: `at most ${rows}`,
      fix: 'give a smaller batch, or hold fewer rows out',
      usage: true,
    })
}

/**
 * Plans the batches of a run: every epoch a new permutation of `rows`, its incomplete last batch dropped.
 *
 * Errors: `data/batch`, `data/batch-rows` (see `clampBatch`).
 */
export function batchPlan({
  rows,
  batch,
  seed,
}: {
  readonly rows: Uint32Array
  readonly batch: number
  readonly seed: number
}): BatchPlan {
  checkBatch(batch, rows.length)
  const stepsPerEpoch = Math.floor(rows.length / batch)
  let held = { epoch: -1, order: new Uint32Array() }
  const orderOf = (epoch: number): Uint32Array => {
    if (held.epoch !== epoch) {
      const places = permutation(rows.length, { seed, stream: streams.shuffle, step: epoch })
      held = { epoch, order: places.map((place) => rows[place]) }
    }
    return held.order
  }
  const at = (step: number): Uint32Array => {
    const begin = (step % stepsPerEpoch) * batch
    return orderOf(Math.floor(step / stepsPerEpoch)).slice(begin, begin + batch)
  }
  return {
    batch,
    stepsPerEpoch,
    at,
  }
}
