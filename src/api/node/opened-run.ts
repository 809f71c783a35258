import { BetavaeError, fail } from '../../base/errors.ts'
import { commandLine } from '../../base/shell-word.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Evaluation } from '../../evaluate/evaluation.ts'
import { createModel } from '../../infer/create-model.ts'
import type { Model } from '../../infer/model.ts'
import { CODES } from '../../infer/model-parts.ts'
import type { WithParts } from '../../recipe/bring.ts'
import { type Splits, splitsOf } from '../../recipe/splits.ts'
import { modelParts, type Trained } from '../../recipe/trained.ts'
import { finishedModel } from '../../runs/node/finished-model.ts'
import { removeDeadLock } from '../../runs/node/lock.ts'
import type { RunDirectory } from '../../runs/node/store.ts'
import type { EndEvent } from '../../train/events.ts'
import { type EvaluateOptions, evaluateTrained } from '../evaluate.ts'
import { openRecipeEngine } from '../platform.ts'
import { prepare } from '../prepare.ts'
import { trainedOf, withKept } from '../trained-run.ts'
import { openRunWith } from './parts.ts'
import { nodePlatform } from './platform.ts'
import { openRunData } from './run-data.ts'

/** The model of a run: the finished one, or where it stood at its last checkpoint, with what it keeps besides or without. */
export async function trainedFrom(directory: RunDirectory, keeping = true): Promise<Trained> {
  const model = await finishedModel(directory)
  if (model) return withSamples(directory, model)
  const prepared = await prepare(directory.recipe, await openRunData(directory))
  const state = await directory.checkpoint(prepared.layouts)
  if (!state)
    return fail({
      code: 'runs/no-model',
      seen: `run "${directory.path}" has neither a model nor a checkpoint`,
      wanted: 'a run that has trained',
      fix: `go on with: ${commandLine('resume', directory.path)}`,
    })
  return trainedOf(prepared, await openRecipeEngine(nodePlatform, directory.recipe), state, keeping)
}

/** A model of an earlier version, without a prior or codes to sample from, gets codes where its data are still there. */
async function withSamples(directory: RunDirectory, trained: Trained): Promise<Trained> {
  const { values } = trained
  if (values[CODES] || modelParts(trained).hasPrior) return trained
  const dataset = await openRunData(directory).catch(() => undefined)
  if (!dataset) return trained
  const prepared = await prepare(directory.recipe, dataset)
  const engine = await openRecipeEngine(nodePlatform, directory.recipe)
  return withKept(prepared, engine, trained)
}

/**
 * How a run ended, where it has: it counts as finished when its model can be read, else a resume writes that again. The
 * lock of a process that was killed after that goes, since nobody takes it over any more.
 */
export async function endingOf(directory: RunDirectory): Promise<EndEvent | undefined> {
  const end = (await directory.events()).findLast((event) => event.kind === 'end')
  if (!end || end.reason === 'interrupted') return undefined
  try {
    if (!(await finishedModel(directory))) return undefined
    await removeDeadLock(directory.path)
    return end
  } catch (error) {
    if (error instanceof BetavaeError) return undefined
    throw error
  }
}

/** A run's model at work, with the data it was trained on. */
export interface OpenedRun extends Disposable {
  readonly directory: RunDirectory
  readonly trained: Trained
  readonly engine: Engine
  readonly model: Model
  /** Opens the run's data and divides it as the run did. Error `runs/data-changed`. */
  splits(): Promise<Splits & { readonly dataset: Dataset }>
  /** Frees what the model holds; `using` does it, too. */
  dispose(): void
}

/** How the model of a run is opened. */
interface OpenRunOptions extends WithParts {
  /** The run's data, where they are open already. */
  readonly dataset?: Dataset
  /** Whether a model out of a checkpoint is to have what is fitted when training has ended; default: true. */
  readonly keeping?: boolean
}

/** Opens the model of a run on disk, on the engine that the run used. */
export async function openRunModel(path: string, options: OpenRunOptions = {}): Promise<OpenedRun> {
  const directory = await openRunWith(path, options)
  const trained = await trainedFrom(directory, options.keeping)
  const engine = await openRecipeEngine(nodePlatform, trained.recipe)
  const model = await createModel(engine, modelParts(trained))
  const dispose = () => model.dispose()
  let opened = options.dataset && Promise.resolve(options.dataset)
  return {
    directory,
    trained,
    engine,
    model,
    async splits() {
      opened ??= openRunData(directory)
      const dataset = await opened
      return { ...splitsOf(directory.recipe, dataset), dataset }
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

/** Judges a run's model on one of its splits, in nats per example. */
export async function evaluateRun(path: string, options: EvaluateOptions = {}): Promise<Evaluation> {
  // A loss needs none of what tables keep, which takes seconds to fit.
  using run = await openRunModel(path, { ...options, keeping: false })
  return evaluateOpened(run, options)
}

/** Judges a model that is open already. */
export const evaluateOpened = async (run: OpenedRun, options: EvaluateOptions): Promise<Evaluation> =>
  evaluateTrained(run, (await run.splits()).dataset, options)
