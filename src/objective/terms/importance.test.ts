import { describe, expect, test } from 'vitest'
import { gradient } from '../../graph/gradient.ts'
import type { Tensor } from '../../graph/tensor.ts'
import {
  average,
  numbersOf,
  numbersUnder,
  overSteps,
  standardErrorsFrom,
  type ToyOptions,
  worldOf,
} from '../../testing/numbers.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'
import type { TermSpec } from '../objective.ts'

const DRAWS = 5

test('beside a sampled kl, both of weight 1, the loss is the K-sample bound', async () => {
  const { objective, model, feeds } = toyWorld({
    draws: DRAWS,
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'importance', weight: 1 },
    ],
  })
  const [{ loss }] = objective.players
  const { loss: got } = await numbersOf({ loss }, feeds)
  const { reconstructionOfDraws, logRatio } = model
  const draws = await numbersOf({ reconstructionOfDraws, logRatio: logRatio! }, feeds)
  const weights = draws.reconstructionOfDraws.map((nll, row) => Math.exp(-nll - draws.logRatio[row]))
  const bounds = [0, 1, 2, 3].map((i) => -Math.log(average(weights.slice(i * DRAWS, (i + 1) * DRAWS))))
  expect(got[0]).toBeCloseTo(average(bounds), 10)
})

test('each example gets tighter by several draws, and by one draw nothing happens', async () => {
  const at = async (draws: number) => {
    const { world, value } = worldOf({ term: 'importance', weight: 1 }, { draws })
    return (await numbersOf({ value }, world.feeds)).value
  }
  const several = await at(DRAWS)
  expect(several).toHaveLength(4)
  for (const tightening of several) expect(tightening).toBeLessThan(-1e-3)
  for (const tightening of await at(1)) expect(Math.abs(tightening)).toBeLessThan(1e-14)
})

