/** Whatever an objective asks for — opponents, replaced parameters, several draws — goes through the one loop. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { referenceEngine } from '../engine/reference.ts'
import { fittingSize, modelSchema } from '../model/spec.ts'
import type { TermSpec } from '../objective/objective.ts'
import { allPresets } from '../objective/presets/index.ts'
import type { Preset } from '../objective/presets/preset.ts'
import type { Weight } from '../objective/schedule.ts'
import { allTerms } from '../objective/terms/index.ts'
import { readCheckpoint, writeCheckpoint } from '../runs/checkpoint.ts'
import { asResident, distance, type Ran, run } from '../testing/running.testing.ts'
import type { StepEvent, TrainEvent } from './events.ts'
import type { Plan } from './plan.ts'
import { planLayouts } from './plan-layouts.ts'
import type { TrainState } from './state.ts'
import { toyPlan, toyStart } from './toy.testing.ts'

type Scenario = Pick<Preset, 'name' | 'latent' | 'prior' | 'likelihood' | 'condition' | 'terms'>

const kl = { term: 'kl', weight: 1 }
const beside: readonly Scenario[] = [
  {
    name: 'two opponents',
    latent: { name: 'gaussian' },
    terms: [kl, { term: 'adversarial-tc', weight: 2 }, { term: 'adversarial-prior', weight: 1 }],
  },
  {
    name: 'three draws against an opponent, σ following the error',
    latent: { name: 'gaussian', draws: 3 },
    likelihood: { name: 'gaussian', sigma: 'optimal' },
    terms: [kl, { term: 'adversarial-tc', weight: 2 }],
  },
  {
    name: 'three draws under a mixture, σ learned',
    latent: { name: 'gaussian', draws: 3 },
    prior: { name: 'mixture' },
    likelihood: { name: 'gaussian', sigma: 'per-dimension' },
    terms: [kl],
  },
]
const scenarios: readonly Scenario[] = [...allPresets, ...beside]

const hasOpponent = ({ term: name }: TermSpec): boolean =>
  allTerms.some((term) => term.name === name && term.opponent !== undefined)

/** Small discriminators: what is checked does not depend on their size. */
const small = { layers: 1, units: 8, learningRate: 'linear(0.001, 0.01, 10)' }

/** A term with what of that it knows, where it has an opponent. */
function asSmall(own: TermSpec, opponent: object): TermSpec {
  if (!hasOpponent(own)) return own
  const known = z.parse(allTerms.find(({ name }) => name === own.term)!.options, {}) as object
  const said = Object.entries({ ...small, ...opponent }).filter(([name]) => name in known)
  return { ...own, ...Object.fromEntries(said) }
}

function planFor(
  { latent, prior, likelihood, condition, terms }: Omit<Scenario, 'name'>,
  training: Parameters<typeof toyPlan>[0],
  opponent: { readonly learningRate?: Weight } = {},
): Plan {
  return toyPlan({
    ...training,
    model: modelSchema.parse({
      architecture: { name: 'mlp', hidden: [8], activation: 'tanh' },
      latent: { ...latent, size: fittingSize({ latent: { draws: 1, ...latent, size: 2 } }, 2) },
      prior,
      likelihood,
      condition: condition?.map((name) => ({ name, levels: [0, 1, 2] })),
    }),
    terms: terms.map((term) => asSmall(term, opponent)),
  })
}

const stepsOf = ({ events }: Ran): StepEvent[] =>
  events.flatMap((event: TrainEvent) => (event.kind === 'step' ? [event] : []))

/** Through the bytes that a run keeps. */
const kept = (state: TrainState, plan: Plan): TrainState => {
  const layouts = planLayouts(plan)
  return readCheckpoint(writeCheckpoint(state, layouts), layouts)
}

describe.each(scenarios)('$name', (scenario) => {
  test('stopped in mid-epoch and gone on with from a checkpoint, it ends on the same bits', async () => {
    const plan = planFor(scenario, { totalSteps: 14, patience: 100 })
    const whole = await run(plan)
    const first = await run(plan, { stopAt: 7 })
    expect(first.result.reason).toBe('interrupted')
    const second = await run(plan, { start: kept(first.result.state, plan) })
    expect(second.result.state.players).toEqual(whole.result.state.players)
    expect(second.result.state.best).toEqual(whole.result.state.best)
    expect([...stepsOf(first), ...stepsOf(second)]).toEqual(stepsOf(whole))
  })

  test('an update on the host and one in the program are the same', async () => {
    const plan = planFor(scenario, { totalSteps: 6, clipNorm: 0.5 })
    const host = await run(plan, { engine: referenceEngine })
    const resident = await run(plan, { engine: asResident(referenceEngine) })
    expect(distance(resident.result.state, host.result.state)).toBeLessThan(1e-5)
    expect(distance(toyStart(plan), host.result.state)).toBeGreaterThan(1e-3)
  })
})

describe('opponents', () => {
  const adversarial = { latent: { name: 'deterministic' }, terms: [{ term: 'adversarial-prior', weight: 1 }] }

  test('learn at a rate of their own: at 0 they stand still while the model moves', async () => {
    const plan = planFor(adversarial, { totalSteps: 20 }, { learningRate: 0 })
    const start = toyStart(plan)
    const { players } = (await run(plan)).result.state
    expect(players[1].parameters).toEqual(start.players[1].parameters)
    expect(players[0].parameters).not.toEqual(start.players[0].parameters)
  })

  test('lower their own loss by their own parameters alone', async () => {
    const plan = planFor(adversarial, { totalSteps: 100, learningRate: 0 }, { learningRate: 0.02 })
    const ran = await run(plan)
    expect(ran.result.state.players[0].parameters).toEqual(toyStart(plan).players[0].parameters)
    const losses = stepsOf(ran).map(({ opponents }) => opponents!['adversarial-prior'])
    const mean = (some: readonly number[]) => some.reduce((a, b) => a + b) / some.length
    expect(mean(losses.slice(-20))).toBeLessThan(mean(losses.slice(0, 20)) - 0.02)
  })

  test('stand in the state under their own key, after the model', () => {
    expect(planLayouts(planFor(beside[0], {})).map(({ player }) => player)).toEqual([
      'model',
      'adversarial-tc',
      'adversarial-prior',
    ])
  })
})

test('a replaced parameter takes its value from the step, and no optimizer touches it', async () => {
  const plan = planFor({ ...beside[1], terms: [kl] }, { totalSteps: 1 })
  const ran = await run(plan)
  const [layout] = planLayouts(plan)
  const [{ parameters, slots }] = ran.result.state.players
  const logVarianceIn = (arena: Float32Array) => layout.views(arena)['likelihood.logVariance'].data[0]
  const [{ reconstruction }] = stepsOf(ran)
  const entries = plan.example.shape[0]
  // At the first step σ² = 1, so that reconstruction = entries · (error + log 2π) / 2.
  const error = (2 * reconstruction) / entries - Math.log(2 * Math.PI)
  expect(logVarianceIn(parameters)).toBeCloseTo(Math.log(0.9 + 0.1 * error), 5)
  expect(slots.map(logVarianceIn)).toEqual([0, 0])
})
