import { release } from '../base/arrays.ts'
import { BetavaeError } from '../base/errors.ts'
import { sizeOf } from '../base/shape.ts'
import { nextTurn } from '../base/yielding.ts'
import type { Engine } from '../engine/engine.ts'
import { knobsAt } from '../objective/objective.ts'
import { weightAt } from '../objective/schedule.ts'
import { MODEL } from '../objective/trace.ts'
import { averagesOf, type EpochSums, freshSums, withStep } from './averages.ts'
import type { EndReason, EpochEvent, LoopEvent, StepEvent, WeightEvent } from './events.ts'
import { type Batch, batchesFor } from './losses.ts'
import { openStep } from './open-step.ts'
import { type Plan, splitDigests } from './plan.ts'
import { type Best, type StartingPoint, type TrainState, usedParameters } from './state.ts'
import { Steering } from './steering.ts'
import type { PlayerState, Step, StepFeeds, StepLosses } from './step.ts'
import { openValidation, type Validation } from './validation.ts'

/** The event loop gets a turn at least this often, so that signals and progress bars stay alive. */
const TURN_MS = 15
/** Checkpoints stand at ends of epochs at least this far apart, and in mid-epoch when none was for long. */
const PACE: Pace = { soonest: 1000, latest: 60_000 }

/** How many milliseconds lie between checkpoints: at ends of epochs at least, anywhere at most. */
export interface Pace {
  readonly soonest: number
  readonly latest: number
}

export interface LoopOptions {
  readonly signal?: AbortSignal
  readonly pace?: Pace
  /** Moves weights and looks at the state while training. */
  readonly steering?: Steering
}

/** What training leaves behind. */
export interface TrainResult {
  readonly reason: EndReason
  /** The last state, from which training could go on. */
  readonly state: TrainState
  /** The parameters to use, of each player: the best ones where validation was watched for them, else the last. */
  readonly parameters: readonly Float32Array[]
}

/** The mutable middle of a training. */
interface Run {
  /** Its terms are those that the next step sees. */
  plan: Plan
  readonly steering: Steering
  readonly step: Step
  readonly validation: Validation
  readonly batchAt: (done: number) => Promise<Batch>
  done: number
  sums: EpochSums
  best: Best | null
  /** Whether there is a checkpoint to go back to. */
  isKept: boolean
}

/**
 * Trains from `start` until the plan ends, patience runs out, or the signal fires; says what happens as it happens.
 *
 * Whichever way it ends, by a throw or by its reader leaving, the engine's memory is released.
 * Errors: `train/not-finite`, naming step and term.
 */
export async function* trainLoop(
  plan: Plan,
  engine: Engine,
  start: StartingPoint,
  options: LoopOptions = {},
): AsyncGenerator<LoopEvent, TrainResult, undefined> {
  const run = await openTraining(plan, engine, start, options.steering ?? new Steering())
  using _step = run.step
  using _validation = run.validation
  using _attached = run.steering.attach(plan.terms, () => snapshot(run))
  const began = performance.now()
  yield startEvent(run, engine)
  if (engine.warning) yield { kind: 'warning', ...engine.warning }
  if (run.done === 0) for (const warning of plan.warnings) yield { kind: 'warning', ...warning }
  const reason = yield* epochs(run, options)
  const state = await run.steering.turn(() => snapshot(run))
  yield { kind: 'checkpoint', step: run.done, state }
  yield {
    kind: 'end',
    reason,
    step: run.done,
    epoch: epochOf(run),
    bestEpoch: run.best?.epoch ?? null,
    seconds: (performance.now() - began) / 1000,
  }
  return { reason, state, parameters: usedParameters(state) }
}

async function openTraining(
  plan: Plan,
  engine: Engine,
  start: StartingPoint,
  steering: Steering,
): Promise<Run> {
  const { step: done, players, sums, best } = start.take()
  const step = await openStep(plan, engine, players)
  players.forEach(releaseOwn)
  try {
    const validation = await openValidation(plan, engine)
    const batchAt = batchesFor(plan, step.noise, engine.normalDraws)
    return { plan, steering, step, validation, batchAt, done, sums, best, isKept: done > 0 }
  } catch (error) {
    step[Symbol.dispose]()
    throw error
  }
}

/** The step has its own copy; what came from a training's arena is left to that. */
function releaseOwn({ parameters, slots }: PlayerState): void {
  for (const array of [parameters, ...slots])
    if (array.byteLength === array.buffer.byteLength) release(array.buffer)
}

/** The epoch that the last update belongs to, counted from 1. */
const epochOf = ({ plan, done }: Run): number => Math.ceil(done / plan.batches.stepsPerEpoch)

async function* epochs(
  run: Run,
  { signal, pace = PACE }: LoopOptions,
): AsyncGenerator<LoopEvent, EndReason, undefined> {
  const { plan, steering } = run
  let turn = performance.now()
  let kept = turn
  let began = turn
  let from = run.done
  if (stale(run)) return 'early-stop'
  while (run.done < plan.totalSteps) {
    if (signal?.aborted) return 'interrupted'
    yield* takeMoves(run)
    const stepped = await steering.turn(() => oneStep(run))
    const told = performance.now()
    yield stepped
    const now = performance.now()
    // Whoever reads may pause the training; its speed is that of its own work.
    began += now - told
    const ended = run.done % plan.batches.stepsPerEpoch === 0 || run.done === plan.totalSteps
    if (ended) {
      const speed = ((run.done - from) * plan.batches.batch * 1000) / (now - began)
      yield await steering.turn(() => endEpoch(run, speed))
      if (stale(run)) return 'early-stop'
      began = performance.now()
      from = run.done
    }
    if (now - kept > (ended ? pace.soonest : pace.latest)) {
      yield { kind: 'checkpoint', step: run.done, state: await steering.turn(() => snapshot(run)) }
      run.isKept = true
      kept = performance.now()
    }
    if (now - turn > TURN_MS) {
      await nextTurn()
      turn = performance.now()
    }
  }
  return 'finished'
}