describe('bounds by groups of draws', () => {
  const tighteningOf = async (term: TermSpec, draws: number) => {
    const { world, value } = worldOf(term, { draws })
    return (await numbersOf({ value }, world.feeds)).value
  }

  test('on the same draws: IWAE ≥ MIWAE of fewer and of more groups ≥ the ELBO', async () => {
    const of = (groups: number) => tighteningOf({ term: 'importance', weight: 1, groups }, 12)
    const [iwae, few, many, elbo] = await Promise.all([1, 2, 4, 12].map(of))
    for (const [example, tightest] of iwae.entries()) {
      expect(tightest).toBeLessThan(few[example] - 1e-4)
      expect(few[example]).toBeLessThan(many[example] - 1e-4)
      expect(many[example]).toBeLessThan(elbo[example] - 1e-4)
      expect(Math.abs(elbo[example])).toBeLessThan(1e-12)
    }
  })

  test('a weight of 0 is the ELBO, of 1 the bound, and between them it is convex (CIWAE)', async () => {
    const lossAt = async (weight: number) => {
      const sampled = { term: 'kl', weight: 1, estimator: 'sampled' }
      const { objective, model, feeds } = toyWorld({
        draws: DRAWS,
        terms: [sampled, { term: 'importance', weight }],
      })
      const [{ loss }] = objective.players
      const { reconstructionOfDraws, logRatio } = model
      const found = await numbersOf({ loss, reconstructionOfDraws, logRatio: logRatio! }, feeds)
      const logWeights = found.reconstructionOfDraws.map((nll, row) => -nll - found.logRatio[row])
      return { loss: found.loss[0], logWeights }
    }
    const [none, some, all] = [await lossAt(0), await lossAt(0.95), await lossAt(1)]
    const bounds = [0, 1, 2, 3].map((i) =>
      Math.log(average(all.logWeights.slice(i * DRAWS, (i + 1) * DRAWS).map(Math.exp))),
    )
    expect(none.loss).toBeCloseTo(-average(none.logWeights), 10)
    expect(all.loss).toBeCloseTo(-average(bounds), 10)
    expect(some.loss).toBeCloseTo(0.05 * none.loss + 0.95 * all.loss, 6)
  })

  test('groups that do not divide the draws are refused', () => {
    expect(() =>
      worldOf({ term: 'importance', weight: 1, groups: 4 }, { draws: 6 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: term "importance" with 4 groups of 6 draws; wanted groups that divide the draws, so that all have as many. Fix: use --draws 8, or --importance-groups 1. [objective/groups]]`,
    )
  })
})

/** Gradients of all parameters, by name, of what each lowers. */
function slopesOf(term: TermSpec, draws: number, options: ToyOptions = {}) {
  const world = toyWorld({
    ...options,
    draws,
    terms: [{ term: 'kl', weight: 1, estimator: 'sampled' }, term],
  })
  const [{ loss, encoderLoss = loss }] = world.objective.players
  const own = (part: string) => world.parameters.filter((parameter) => parameter.part === part)
  const named = (lowered: Tensor, part: string) =>
    gradient(
      lowered,
      own(part).map(({ tensor }) => tensor),
    ).map((slope, i): [string, Tensor] => [`slope of ${own(part)[i].name}`, slope])
  return {
    world,
    encoder: Object.fromEntries(named(encoderLoss, 'encoder')),
    decoder: Object.fromEntries(named(loss, 'decoder')),
  }
}

test('PIWAE moves the decoder as IWAE does, and the encoder as MIWAE does', async () => {
  const numbers = async ({ world, encoder, decoder }: ReturnType<typeof slopesOf>) => ({
    encoder: await numbersOf(encoder, world.feeds),
    decoder: await numbersOf(decoder, world.feeds),
  })
  const [both, tight, grouped] = await Promise.all(
    [
      { term: 'piwae', weight: 1, groups: 4 },
      { term: 'importance', weight: 1 },
      { term: 'importance', weight: 1, groups: 4 },
    ].map((term) => numbers(slopesOf(term, 12))),
  )
  expect(both.decoder).toEqual(tight.decoder)
  expect(both.encoder).toEqual(grouped.encoder)
  expect(both.encoder).not.toEqual(tight.encoder)
  expect(both.decoder).not.toEqual(grouped.decoder)
})

describe('doubly reparametrized', () => {
  /** Of every entry of the encoder's gradient, its values under other noise. */
  const over = async (estimator: string, prior: ToyOptions['prior']) => {
    const { world, encoder } = slopesOf({ term: 'importance', weight: 1, estimator }, 8, { prior })
    const found = await numbersUnder(encoder, overSteps(world, 200))
    return Object.keys(encoder).flatMap((name) =>
      found[0][name].map((_, at) => found.map((values) => values[name][at])),
    )
  }
  const variance = (values: readonly number[]) => {
    const center = average(values)
    return average(values.map((value) => (value - center) ** 2))
  }
  const total = (slopes: readonly (readonly number[])[]) =>
    slopes.reduce((sum, slope) => sum + variance(slope), 0)

  test.each([
    { name: 'standard', components: undefined },
    { name: 'mixture', components: 3 },
    { name: 'vamp', components: 3 },
  ])('the encoder’s gradient is the same on average (prior $name)', async ({ name, components }) => {
    const prior = components === undefined ? { name } : { name, components }
    const [plain, doubly] = [await over('standard', prior), await over('dreg', prior)]
    plain.forEach((values, i) => {
      // Both see the same noise, so that their difference has less chance in it than either.
      const apart = values.map((value, step) => value - doubly[i][step])
      expect(standardErrorsFrom(0, apart)).toBeLessThan(4.5)
    })
    // A VampPrior's own density falls and rises with the posterior's: apart from it it varies more.
    if (name !== 'vamp') expect(total(doubly)).toBeLessThan(0.8 * total(plain))
  })
})

test('a doubly reparametrized gradient needs a Gaussian posterior', () => {
  const term = { term: 'importance', weight: 1, estimator: 'dreg' }
  expect(() => worldOf(term, { latent: 'iaf', draws: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "importance" over the latent "iaf"; wanted a Gaussian posterior. Fix: use --posterior gaussian, or drop the term. [objective/needs-posterior]]`,
  )
})
