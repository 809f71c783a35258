/** What `betavae` is everywhere, in Node.js and in a page; each root adds what differs. */
import { type Preview, type PreviewDraft, preview as previewPlain } from '../api/preview.ts'
import { sources } from '../data/sources/index.ts'
import { allPresets } from '../objective/presets/index.ts'
import type { Preset } from '../objective/presets/preset.ts'

export { type EvaluateOptions, evaluate } from '../api/evaluate.ts'
export type { ModelSource, OpenModelOptions } from '../api/open.ts'
export type { TrainOptions } from '../api/train.ts'
export type { TrainedRun } from '../api/trained-run.ts'
export type { SteeredTraining, Training } from '../api/training.ts'
export { type NDArray, ndarray } from '../base/arrays.ts'
export { BetavaeError } from '../base/errors.ts'
export type { Part } from '../base/parts.ts'
export { type Dataset, datasetOf } from '../data/dataset.ts'
export { openBytes } from '../data/open-bytes.ts'
export type { Engine, EngineOptions } from '../engine/engine.ts'
export type { Evaluation } from '../evaluate/evaluation.ts'
export { exportOnnx } from '../export/onnx.ts'
export { version } from '../export/version.ts'
export type { Encoded, Model, Scored } from '../infer/model.ts'
export type { SplitMetrics } from '../infer/scoring.ts'
export type { ScoredRow } from '../infer/tables/scored-rows.ts'
export type { TableModel } from '../infer/tables/table-model.ts'
export type { Ledger } from '../objective/ledger.ts'
export { checkDraft } from '../recipe/draft.ts'
export type { Recipe, RecipeDraft } from '../recipe/recipe.ts'
export type { Trained } from '../recipe/trained.ts'
export type { Draft } from '../recipe/typed-draft.ts'
export type { TrainEvent } from '../train/events.ts'

export type { Preview }

/**
 * Completes a draft from its data and checks it as a training would, with the same errors; nothing is run.
 *
 * @example
 * ```ts
 * import { openData, preview } from 'betavae'
 *
 * const { recipe, ledger } = await preview({ objective: { name: 'beta-vae' } }, await openData('digits'))
 * console.log(recipe.model.latent, ledger.formula)
 * ```
 */
export const preview: PreviewDraft = previewPlain

/** The data sets that have a name of their own, and what each is. */
export const datasets: readonly { readonly name: string; readonly summary: string }[] = sources

/** Every objective that has a name. */
export const presets: readonly Preset[] = allPresets
