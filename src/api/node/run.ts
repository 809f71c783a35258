import { broughtBy, type Part } from '../../base/parts.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { cardOf } from '../../export/card.ts'
import { exportOnnx } from '../../export/onnx.ts'
import { writeWeights } from '../../export/weights.ts'
import type { WithParts } from '../../recipe/bring.ts'
import { completeRecipe, dataOfDraft, loadDraft } from '../../recipe/complete.ts'
import { type AnyDraft, checkDraft } from '../../recipe/draft.ts'
import { wantsNumbers } from '../../recipe/numbers.ts'
import type { Recipe, RecipeDraft } from '../../recipe/recipe.ts'
import type { Trained } from '../../recipe/trained.ts'
import type { CheckedRecipe, Draft } from '../../recipe/typed-draft.ts'
import { digestsOf } from '../../runs/data-digests.ts'
import { journalOf, type LoggedEvent } from '../../runs/journal.ts'
import { WEIGHTS } from '../../runs/node/finished-model.ts'
import { lockRun, type RunLock } from '../../runs/node/lock.ts'
import { createRun, nextFree, type RunDirectory, refuseTaken } from '../../runs/node/store.ts'
import type { TrainEvent } from '../../train/events.ts'
import { type StartingPoint, startingFrom } from '../../train/state.ts'
import { openRecipeEngine } from '../platform.ts'
import { type Prepared, prepare, startOf } from '../prepare.ts'
import { type Recorder, runTraining, type TrainedRun } from '../trained-run.ts'
import { Training } from '../training.ts'
import { openRunWith } from './parts.ts'
import { nodePlatform } from './platform.ts'
import { openRunData, withData, withPlace } from './run-data.ts'

/** A training on disk, finished or interrupted. */
export interface RunOnDisk extends TrainedRun {
  readonly directory: RunDirectory
}

/** Where a run goes, and what stops it. */
export interface TrainRunOptions<Parts extends readonly Part[] = readonly Part[]> extends WithParts<Parts> {
  /** Folder of the run; default: the next free `runs/<data>-<n>`. */
  readonly out?: string
  readonly signal?: AbortSignal
  /** Told where the run is, as soon as it has a place. */
  readonly onDirectory?: (directory: RunDirectory) => void
}

/** @inline */
export type ResumeOptions = Pick<TrainRunOptions, 'signal' | 'parts'>

/** Fills a draft's gaps from its data. */
export async function completeDraft(
  given: AnyDraft,
  { parts }: WithParts = {},
): Promise<{ recipe: Recipe; dataset: Dataset }> {
  const draft = checkDraft(nodePlatform.withoutPasswords(given))
  const brought = broughtBy(parts ?? [], draft.parts)
  const dataset = await nodePlatform.openData(dataOfDraft(draft, brought), wantsNumbers(draft), brought)
  await loadDraft(draft, dataset, parts)
  return { recipe: completeRecipe(draft, dataset, parts), dataset }
}

/** `trainRun` as its types know drafts. @inline */
export type TrainRun = {
  <const Parts extends readonly Part[] = readonly []>(
    draft: Draft<Parts>,
    options?: TrainRunOptions<Parts>,
  ): Training<RunOnDisk>
  (recipe: CheckedRecipe, options?: TrainRunOptions): Training<RunOnDisk>
}

/** The same for drafts as plain data. @inline */
export type TrainRunPlain = (draft: RecipeDraft, options?: TrainRunOptions) => Training<RunOnDisk>

/** Trains into a run directory; see `betavae/runs`. */
export const trainRun: TrainRun & TrainRunPlain = (draft: AnyDraft, options: TrainRunOptions = {}) =>
  new Training(startRun(draft, options))

