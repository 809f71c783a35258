/** An adversarial term over codes that stand still, so that its opponent can be trained to the end. */
import * as z from 'zod/mini'
import type { NDArray } from '../base/arrays.ts'
import { fillNormal, streams } from '../base/random.ts'
import type { Engine, Feeds } from '../engine/engine.ts'
import { gradient } from '../graph/gradient.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { newTrace, type Trace } from '../model/trace.ts'
import type { Contest, Term } from '../objective/term.ts'
import { noiseFeeds, termTraceOf } from '../objective/terms/staging.testing.ts'
import { overBatch } from '../objective/trace.ts'
import { checkGradient, type GradientCheck } from './probing.ts'
import type { ToyWorld } from './toy-world.ts'

interface Staged extends Contest {
  readonly trace: Trace
}

/** A term over the program input `codes`. */
export function contestOver<Options>(term: Term<Options>, codes: NDArray, options: object = {}): Staged {
  const trace = newTrace()
  const code = input('codes', codes.shape)
  const own = termTraceOf(trace, { posterior: { code }, draws: 1 })
  const contest = term.loss?.(own, z.parse(term.options, options)) as Contest
  return { ...contest, trace }
}

/** Gradient descent by the opponent alone, noise drawn afresh at every step; gives its parameters. */
export async function trainOpponent(
  { opponent, trace }: Staged,
  engine: Engine,
  start: Feeds,
  { steps, rate }: { readonly steps: number; readonly rate: number },
): Promise<Feeds> {
  const { parameters } = trace
  const slopes = gradient(
    opponent,
    parameters.map(({ tensor }) => tensor),
  )
  const outputs = Object.fromEntries(parameters.map(({ name }, i) => [`d.${name}`, slopes[i]]))
  using executable = await engine.load(program('slopes', outputs))
  const feeds: Record<string, NDArray> = Object.fromEntries(
    Object.entries(start).map(([name, { data, shape }]) => [name, { data: Float32Array.from(data), shape }]),
  )
  for (let step = 0; step < steps; step++) {
    const got = await executable.run({ ...feeds, ...noiseFeeds(trace, step) })
    for (const { name } of parameters) {
      const { data } = feeds[name]
      got[`d.${name}`].data.forEach((slope: number, i: number) => {
        data[i] -= rate * slope
      })
    }
  }
  return feeds
}

/** The mean value that the model would see, and the opponent's loss, over `draws` draws of the noise. */
export async function outcome(
  { value, opponent, trace }: Staged,
  engine: Engine,
  feeds: Feeds,
  draws = 20,
): Promise<{ readonly value: number; readonly opponent: number }> {
  const traced = program('outcome', { value: overBatch(value), opponent })
  using executable = await engine.load(traced)
  const total = { value: 0, opponent: 0 }
  for (let step = 0; step < draws; step++) {
    // Steps that no training has drawn.
    const all: Feeds = { ...feeds, ...noiseFeeds(trace, 1e6 + step) }
    const given = Object.fromEntries(traced.inputs.map(({ name }) => [name, all[name]]))
    const got = await executable.run(given)
    total.value += got.value.data[0] / draws
    total.opponent += got.opponent.data[0] / draws
  }
  return total
}

/** Standard normal codes [rows, latent]. */
export const normalCodes = (rows: number, latent: number, step = 0): NDArray => ({
  data: fillNormal(new Float32Array(rows * latent), { seed: 7, stream: streams.evaluation, step }),
  shape: [rows, latent],
})

/** Finite differences of what each player of the one adversarial term minimizes, by that player's own parameters. */
export async function checkPlayers({ objective, terms, feeds }: ToyWorld): Promise<GradientCheck[]> {
  const [model, opponent] = objective.players
  const both = [
    { loss: objective.terms[terms[0].key], player: model },
    { loss: opponent.loss, player: opponent },
  ]
  const checks: GradientCheck[] = []
  for (const { loss, player } of both) {
    const read = program('loss', { loss }).inputs.map(({ name }) => name)
    const own = player.parameters.filter(({ name }) => read.includes(name))
    const leaves = own.map(({ tensor }) => tensor)
    const given = Object.fromEntries(read.map((name) => [name, feeds[name]]))
    checks.push(
      await checkGradient(
        loss,
        own.map(({ name }) => name),
        leaves,
        given,
      ),
    )
  }
  return checks
}