/** Weights that were moved hold from the next step on; what was best under others says nothing about these. */
function* takeMoves(run: Run): Generator<WeightEvent, void, undefined> {
  const { terms, moves } = run.steering.take(run.plan.terms, run.done)
  if (moves.length === 0) return
  run.plan = { ...run.plan, terms }
  run.best = null
  yield* moves
}

async function oneStep(run: Run): Promise<StepEvent> {
  const { plan, step, done, batchAt } = run
  const feeds: StepFeeds = {
    ...(await batchAt(done)),
    knobs: knobsAt(plan.terms, done),
    count: done + 1,
    learningRates: step.layouts.map(({ player }) => weightAt(plan.players[player].learningRate, done)),
  }
  // While the engine computes, the rows of the next step can be read.
  if (done + 1 < plan.totalSteps) plan.train.dataset.prefetch?.(plan.batches.at(done + 1))
  const losses = await step.run(feeds)
  refuseNonFinite(losses, `step ${done + 1}`, run)
  run.done = done + 1
  run.sums = withStep(run.sums, losses)
  const { kl, reconstruction } = losses
  return {
    kind: 'step',
    step: run.done,
    epoch: epochOf(run),
    ...losses,
    elbo: kl === null ? null : -(reconstruction + kl),
    weights: Object.fromEntries(plan.terms.map(({ key, weight }) => [key, weightAt(weight, done)])),
    learningRate: weightAt(plan.players[MODEL].learningRate, done),
  }
}

/** Stops on the first number that is not one, and says where it came from. */
function refuseNonFinite(losses: StepLosses, when: string, run: Run): void {
  const { loss, reconstruction, kl, terms, opponents = {} } = losses
  if (Number.isFinite(loss) && Object.values(opponents).every(Number.isFinite)) return
  const named = Object.entries({ reconstruction, ...(kl === null ? {} : { kl }), ...terms, ...opponents })
  const culprits = named.filter(([, value]) => !Number.isFinite(value))
  throw notFinite(
    when,
    culprits.map(([name, value]) => `${name} = ${value}`).join(', ') || `loss = ${loss}`,
    run,
  )
}

const notFinite = (when: string, what: string, { isKept }: Run): BetavaeError =>
  new BetavaeError({
    code: 'train/not-finite',
    seen: `${when}: ${what}`,
    wanted: 'finite numbers',
    fix:
      'lower the learning rate, clip gradients (--clip 10), or look for extreme values in the data' +
      (isKept ? '; the last good checkpoint is kept' : ''),
  })

async function endEpoch(run: Run, examplesPerSecond: number): Promise<EpochEvent> {
  const { plan, step, validation } = run
  const epoch = epochOf(run)
  const judged = await validation.judge(await step.values(), run.done - 1, plan.terms)
  if (judged) refuseNonFinite(judged.metrics, `step ${run.done}, validation`, run)
  const isBest = judged && plan.keep === 'best' && judged.goal < (run.best?.loss ?? Number.POSITIVE_INFINITY)
  if (isBest)
    run.best = {
      epoch,
      loss: judged.goal,
      parameters: (await step.snapshot()).map(({ parameters }) => parameters.slice()),
    }
  const event: EpochEvent = {
    kind: 'epoch',
    epoch,
    step: run.done,
    train: averagesOf(run.sums),
    ...(judged ? { validation: judged.metrics } : {}),
    ...(judged?.klPerDimension ? { klPerDimension: judged.klPerDimension } : {}),
    ...(judged ? { activity: judged.activity, activeUnits: judged.activeUnits } : {}),
    examplesPerSecond: Math.round(examplesPerSecond),
    ...(isBest ? { isBest } : {}),
  }
  run.sums = freshSums
  return event
}

/** Whether validation has not improved for as many whole epochs as patience allows. */
const stale = ({ plan: { patience, batches }, best, done }: Run): boolean =>
  patience !== null && best !== null && Math.floor(done / batches.stepsPerEpoch) - best.epoch >= patience

/** Everything a resume needs, as it stands until the next step; refuses to keep parameters that are not numbers. */
async function snapshot(run: Run): Promise<TrainState> {
  const { step, done, sums, best } = run
  const players = await step.snapshot()
  if (!players.every(({ parameters }) => parameters.every(Number.isFinite)))
    throw notFinite(`step ${done}`, 'parameters after the update', run)
  return { step: done, players, sums, best }
}

function startEvent({ plan, step, done }: Run, engine: Engine): LoopEvent {
  const { train, validation } = plan
  return {
    kind: 'start',
    step: done,
    totalSteps: plan.totalSteps,
    stepsPerEpoch: plan.batches.stepsPerEpoch,
    batch: plan.batches.batch,
    parameters: step.layouts[0].size,
    dataSize: sizeOf(plan.example.shape),
    engine: engine.description,
    threads: engine.threads,
    examples: { train: train.indices.length, validation: validation.indices.length },
    rows: splitDigests(plan),
  }
}
