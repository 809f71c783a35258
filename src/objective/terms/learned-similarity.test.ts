import { describe, expect, test } from 'vitest'
import { gradient } from '../../graph/gradient.ts'
import {
  add,
  matmul,
  mean,
  mul,
  neg,
  reshape,
  softplus,
  square,
  sub,
  sumPerExample,
  type Tensor,
  tanh,
} from '../../graph/vocabulary.ts'
import { perDraw } from '../../model/autoencoder.ts'
import type { Parameter } from '../../model/parameters.ts'
import { average, numbersOf } from '../../testing/numbers.testing.ts'
import { checkPlayers } from '../../testing/opponent.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'

const GAMMA = 0.3
const DRAWS = 2
const term = { term: 'learned-similarity', weight: 1, gamma: GAMMA }
const options = { draws: DRAWS, likelihood: { name: 'gaussian', sigma: 0.5 } }
const world = toyWorld({ ...options, terms: [{ term: 'kl', weight: 1 }, term] })
const [model, opponent] = world.objective.players

/** Where a parameter stands in the trace of the terms by themselves. */
const tensorOf = (name: string): Tensor =>
  [...world.traced.parameters, ...world.traced.opponents[0].parameters].find((own) => own.name === name)!
    .tensor

/** The discriminator, written down once more. */
function seen(x: Tensor): { features: Tensor; odds: Tensor } {
  const own = (name: string) => tensorOf(`learned-similarity.${name}`)
  const layer = (h: Tensor, path: string) =>
    add(matmul(h, own(`${path}.weight`), { transposeB: true }), own(`${path}.bias`))
  const features = tanh(layer(x, '0'))
  return { features, odds: reshape(layer(features, 'odds'), [x.shape[0]]) }
}

const prior = world.traced.noise.find(({ name }) => name === 'learned-similarity.prior')!.tensor
const [data, restored, made] = [
  seen(world.model.x),
  seen(world.model.density.center),
  seen(world.model.decode(prior).center),
]
const error = mean(mul(sumPerExample(square(sub(restored.features, perDraw(data.features, DRAWS)))), 0.5))
const givenAway = add(mean(softplus(neg(restored.odds))), mean(softplus(neg(made.odds))))
const ofPart = (part: string) => world.parameters.filter((parameter) => parameter.part === part)

/** How far slopes of what a player lowers are from those of a loss of the terms by themselves, over their size. */
async function apartBy(parameters: readonly Parameter[], lowered: Tensor, wanted: Tensor): Promise<number> {
  const found = gradient(
    lowered,
    parameters.map(({ tensor }) => tensor),
  )
  const sought = gradient(
    wanted,
    parameters.map(({ name }) => tensorOf(name)),
  )
  const of = (slopes: readonly Tensor[]) =>
    numbersOf(Object.fromEntries(slopes.map((slope, i) => [`slope${i}`, slope])), world.feeds)
  const [a, b] = [Object.values(await of(found)).flat(), Object.values(await of(sought)).flat()]
  const size = Math.hypot(...b)
  expect(size).toBeGreaterThan(1e-3)
  return Math.hypot(...a.map((slope, i) => slope - b[i])) / size
}

describe('each player lowers its own loss alone', () => {
  test('the encoder the KL and the error of features', async () => {
    const wanted = add(mean(world.model.kl!), error)
    expect(await apartBy(ofPart('encoder'), model.encoderLoss!, wanted)).toBeLessThan(1e-9)
    const { found, by } = await numbersOf({ found: model.encoderLoss!, by: wanted }, world.feeds)
    expect(found[0]).toBeCloseTo(by[0], 10)
  })

  test('the decoder γ of that error, and what gives its images away', async () => {
    const wanted = add(mul(error, GAMMA), givenAway)
    expect(await apartBy(ofPart('decoder'), model.loss, wanted)).toBeLessThan(1e-9)
  })

  test('the discriminator its surprise at data, and at reconstructions and samples', async () => {
    const fakes = mul(add(mean(softplus(restored.odds)), mean(softplus(made.odds))), 0.5)
    const wanted = mul(add(mean(softplus(neg(data.odds))), fakes), 0.5)
    expect(opponent.parameters.map(({ name }) => name)).toEqual(
      ofPart('learned-similarity').map(({ name }) => name),
    )
    expect(await apartBy(opponent.parameters, opponent.loss, wanted)).toBeLessThan(1e-9)
    expect(model.parameters.some(({ part }) => part === 'learned-similarity')).toBe(false)
  })

  test('slopes are those of differences', async () => {
    for (const { probesVary, worst } of await checkPlayers(toyWorld({ ...options, terms: [term] }))) {
      expect(probesVary).toBe(true)
      expect(worst).toBeLessThan(1e-7)
    }
  })
})

test('a discriminator that knows nothing is surprised by log 2 of each, and sees no error', async () => {
  const blank = Object.fromEntries(
    ofPart('learned-similarity').map(({ name, shape }) => [
      name,
      { data: new Float64Array(shape.reduce((a, b) => a * b, 1)), shape },
    ]),
  )
  const { value, loss, reconstruction } = await numbersOf(
    {
      value: world.traced.values['learned-similarity'],
      loss: opponent.loss,
      reconstruction: world.model.reconstruction,
    },
    { ...world.feeds, ...blank },
  )
  expect(loss[0]).toBeCloseTo(Math.LN2, 12)
  expect(average(value) + average(reconstruction)).toBeCloseTo(2 * Math.LN2, 10)
})

test('its weight goes from the reconstruction to likeness, and no further', () => {
  expect(() =>
    toyWorld({ ...options, terms: [{ ...term, weight: 1.5 }] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: --similarity 1.5; wanted κ ≤ 1. Fix: write for example --similarity 1. [objective/weight-too-great]]`,
  )
})
