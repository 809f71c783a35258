import { expect, test } from 'vitest'
import { takeRows } from '../../base/arrays.ts'
import { broughtBy } from '../../base/parts.ts'
import type { Feeds } from '../../engine/engine.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { createModel } from '../../infer/create-model.ts'
import { importanceWeights } from '../../infer/importance.ts'
import { average, numbersOf, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { chained, everywhere, heavy, logistic } from '../../testing/own-codes.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'

const parts = [logistic, heavy, chained, everywhere]
const world = (latent: string, prior: string, draws = 1) =>
  toyWorld({ latent, prior: { name: prior }, parts, draws })

/** What a trained model keeps of the feeds of a step. */
const valuesOf = ({ x: _, noise: __, ...values }: Feeds): Feeds => values

/** A model with drawn parameters on the reference engine. */
async function modelOf({ spec, example, feeds }: ReturnType<typeof toyWorld>) {
  const model = await createModel(referenceEngine, {
    spec: { ...spec, ...broughtBy(parts) },
    example,
    values: valuesOf(feeds),
    hasPrior: true,
  })
  return { model, rows: feeds.x }
}

test('under a density of its own the KL is told by the draws', async () => {
  const { model, feeds } = world('gaussian', 'heavy')
  const { code, kl, logDensity } = await numbersOf(
    { code: model.posterior.code, kl: model.kl!, logDensity: model.posterior.logDensity! },
    feeds,
  )
  const wanted = logDensity.map((log, row) =>
    [0, 1, 2].reduce((sum, d) => sum + Math.abs(code[3 * row + d]) + Math.LN2, log),
  )
  kl.forEach((nats, row) => {
    expect(nats).toBeCloseTo(wanted[row], 10)
  })
  expect(model.klPerDimension).toBeUndefined()
})

test('a latent knows its own KL to N(0, I), by dimension, which draws bear out', async () => {
  const { model, feeds } = world('logistic', 'standard', 1000)
  const { klPerDimension, kl, logRatio } = await numbersOf(
    { klPerDimension: model.klPerDimension!, kl: model.kl!, logRatio: model.logRatio! },
    feeds,
  )
  expect(kl[0]).toBeCloseTo(
    klPerDimension.slice(0, 3).reduce((a, b) => a + b),
    10,
  )
  kl.forEach((nats, i) => {
    expect(standardErrorsFrom(nats, logRatio.slice(1000 * i, 1000 * (i + 1)))).toBeLessThan(4)
  })
  expect(world('logistic', 'heavy').model.klPerDimension).toBeUndefined()
})

test('a dimension that waits for others has settled after as many passes', async () => {
  const { model } = await modelOf(world('gaussian', 'chained'))
  const { mean, deviation } = await model.spread('prior')
  // Var zᵢ = 1 + 0.81 Var zᵢ₋₁: of 500 draws a deviation is known to 3%.
  const wanted = [1, 1.81, 1 + 0.81 * 1.81].map(Math.sqrt)
  for (const [d, of] of wanted.entries()) {
    expect(Math.abs(mean[d])).toBeLessThan((4 * of) / Math.sqrt(500))
    expect(Math.abs(deviation[d] / of - 1)).toBeLessThan(4 / Math.sqrt(1000))
  }
})

test('a model under such a prior samples, traverses and scores', async () => {
  const { model, rows } = await modelOf(world('logistic', 'heavy'))
  const [once, again] = [await model.sample(4, { seed: 3 }), await model.sample(4, { seed: 3 })]
  expect(once).toEqual(again)
  expect(await model.sample(4, { seed: 4 })).not.toEqual(once)
  const { mean } = await model.spread('prior')
  const base = { data: Float32Array.from(mean), shape: [1, 3] }
  const [middle, through] = [await model.decode(base), await model.traverse(0, [mean[0]])]
  expect(through.data).toEqual(middle.data)
  const { kl } = await model.score(rows)
  expect(kl?.every(Number.isFinite)).toBe(true)
})

test('importance weights are those of the latent’s noise and the prior’s density', async () => {
  const { spec, example, feeds } = world('logistic', 'heavy')
  const read = async (rows: Uint32Array) => ({
    x: { data: takeRows(feeds.x, rows).data, shape: [rows.length, 6] },
  })
  const request = { count: 4, samples: 500, seed: 1, values: valuesOf(feeds), read }
  const found: number[] = []
  for await (const { values } of importanceWeights(referenceEngine, spec, example, request))
    found.push(...values)
  const { model, feeds: own } = world('logistic', 'heavy', 500)
  const { nll, logRatio } = await numbersOf(
    { nll: model.reconstructionOfDraws, logRatio: model.logRatio! },
    own,
  )
  const wanted = nll.map((nats, i) => -nats - logRatio[i])
  expect(Math.abs(average(found) - average(wanted))).toBeLessThan(0.15)
})

test('codes and priors of different spaces are refused, in both directions', () => {
  expect(() => world('gaussian', 'everywhere')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the prior "everywhere" of codes on the unit sphere over the latent "gaussian" of Euclidean codes; wanted a prior of Euclidean codes. Fix: use --prior standard. [model/prior-space]]`,
  )
  const sphere = { ...logistic, name: 'round', space: () => ({ kind: 'sphere' }) as const }
  const round = (prior: string) => () =>
    toyWorld({ latent: 'round', prior: { name: prior }, parts: [sphere, everywhere] })
  expect(round('standard')).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: the prior "standard" of Euclidean codes over the latent "round" of codes on the unit sphere; wanted a prior of codes on the unit sphere. Fix: use --prior uniform-sphere, or --posterior gaussian --prior standard. [model/prior-space]]`,
  )
  expect(round('everywhere')).not.toThrow()
})
