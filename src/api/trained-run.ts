import { BetavaeError } from '../base/errors.ts'
import { heldOutReader, type Rows } from '../data/examples.ts'
import { fileNameOf } from '../data/file-name.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { aggregateCodes, keptExamples } from '../infer/codes.ts'
import { CODES, CONDITIONS } from '../infer/model-parts.ts'
import { seenColumns } from '../infer/tables/seen-columns.ts'
import { allViews } from '../optimizers/layout.ts'
import { modelParts, type Trained } from '../recipe/trained.ts'
import { type LoggedEvent, lastStepOf, logged, NOT_FINITE } from '../runs/journal.ts'
import type { EndReason, EpochEvent, LoopEvent, TrainEvent } from '../train/events.ts'
import { trainLoop } from '../train/loop.ts'
import { type StartingPoint, type TrainState, usedParameters } from '../train/state.ts'
import type { Steering } from '../train/steering.ts'
import { type Prepared, steered } from './prepare.ts'

/** The result of a finished training. */
export interface TrainedRun {
  readonly trained: Trained
  readonly reason: EndReason
  /** What happened; of the steps, as many as a log keeps. */
  readonly events: readonly TrainEvent[]
}

/** Something that is done with every event before its reader sees it, such as writing it down. */
export type Recorder = (event: LoopEvent, trained: () => Promise<Trained>) => Promise<void>

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly record?: Recorder
  /** What happened before, where this goes on from a checkpoint. */
  readonly past?: readonly LoggedEvent[]
  readonly steering?: Steering
}

/** Runs a prepared training; its events come as they happen, and its result at the end. */
export async function* runTraining(
  prepared: Prepared,
  engine: Engine,
  start: StartingPoint,
  { signal, record, past = [], steering }: RunOptions,
): AsyncGenerator<TrainEvent, TrainedRun, undefined> {
  const loop = trainLoop(prepared.plan, engine, start, { signal, steering })
  const events: LoggedEvent[] = []
  let state: TrainState | undefined
  let made: { of: TrainState; trained: Promise<Trained> } | undefined
  const trained = () => {
    // Every training ends with a checkpoint, and nothing asks before one.
    if (!state) throw new Error('no checkpoint yet')
    if (made?.of !== state)
      made = { of: state, trained: trainedOf(steered(prepared, steering), engine, state) }
    return made.trained
  }
  const tell = async <Event extends LoopEvent>(event: Event): Promise<Event> => {
    if (event.kind === 'checkpoint') state = event.state
    await record?.(event, trained)
    const line = logged(event, prepared.plan.totalSteps)
    if (line) events.push(line)
    return event
  }
  try {
    for (;;) {
      const next = await loop.next()
      if (next.done) return { trained: await trained(), reason: next.value.reason, events }
      yield await tell(next.value)
      if (next.value.kind !== 'epoch' || !isLookedAt(next.value, prepared.plan.totalSteps)) continue
      const { recipe } = steered(prepared, steering)
      const recorded = { recipe, events: [...past, ...events] }
      // A page that trains has time for it until an epoch ends.
      const { freshWarnings } = await import('../runs/diagnosis/diagnose.ts')
      for (const warning of freshWarnings(recorded)) yield await tell(warning)
    }
  } catch (error) {
    // The error reaches whoever trains; the log must hold it for whoever looks at the run later.
    if (events.length > 0 && error instanceof BetavaeError && error.code === NOT_FINITE)
      await tell({ kind: 'warning', code: NOT_FINITE, message: error.seen, step: lastStepOf(events) })
    throw error
  } finally {
    // A reader that leaves early must not leave the engine's memory behind.
    await loop.return(undefined as never)
  }
}

/** Epochs that are each looked at, and the share of all before them that later ones wait for. */
const EACH = 64
const WAITED = 1 / 32

/** Whether a record is diagnosed after an epoch: of many, every few, since a look goes through all before it. */
const isLookedAt = ({ epoch, step }: EpochEvent, totalSteps: number): boolean =>
  epoch <= EACH || step >= totalSteps || epoch % Math.floor(epoch * WAITED) === 0

/** What a state comes to, with everything that says what it means; of a path only the file's name, since models travel. */
export async function trainedOf(
  prepared: Prepared,
  engine: Engine,
  state: TrainState,
  keeping = true,
): Promise<Trained> {
  const { recipe, dataset, plan, layouts } = prepared
  const { example, train } = plan
  const { start, ...training } = recipe.training
  const trained: Trained = {
    recipe: {
      ...recipe,
      data: { ...recipe.data, source: fileNameOf(recipe.data.source) },
      training: { ...training, ...(start === undefined ? {} : { start: fileNameOf(start) }) },
    },
    example,
    data: {
      name: dataset.name,
      trainCount: train.indices.length,
      ...(dataset.columns ? { columns: dataset.columns } : {}),
    },
    values: {
      ...plan.scaling,
      ...allViews(layouts, usedParameters(state)),
      // Whoever wants no codes to sample from still samples from the prior, under some condition.
      ...(await keptConditions(train)),
    },
  }
  return keeping ? withKept(prepared, engine, trained) : trained
}

/**
 * A model with what it keeps of its examples: codes to sample from, and of a table what scores, fills and makes rows.
 */
export async function withKept(
  { plan }: Pick<Prepared, 'plan'>,
  engine: Engine,
  trained: Trained,
): Promise<Trained> {
  const { model, example, train, validation, reader, seed } = plan
  const { values, recipe } = trained
  const request = { count: train.indices.length, read: heldOutReader(reader, train), values, seed }
  const codes = await aggregateCodes(engine, model, example, request)
  const kept = {
    ...trained,
    values: {
      ...values,
      [CODES]: codes,
      ...(await seenColumns(model, request)),
    },
  }
  const { table } = recipe.data
  if (!table) return kept
  const heldOut = { count: validation.indices.length, read: heldOutReader(reader, validation) }
  // Only tables keep this: a page that trains on images never loads what fits it.
  const { keptOfTable } = await import('../infer/tables/keep.ts')
  const purpose = recipe.training.for
  const { ordered } = train.dataset
  const { windows: choice } = recipe.data
  const places = { train: train.indices, heldOut: validation.indices }
  const windows = choice && ordered && { choice, ordered, ...places }
  const keeping = { train: request, heldOut, seed, purpose, windows }
  const more = await keptOfTable(engine, modelParts(kept), table, keeping)
  return { ...kept, values: { ...kept.values, ...more } }
}

/** What was known of the examples whose codes are kept. */
async function keptConditions({ dataset, indices }: Rows): Promise<Feeds> {
  const { condition } = dataset
  if (!condition) return {}
  return { [CONDITIONS]: condition.read(keptExamples(indices.length).map((place) => indices[place])) }
}
