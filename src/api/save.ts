import { writeWeights } from '../export/weights.ts'
import type { Model } from '../infer/model.ts'
import type { TableModel } from '../infer/tables/table-model.ts'
import type { Trained } from '../recipe/trained.ts'
import { madeOf } from './made-of.ts'
import { foundIn } from './open.ts'
import type { TrainedRun } from './trained-run.ts'

/** An open model, or what a training gave. @inline */
export type Savable = Model | TableModel | TrainedRun | Trained

/** A model as the bytes of its weights; one that was opened from bytes has not changed since. */
export function bytesOf(model: Savable): Uint8Array {
  const found = 'dispose' in model ? madeOf(model).found : foundIn(model)
  return 'bytes' in found ? found.bytes.slice() : writeWeights(found)
}

/**
 * A model as the bytes of one `weights.safetensors`, from which `open` and `openTableModel` make the same again; the same
 * model gives the same bytes.
 *
 * Error: `open/foreign-model`.
 */
export const save = (model: Savable): Uint8Array => bytesOf(model)
