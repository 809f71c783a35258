import { expect, test } from 'vitest'
import { fillNormal, streams } from '../base/random.ts'
import { referenceEngine } from '../engine/reference.ts'
import { gradient } from '../graph/gradient.ts'
import { input } from '../graph/ops/input.ts'
import { program } from '../graph/program.ts'
import { toyWorld } from '../testing/toy-world.ts'
import { weightInput } from './inputs.ts'
import { holdsToPrior, readObjective } from './objective.ts'
import { allPresets } from './presets/index.ts'
import { allTerms } from './terms/index.ts'

const scalar = (value: number) => ({ data: Float64Array.of(value), shape: [] })

test('∂loss/∂β equals the KL, which is positive', async () => {
  const { objective, feeds } = toyWorld({ terms: [{ term: 'kl', weight: 4 }] })
  const [{ loss }] = objective.players
  const { kl } = objective
  const beta = input(weightInput('kl'), [])
  // The objective made its own leaf of that name; the derivative is taken by it.
  const leaf = program('loss', { loss }).nodes.find((node) => node.attributes.name === beta.attributes.name)!
  using executable = await referenceEngine.load(
    program('slope', { slope: gradient(loss, [leaf])[0], kl: kl! }),
  )
  const given = Object.fromEntries(Object.entries(feeds).filter(([name]) => !name.startsWith('decoder')))
  const { slope, kl: measured } = await executable.run(given)
  expect(slope.data[0]).toBeCloseTo(measured.data[0], 12)
  expect(measured.data[0]).toBeGreaterThan(0.01)
})

test('the loss is the reconstruction plus the weighted terms, at any weight', async () => {
  const { objective, terms, feeds } = toyWorld({
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'l2', weight: 1 },
      { term: 'l2', weight: 1, part: 'decoder' },
    ],
  })
  const { players, reconstruction, terms: values } = objective
  const [{ loss }] = players
  expect(Object.keys(values)).toEqual(['kl', 'l2', 'l2-2'])
  using executable = await referenceEngine.load(program('sum', { loss, reconstruction, ...values }))
  const weights = [0.3, 0.02, 5]
  const given = Object.fromEntries(terms.map(({ key }, i) => [weightInput(key), scalar(weights[i])]))
  const got = await executable.run({ ...feeds, ...given })
  const sum = terms.reduce(
    (total, { key }, i) => total + weights[i] * got[key].data[0],
    got.reconstruction.data[0],
  )
  expect(got.loss.data[0]).toBeCloseTo(sum, 10)
})

test('the KL to N(0, I) agrees with its average over draws', async () => {
  const { model, feeds } = toyWorld({ batch: 2 })
  const { mean, logVariance } = model.posterior.statistics
  const { klPerDimension } = model
  using executable = await referenceEngine.load(
    program('posterior', { mean, logVariance: logVariance!, kl: klPerDimension! }),
  )
  const encoder = Object.fromEntries(Object.entries(feeds).filter(([name]) => !/decoder|noise/.test(name)))
  const out = await executable.run(encoder)
  const draws = 40_000
  const noise = fillNormal(new Float32Array(draws), { seed: 1, stream: streams.evaluation, step: 5 })
  for (let i = 0; i < out.kl.data.length; i++) {
    const sigma = Math.exp(out.logVariance.data[i] / 2)
    const ratios = Array.from(noise, (e) => {
      const z = out.mean.data[i] + sigma * e
      return -0.5 * e * e - Math.log(sigma) + 0.5 * z * z
    })
    const average = ratios.reduce((a, b) => a + b) / draws
    const error = Math.sqrt(ratios.reduce((a, b) => a + (b - average) ** 2, 0) / draws / draws)
    expect(Math.abs(average - out.kl.data[i])).toBeLessThan(5 * error + 1e-6)
  }
})

test.each(allPresets)(
  'preset $name reads over its own latent',
  ({ name, latent, prior, condition, terms }) => {
    const known = condition?.map((column) => ({ name: column, levels: [0, 1] }))
    const { spec } = toyWorld({ latent, ...(prior && { prior }), ...(known && { condition: known }) })
    expect(readObjective({ name, terms: [...terms] }, spec)).toHaveLength(terms.length)
  },
)

test('codes are held to the prior by a divergence, a kernel or an opponent, unless its weight is 0', () => {
  const { spec } = toyWorld()
  const held = (term: string, weight: number | string) =>
    holdsToPrior({ name: 'own', terms: [{ term, weight }] }, spec)
  for (const term of ['kl', 'capacity', 'mmd', 'adversarial-prior']) {
    expect(held(term, 0.1)).toBe(true)
    expect(held(term, 0)).toBe(false)
  }
  expect(held('kl', 'linear(1, 0, 10)')).toBe(true)
  expect(held('l2', 1)).toBe(false)
})

test('what is ambiguous or impossible is refused with the fix', () => {
  const { spec } = toyWorld()
  const flat = toyWorld({ latent: 'deterministic' }).spec
  const read =
    (terms: { term: string; weight: number | string; part?: string }[], model = spec) =>
    () =>
      readObjective({ name: 'own', terms }, model)
  expect(
    read([
      { term: 'kl', weight: 1 },
      { term: 'kl', weight: 2 },
    ]),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 2 divergences from the prior (kl, kl-2); wanted at most one, so that β has one meaning. Fix: keep one: --objective vae has kl alone. [objective/two-rates]]`,
  )
  expect(
    read([
      { term: 'kl', weight: 1 },
      { term: 'capacity', weight: 20 },
    ]),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 2 divergences from the prior (kl, capacity); wanted at most one, so that β has one meaning. Fix: keep one: --objective vae has kl alone, --objective annealed-vae has capacity alone. [objective/two-rates]]`,
  )
  expect(read([{ term: 'kl', weight: -1 }])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: --beta -1; wanted β ≥ 0. Fix: a negative weight rewards what the term should hold back; use 0 to turn it off. [objective/negative-weight]]`,
  )
  expect(read([{ term: 'kl', weight: 1 }], flat)).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "kl" over the latent "deterministic"; wanted a latent with a posterior. Fix: use --posterior gaussian, or drop the term. [objective/needs-posterior]]`,
  )
  expect(read([{ term: 'kld', weight: 1 }])).toThrow(
    `term "kld"; wanted ${allTerms.map(({ name }) => name).join(', ')}. Fix: name one of those. [choice/unknown-term]`,
  )
  expect(read([{ term: 'l2', weight: 1, part: 'middle' }])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "l2" with {"part":"middle"}; wanted part: one of all, encoder, decoder. Fix: correct the options of the term. [choice/term-options]]`,
  )
})
