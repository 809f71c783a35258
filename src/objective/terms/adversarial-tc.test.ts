import { describe, expect, test } from 'vitest'
import type { NDArray } from '../../base/arrays.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { average, numbered, numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import {
  checkPlayers,
  contestOver,
  normalCodes,
  outcome,
  trainOpponent,
} from '../../testing/opponent.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'
import { adversarialTc } from './adversarial-tc.ts'
import { noiseFeeds, parameterFeeds } from './staging.testing.ts'

const native = await nativeEngine({ threads: 1 })

/** Codes whose two dimensions correlate by ρ; their total correlation is −½ log(1 − ρ²). */
function correlated(rho: number, rows = 500): NDArray {
  const { data, shape } = normalCodes(rows, 2)
  for (let i = 0; i < data.length; i += 2)
    data[i + 1] = rho * data[i] + Math.sqrt(1 - rho * rho) * data[i + 1]
  return { data, shape }
}

async function learned(rho: number) {
  const codes = correlated(rho)
  const staged = contestOver(adversarialTc, codes, { layers: 1, units: 16 })
  const start = { ...parameterFeeds(staged.trace), codes }
  const trained = await trainOpponent(staged, native, start, { steps: 400, rate: 0.3 })
  return { before: await outcome(staged, native, start), after: await outcome(staged, native, trained) }
}

describe('the estimate of the total correlation', () => {
  test('is 0 for a discriminator that knows nothing', async () => {
    const codes = correlated(0.9)
    const staged = contestOver(adversarialTc, codes, { layers: 2, units: 4 })
    const blank = { ...parameterFeeds(staged.trace, 0), codes }
    const { value, opponent } = await outcome(staged, referenceEngine, blank, 1)
    expect(value).toBeCloseTo(0, 14)
    expect(opponent).toBeCloseTo(Math.LN2, 14)
  })

  test.each([0.8, 0.6])(
    'comes close to −½ log(1 − ρ²) at ρ = %d as the discriminator learns',
    async (rho) => {
      const truth = -0.5 * Math.log(1 - rho * rho)
      const { before, after } = await learned(rho)
      expect(Math.abs(after.value - truth)).toBeLessThan(0.08)
      expect(after.opponent).toBeLessThan(before.opponent - 0.02)
    },
  )

  test('stays at 0 where dimensions are independent', async () => {
    expect(Math.abs((await learned(0)).after.value)).toBeLessThan(0.02)
  })
})

describe('permuted codes', () => {
  test('come from another example in each dimension', async () => {
    // A linear discriminator with weights 1 and 10 shows which entries meet.
    const codes = numbered([1, 4, 2, 5, 3, 6], 3, 2)
    const staged = contestOver(adversarialTc, codes, { layers: 0 })
    const weights = [numbered([1, 10], 1, 2), numbered([0], 1)]
    const feeds = {
      codes,
      ...Object.fromEntries(staged.trace.parameters.map(({ name }, i) => [name, weights[i]])),
      // Column 0 takes the rows 2, 0, 1 and column 1 the rows 1, 2, 0.
      'term.permutation': { data: Int32Array.of(2, 1, 0, 2, 1, 0), shape: [3, 2] },
    }
    const got = await numbersOf({ value: staged.value, opponent: staged.opponent }, feeds)
    const surprise = (x: number) => Math.log1p(Math.exp(x))
    const [joint, apart] = [
      [41, 52, 63],
      [3 + 50, 1 + 60, 2 + 40],
    ]
    expect(got.value).toEqual(joint)
    const wanted = (average(joint.map((x) => surprise(-x))) + average(apart.map(surprise))) / 2
    expect(got.opponent[0]).toBeCloseTo(wanted, 12)
  })

  test('are drawn anew at every step', async () => {
    const codes = correlated(0.5, 20)
    const staged = contestOver(adversarialTc, codes, { layers: 1, units: 4 })
    const at = async (step: number) => {
      const feeds = { ...parameterFeeds(staged.trace), ...noiseFeeds(staged.trace, step), codes }
      return (await numbersOf({ loss: staged.opponent }, feeds)).loss[0]
    }
    expect(await at(0)).not.toBe(await at(1))
  })
})

describe('on a model', () => {
  const small = { term: 'adversarial-tc', weight: 3, layers: 1, units: 4 }

  test('the value by the model and the loss of the opponent match central differences', async () => {
    const checks = await checkPlayers(toyWorld({ draws: 2, terms: [small] }))
    for (const { probesVary, worst } of checks) {
      expect(probesVary).toBe(true)
      expect(worst).toBeLessThan(1e-7)
    }
  })

  test('the two players move parameters of their own alone', () => {
    const { objective } = toyWorld({ terms: [small] })
    const [model, opponent] = objective.players
    const parts = (player: typeof model) => new Set(player.parameters.map(({ part }) => part))
    expect(parts(model)).toEqual(new Set(['encoder', 'decoder']))
    expect(parts(opponent)).toEqual(new Set(['adversarial-tc']))
  })

  test.each([{ units: 5 }, { layers: 2 }])('%o is another discriminator', async (change) => {
    const at = async (options: object) => {
      const { world, value } = worldOf({ ...small, ...options })
      return average((await numbersOf({ value }, world.feeds)).value)
    }
    expect(Math.abs((await at(change)) - (await at({})))).toBeGreaterThan(1e-3)
  })

  test('its rate reaches whoever trains the opponent', () => {
    const [{ opponent }] = toyWorld({ terms: [{ ...small, learningRate: 'linear(0.01, 0, 10)' }] }).terms
    expect(opponent?.learningRate).toBe('linear(0.01, 0, 10)')
  })

  test('a code that is not drawn has no aggregate posterior to estimate from', () => {
    expect(() => toyWorld({ latent: 'deterministic', terms: [small] })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: term "adversarial-tc" over the latent "deterministic"; wanted a latent with a posterior. Fix: use --posterior gaussian, or drop the term. [objective/needs-posterior]]`,
    )
  })
})
