import { fail } from '../../base/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { cardOf } from '../../export/card.ts'
import { exportOnnx } from '../../export/onnx.ts'
import { readWeights, writeWeights } from '../../export/weights.ts'
import { completeRecipe } from '../../recipe/complete.ts'
import type { Recipe, RecipeDraft } from '../../recipe/recipe.ts'
import type { Trained } from '../../recipe/trained.ts'
import { logged } from '../../runs/journal.ts'
import { createRun, openRun, type RunDirectory, refuseTaken } from '../../runs/node/store.ts'
import type { TrainEvent } from '../../train/events.ts'
import { splitDigests } from '../../train/plan.ts'
import { type TrainState, usedParameters } from '../../train/state.ts'
import { openRecipeEngine } from '../platform.ts'
import {
  type Prepared,
  prepare,
  runTraining,
  startOf,
  type TrainedRun,
  Training,
  trainedOf,
} from '../training.ts'
import { nodePlatform } from './platform.ts'

/** A training on disk, finished or interrupted. */
export interface RunOnDisk extends TrainedRun {
  readonly directory: RunDirectory
}

export interface TrainRunOptions {
  /** Folder of the run; default: the next free `runs/<data>-<n>`. */
  readonly out?: string
  readonly signal?: AbortSignal
  /** Told where the run is, as soon as it has a place. */
  readonly onDirectory?: (directory: RunDirectory) => void
}

/** Fills a draft's gaps from its data. */
export async function completeDraft(draft: RecipeDraft): Promise<{ recipe: Recipe; dataset: Dataset }> {
  const dataset = await nodePlatform.openData(draft.data)
  return { recipe: completeRecipe(draft, dataset), dataset }
}

/** Trains into a run directory, which appears when everything has been checked and the first step can run. */
export const trainRun = (draft: RecipeDraft, options: TrainRunOptions = {}): Training<RunOnDisk> =>
  new Training(startRun(draft, options))

async function* startRun(draft: RecipeDraft, { out, signal, onDirectory }: TrainRunOptions) {
  if (out !== undefined) await refuseTaken(out)
  const { recipe: asked, dataset } = await completeDraft(draft)
  const engine = await openRecipeEngine(nodePlatform, asked)
  // A resume must not pick another engine than the run began with.
  const recipe: Recipe = { ...asked, engine: { name: engine.name, threads: engine.threads } }
  const prepared = await prepare(recipe, dataset)
  let directory: RunDirectory | undefined
  const begin = async () => {
    directory = await createRun(recipe, out)
    onDirectory?.(directory)
    return directory
  }
  return yield* recorded(prepared, engine, startOf(prepared), signal, async () => directory ?? begin())
}

/** Goes on with a run from its last checkpoint, to the bits an uninterrupted run would have had. */
export const resumeRun = (path: string, options: Pick<TrainRunOptions, 'signal'> = {}): Training<RunOnDisk> =>
  new Training(continueRun(path, options))

async function* continueRun(path: string, { signal }: Pick<TrainRunOptions, 'signal'>) {
  const directory = await openRun(path)
  const dataset = await nodePlatform.openData(directory.recipe.data)
  const prepared = await prepare(directory.recipe, dataset)
  const state = (await directory.checkpoint(prepared)) ?? startOf(prepared)
  const engine = await openRecipeEngine(nodePlatform, directory.recipe)
  await refuseMovedRows(directory, prepared)
  await directory.rewind(state.step)
  return yield* recorded(prepared, engine, state, signal, async () => directory)
}

/** Writes events, checkpoints and at last the model, while the training runs. */
async function* recorded(
  prepared: Prepared,
  engine: Engine,
  start: TrainState,
  signal: AbortSignal | undefined,
  place: () => Promise<RunDirectory>,
): AsyncGenerator<TrainEvent, RunOnDisk, undefined> {
  let state = start
  const record = async (event: TrainEvent) => {
    const directory = await place()
    if (event.kind === 'checkpoint') {
      state = event.state
      await directory.saveCheckpoint(state, prepared)
    }
    // Before the log says that the run has ended: a run that dies in the middle of this can be gone on with.
    if (event.kind === 'end' && event.reason !== 'interrupted')
      await writeModel(directory, trainedOf(prepared, usedParameters(state)))
    const line = logged(event, prepared.plan.totalSteps)
    if (line) await directory.append(line)
  }
  const run = yield* runTraining(prepared, engine, start, { ...(signal ? { signal } : {}), record })
  return { ...run, directory: await place() }
}

/** Files of a finished model. */
async function writeModel(directory: RunDirectory, trained: Trained): Promise<void> {
  const { encoder, decoder } = exportOnnx(trained)
  await directory.write('model/encoder.onnx', encoder)
  await directory.write('model/decoder.onnx', decoder)
  await directory.write('model/card.json', `${JSON.stringify(cardOf(trained), null, 2)}\n`)
  // Last, because its being there says that the model is complete.
  await directory.write(WEIGHTS, writeWeights(trained))
}

const WEIGHTS = 'model/weights.safetensors'

/** The model of a run: the finished one, or where it stood at its last checkpoint. */
export async function trainedFrom(directory: RunDirectory): Promise<Trained> {
  const weights = await directory.read(WEIGHTS)
  if (weights) return readWeights(weights)
  const prepared = await prepare(directory.recipe, await nodePlatform.openData(directory.recipe.data))
  const state = await directory.checkpoint(prepared)
  if (!state)
    return fail({
      code: 'runs/no-model',
      seen: `run "${directory.path}" has neither a model nor a checkpoint`,
      wanted: 'a run that has trained',
      fix: `go on with: betavae resume ${directory.path}`,
    })
  return trainedOf(prepared, usedParameters(state))
}

async function refuseMovedRows(directory: RunDirectory, { plan }: Prepared): Promise<void> {
  const begun = (await directory.events()).find((event) => event.kind === 'start')
  const rows = splitDigests(plan)
  if (!begun || (begun.rows.train === rows.train && begun.rows.validation === rows.validation)) return
  fail({
    code: 'runs/data-changed',
    seen: `other training rows than run "${directory.path}" began with`,
    wanted: `${begun.examples.train} training and ${begun.examples.validation} validation rows, as then`,
    fix: 'restore the data, or train anew',
  })
}