async function* startRun(draft: AnyDraft, { out, signal, onDirectory, parts }: TrainRunOptions) {
  if (out !== undefined) await refuseTaken(out)
  const { recipe: asked, dataset } = await completeDraft(draft, { parts })
  const engine = await openRecipeEngine(nodePlatform, asked)
  // A resume must not pick another engine than the run began with.
  const recipe = withPlace({ ...asked, engine: { name: engine.name, threads: engine.threads } })
  const prepared = await prepare(recipe, dataset)
  const start = startingFrom(await startOf(prepared, nodePlatform))
  let place: RunPlace | undefined
  let lock: RunLock | undefined
  const begin = async () => {
    const path = out ?? (await nextFree(recipe))
    lock = await lockRun(path)
    const directory = await createRun(path, recipe, await digestsOf(prepared.plan))
    place = { directory, lock }
    onDirectory?.(directory)
    return place
  }
  try {
    return yield* recorded(prepared, engine, start, signal, async () => place ?? begin())
  } finally {
    await lock?.[Symbol.asyncDispose]()
  }
}

/**
 * Goes on with a run from its last checkpoint, to the bits an uninterrupted run would have had.
 *
 * Errors: `runs/not-a-run`, `runs/busy`, `runs/data-changed`, `checkpoint/…`, `safetensors/…`.
 *
 * @example
 * ```ts
 * import { resumeRun, trainRun } from 'betavae/runs'
 *
 * const stop = new AbortController()
 * const draft = { data: { source: 'digits' }, training: { steps: 40 } } as const
 * const run = trainRun(draft, { out: 'runs/cut', signal: stop.signal })
 * for await (const event of run) if (event.kind === 'step' && event.step === 10) stop.abort() // a checkpoint is kept
 * const { directory } = await resumeRun('runs/cut')
 * console.log(directory.path)
 * ```
 */
export const resumeRun = (path: string, options: ResumeOptions = {}): Training<RunOnDisk> =>
  new Training(continueRun(path, options))

async function* continueRun(path: string, { signal, parts }: ResumeOptions) {
  const directory = await openRunWith(path, { parts })
  await using lock = await lockRun(path)
  const prepared = await prepare(directory.recipe, await openRunData(directory))
  const start = startingFrom(
    (await directory.checkpoint(prepared.layouts)) ?? (await startOf(prepared, nodePlatform)),
  )
  const engine = await openRecipeEngine(nodePlatform, directory.recipe)
  await directory.rewind(start.step)
  const past = await directory.events()
  return yield* recorded(prepared, engine, start, signal, async () => ({ directory, lock }), past)
}

/** Where a run is written, and that nobody else does. */
interface RunPlace {
  readonly directory: RunDirectory
  readonly lock: RunLock
}

/** Writes events, checkpoints and at last the model, while the training runs. */
async function* recorded(
  prepared: Prepared,
  engine: Engine,
  start: StartingPoint,
  signal: AbortSignal | undefined,
  place: () => Promise<RunPlace>,
  past: readonly LoggedEvent[] = [],
): AsyncGenerator<TrainEvent, RunOnDisk, undefined> {
  const journal = journalOf(prepared.plan.totalSteps)
  const record: Recorder = async (event, trained) => {
    const { directory, lock } = await place()
    const lines = journal(event)
    if (lines.length > 0) await lock.stillOurs()
    if (event.kind === 'checkpoint') await directory.saveCheckpoint(event.state, prepared.layouts)
    // Before the log says that the run has ended: a run that dies in the middle of this can be gone on with.
    if (event.kind === 'end' && event.reason !== 'interrupted') await writeModel(directory, await trained())
    for (const line of lines) await directory.append(line)
  }
  const run = yield* runTraining(prepared, engine, start, { ...(signal ? { signal } : {}), record, past })
  const { directory } = await place()
  return withData({ ...run, directory }, prepared.dataset)
}

/** Files of a finished model. */
export async function writeModel(directory: RunDirectory, trained: Trained): Promise<void> {
  const { encoder, decoder, levels } = exportOnnx(trained)
  await directory.write('model/encoder.onnx', encoder)
  await directory.write('model/decoder.onnx', decoder)
  if (levels) await directory.write('model/levels.onnx', levels)
  await directory.write('model/card.json', `${JSON.stringify(cardOf(trained), null, 2)}\n`)
  // Last, because its being there says that the model is complete.
  await directory.write(WEIGHTS, writeWeights(trained))
}
