import { BetavaeError, fail } from '../../base/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import { exampleReader } from '../../data/examples.ts'
import type { Engine } from '../../engine/engine.ts'
import { type Evaluation, evaluateRows } from '../../evaluate/evaluation.ts'
import { CODES } from '../../infer/codes.ts'
import { createModel, type Model } from '../../infer/model.ts'
import { readObjective } from '../../objective/objective.ts'
import { type Splits, splitsOf } from '../../recipe/splits.ts'
import { modelParts, type Trained } from '../../recipe/trained.ts'
import { finishedModel } from '../../runs/node/finished-model.ts'
import { openRun, type RunDirectory } from '../../runs/node/store.ts'
import type { EndEvent } from '../../train/events.ts'
import { openRecipeEngine } from '../platform.ts'
import { prepare } from '../prepare.ts'
import { trainedOf, withKept } from '../trained-run.ts'
import { nodePlatform } from './platform.ts'
import { openRunData } from './run-data.ts'

/** The model of a run: the finished one, or where it stood at its last checkpoint. */
export async function trainedFrom(directory: RunDirectory): Promise<Trained> {
  const model = await finishedModel(directory)
  if (model) return withSamples(directory, model)
  const prepared = await prepare(directory.recipe, await openRunData(directory))
  const state = await directory.checkpoint(prepared.layouts)
  if (!state)
    return fail({
      code: 'runs/no-model',
      seen: `run "${directory.path}" has neither a model nor a checkpoint`,
      wanted: 'a run that has trained',
      fix: `go on with: betavae resume ${directory.path}`,
    })
  return trainedOf(prepared, await openRecipeEngine(nodePlatform, directory.recipe), state)
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

/** How a run ended, where it has: it counts as finished when its model can be read, else a resume writes that again. */
export async function endingOf(directory: RunDirectory): Promise<EndEvent | undefined> {
  const end = (await directory.events()).findLast((event) => event.kind === 'end')
  if (!end || end.reason === 'interrupted') return undefined
  try {
    return (await finishedModel(directory)) && end
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
  parts(): Promise<Splits & { readonly dataset: Dataset }>
  /** Frees what the model holds; `using` does it, too. */
  dispose(): void
}

/** Opens the model of a run on disk, on the engine that the run used. */
export async function openRunModel(path: string): Promise<OpenedRun> {
  const directory = await openRun(path)
  const trained = await trainedFrom(directory)
  const engine = await openRecipeEngine(nodePlatform, trained.recipe)
  const model = await createModel(engine, modelParts(trained))
  const dispose = () => model.dispose()
  return {
    directory,
    trained,
    engine,
    model,
    async parts() {
      const dataset = await openRunData(directory)
      return { ...splitsOf(directory.recipe, dataset), dataset }
    },
    dispose,
    [Symbol.dispose]: dispose,
  }
}

export const splitNames = ['test', 'validation', 'train'] as const
/** @inline */
export type SplitName = (typeof splitNames)[number]

/** What a run is judged on, and by what besides its loss. */
export interface EvaluateOptions {
  /** Default: test; where the run held none out, validation, else train. */
  readonly split?: SplitName
  /** Draws from each posterior for an importance-weighted estimate of −log p(x). */
  readonly nll?: number
  /** Names of disentanglement metrics, or all; for data with factors, or labels as one factor. */
  readonly metrics?: 'all' | readonly string[]
  readonly signal?: AbortSignal
}

/** Judges a run's model on one of its splits, in nats per example. */
export async function evaluateRun(path: string, options: EvaluateOptions = {}): Promise<Evaluation> {
  using run = await openRunModel(path)
  return evaluateOpened(run, options)
}

/** Judges a model that is open already. */
export async function evaluateOpened(
  run: OpenedRun,
  { split, nll, metrics, signal }: EvaluateOptions,
): Promise<Evaluation> {
  const { trained, engine } = run
  const { recipe, example, values } = trained
  const parts = await run.parts()
  const name =
    checkSplit(split) ?? splitNames.find((candidate) => parts[candidate].indices.length > 0) ?? 'train'
  return evaluateRows({
    engine,
    spec: recipe.model,
    example,
    values,
    scored: {
      terms: readObjective(recipe.objective, recipe.model),
      batch: recipe.training.batch,
      examples: trained.data.trainCount,
    },
    rows: parts[name],
    reader: exampleReader(recipe.data.binarize, recipe.training.seed),
    split: name,
    seed: recipe.training.seed,
    ...(nll === undefined ? {} : { nll }),
    ...(metrics === undefined ? {} : { metrics }),
    ...(signal ? { signal } : {}),
  })
}

function checkSplit(split: string | undefined): SplitName | undefined {
  const known = splitNames.find((name) => name === split)
  if (split === undefined || known) return known
  return fail({
    code: 'evaluate/split',
    seen: `split "${split}"`,
    wanted: splitNames.join(', '),
    fix: 'name one of those',
    usage: true,
  })
}
