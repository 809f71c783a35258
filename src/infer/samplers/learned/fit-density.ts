import * as z from 'zod/mini'
import { type NDArray, takeRows } from '../../../base/arrays.ts'
import { meanOf } from '../../../base/math/sums.ts'
import { permutation, streamOf } from '../../../base/random.ts'
import { nextTurn } from '../../../base/yielding.ts'
import type { Engine, Executable, Feeds } from '../../../engine/engine.ts'
import { mean } from '../../../graph/functions.ts'
import { gradient } from '../../../graph/gradient.ts'
import { input } from '../../../graph/ops/input.ts'
import { type Program, program } from '../../../graph/program.ts'
import type { Tensor } from '../../../graph/tensor.ts'
import { drawNoise, type Noise } from '../../../model/noise.ts'
import type { Parameter } from '../../../model/parameters.ts'
import { newTrace, type Trace } from '../../../model/trace.ts'
import { adamW } from '../../../optimizers/adam.ts'
import { arenaOf } from '../../../optimizers/arena.ts'
import { initialParameters, type Layout, layoutOf } from '../../../optimizers/layout.ts'
import { openUpdate } from '../../../optimizers/update.ts'

/** Part that the parameters of a density belong to, apart from those of the model whose codes it is of. */
export const LEARNED = 'learned'

const BATCH = 200
const UPDATES = 2000
const LEARNING_RATE = 0.01
/** Share of a parameter lost per unit of learning rate: codes are few. */
const WEIGHT_DECAY = 0.3
/** Share of the codes that tell when it is best. */
const HELD_OUT = 0.15
/** Updates between two looks at them. */
const LOOK = 50
const SEED = 0
const STREAM = streamOf('learned density')
/** Keeps what looks draw apart from what updates draw. */
const LOOK_STEP = 2 ** 40
const GRADIENT = 'gradient.'

export interface DensityFit {
  /** Codes of training examples [n, latent]. */
  readonly codes: NDArray
  /** −log p(z) of codes in nats [rows], or a bound; its parameters are declared as the part `LEARNED`. */
  loss(code: Tensor, trace: Trace): Tensor
  /** What else the loss reads, by name. */
  readonly values: Feeds
  readonly updates?: number | undefined
}

export interface FittedDensity {
  /** Its parameters, by name. */
  readonly values: Feeds
  /** Mean loss of the codes that were held out, in nats: at the start, and at every look since. */
  readonly path: readonly number[]
}

/**
 * Fits a density to codes by Adam with decay, at a rate that falls as half a wave of the cosine, and keeps what codes that
 * were held out like best. The result is a function of the codes. What has no parameters is as it is.
 */
export async function fitDensity(engine: Engine, fit: DensityFit): Promise<FittedDensity> {
  const { learned, heldOut } = apart(fit.codes)
  if (tracedLosses(fit, 1).parameters.length === 0) return { values: {}, path: [] }
  const step = traceLoss(fit, Math.min(BATCH, learned.shape[0]))
  const layout = layoutOf(LEARNED, step.parameters, adamW.slots)
  const options = { constants: fit.values, threads: 1 }
  using stepping = await engine.load(step.program, options)
  const look = traceLook(fit, heldOut.shape[0])
  using looking = await engine.load(look.program, options)
  const judge = async (values: Feeds) =>
    meanOf((await looking.run({ ...values, code: heldOut, ...drawn(look.noise, LOOK_STEP) })).losses.data)
  return await descend(
    { ...step, executable: stepping, layout, codes: learned, judge },
    fit.updates ?? UPDATES,
  )
}

/** Codes to learn from, and those that say when to stop: all are both where there are few. */
function apart(codes: NDArray): { readonly learned: NDArray; readonly heldOut: NDArray } {
  const [count] = codes.shape
  const order = permutation(count, { seed: SEED, stream: STREAM, step: 0 })
  const out = Math.floor(count * HELD_OUT)
  if (out === 0) return { learned: codes, heldOut: codes }
  return { learned: takeRows(codes, order.subarray(out)), heldOut: takeRows(codes, order.subarray(0, out)) }
}

interface TracedLoss {
  readonly program: Program
  readonly parameters: readonly Parameter[]
  readonly noise: readonly Noise[]
}

function tracedLosses({ loss, codes }: DensityFit, rows: number) {
  const trace = newTrace()
  const losses = loss(input('code', [rows, codes.shape[1]]), trace)
  return { losses, noise: trace.noise, parameters: trace.parameters.filter(({ part }) => part === LEARNED) }
}

function traceLoss(fit: DensityFit, rows: number): TracedLoss {
  const { losses, parameters, noise } = tracedLosses(fit, rows)
  const slopes = gradient(
    mean(losses),
    parameters.map(({ tensor }) => tensor),
  )
  const outputs = parameters.map(({ name }, i) => [GRADIENT + name, slopes[i]])
  return { program: program('learn', Object.fromEntries(outputs)), parameters, noise }
}

function traceLook(fit: DensityFit, rows: number): Pick<TracedLoss, 'program' | 'noise'> {
  const { losses, noise } = tracedLosses(fit, rows)
  return { program: program('look', { losses }), noise }
}

const drawn = (noise: readonly Noise[], step: number): Feeds =>
  Object.fromEntries(noise.map((own) => [own.name, drawNoise(own, { seed: SEED, step })]))

interface Descent extends TracedLoss {
  readonly executable: Executable
  readonly layout: Layout
  readonly codes: NDArray
  judge(values: Feeds): Promise<number>
}

async function descend(
  { executable, layout, noise, codes, judge }: Descent,
  updates: number,
): Promise<FittedDensity> {
  const arena = arenaOf(layout.size, 2 + adamW.slots.length)
  const [parameters, slopes] = arena.arrays
  parameters.set(initialParameters([layout], SEED)[0])
  const values = layout.views(parameters)
  const gradients = Object.fromEntries(
    Object.entries(layout.views(slopes)).map(([name, view]) => [GRADIENT + name, view]),
  )
  const update = await openUpdate(
    { kind: adamW, options: z.parse(adamW.options, { weightDecay: WEIGHT_DECAY }) },
    arena,
  )
  const path = [await judge(values)]
  let best = parameters.slice()
  for (let done = 0; done < updates; done++) {
    const rate = (LEARNING_RATE * (1 + Math.cos((Math.PI * done) / updates))) / 2
    await executable.run({ ...values, code: batchAt(codes, done), ...drawn(noise, done) }, gradients)
    update.run(done + 1, rate, 1)
    if ((done + 1) % LOOK !== 0 && done + 1 !== updates) continue
    const loss = await judge(values)
    if (loss < Math.min(...path)) best = parameters.slice()
    path.push(loss)
    if (!Number.isFinite(loss)) break
    await nextTurn()
  }
  return { values: layout.views(best), path }
}

/** Codes in a drawn order, each once before any comes back; those that fill no batch wait for the next order. */
function batchAt(codes: NDArray, step: number): NDArray {
  const [count] = codes.shape
  const batch = Math.min(BATCH, count)
  const each = Math.floor(count / batch)
  const pass = Math.floor(step / each)
  const order = permutation(count, { seed: SEED, stream: STREAM, step: 1 + pass })
  const first = (step % each) * batch
  return takeRows(codes, order.subarray(first, first + batch))
}
