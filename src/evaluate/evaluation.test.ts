import { describe, expect, test } from 'vitest'
import { exampleReader } from '../data/examples.ts'
import { nativeEngine } from '../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../engine/reference.ts'
import {
  example,
  gaussianModel,
  LATENT,
  linearModel,
  linearRows,
  linearValues,
  SIZE,
  trueLosses,
} from '../infer/linear-gaussian.testing.ts'
import { completeModel } from '../model/spec.ts'
import { readObjective, type TermSpec } from '../objective/objective.ts'
import { type EvaluationRequest, evaluateRows } from './evaluation.ts'
import type { KlSplit } from './kl-split.ts'
import type { LikelihoodEstimate as Likelihood } from './likelihood.ts'

const COUNT = 40
const { rows, x } = linearRows(COUNT)
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const truth = average(trueLosses(x))

const scored = (terms: TermSpec[]) => ({
  terms: readObjective({ name: 'own', terms }, gaussianModel),
  batch: 16,
  examples: COUNT,
})

const evaluate = (changes: Partial<EvaluationRequest> = {}) =>
  evaluateRows({
    engine: referenceEngine,
    spec: gaussianModel,
    example,
    values: linearValues(),
    scored: scored([{ term: 'kl', weight: 'linear(0, 3, 10)' }]),
    rows,
    reader: exampleReader('none', 0),
    split: 'test',
    hasPrior: true,
    seed: 5,
    ...changes,
  })

const nllOf = async (nll: number, changes: Partial<EvaluationRequest> = {}) =>
  (await evaluate({ nll, ...changes })).nll?.estimate as number

describe('−log p(x) of a linear Gaussian model', () => {
  test('is exact from one draw where the posterior is the true one', async () => {
    expect(await nllOf(1)).toBeCloseTo(truth, 8)
    expect(await nllOf(7)).toBeCloseTo(truth, 8)
  })

  test('falls from the negative ELBO to the truth as draws grow', async () => {
    const off = { values: linearValues({ offset: 0.2, widen: 1.5 }) }
    const gaps = [await nllOf(1, off), await nllOf(10, off), await nllOf(1500, off)].map((nll) => nll - truth)
    expect(gaps[0]).toBeGreaterThan(2 * gaps[1])
    expect(gaps[1]).toBeGreaterThan(0)
    expect(Math.abs(gaps[2])).toBeLessThan(0.01)
  })

  test('adds the constant that squared error leaves out', async () => {
    const spec = linearModel({ name: 'squared-error' })
    const nll = await nllOf(1, { spec, values: linearValues({ variance: 0.5 }) })
    expect(nll).toBeCloseTo(average(trueLosses(x, 0.5)), 8)
  })

  test('a native engine agrees', async () => {
    const off = { values: linearValues({ offset: 0.2, widen: 1.5 }) }
    const native = await nllOf(20, { ...off, engine: await nativeEngine({ threads: 1 }) })
    expect(native).toBeCloseTo(await nllOf(20, off), 4)
  })

  test('has the standard error of the mean over examples', async () => {
    const losses = trueLosses(x)
    const variance = losses.reduce((sum, loss) => sum + (loss - truth) ** 2, 0) / (COUNT - 1)
    const { nll } = await evaluate({ nll: 2 })
    expect(nll?.standardError).toBeCloseTo(Math.sqrt(variance / COUNT), 8)
    expect(nll?.samples).toBe(2)
  })
})

describe('under a posterior that is off', () => {
  const values = linearValues({ offset: 0.2, widen: 1.5 })

  test('−log p(x) is unbiased: seeds scatter about the truth by the error that each states', async () => {
    const off = { values, engine: await nativeEngine({ threads: 1 }) }
    const found = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, seed) => (await evaluate({ ...off, nll: 300, seed })).nll as Likelihood,
      ),
    )
    const scores = found.map(
      ({ estimate, bias, samplingError }) => (estimate - Number(bias) - truth) / Number(samplingError),
    )
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(3.5)
    // The mean of 20 standard normal numbers, and their mean square.
    expect(Math.abs(average(scores))).toBeLessThan(3 / Math.sqrt(20))
    expect(average(scores.map((score) => score ** 2))).toBeGreaterThan(0.3)
    expect(average(scores.map((score) => score ** 2))).toBeLessThan(2.2)
  })

  test('5,000 draws come within their own error', async () => {
    const { nll } = await evaluate({ values, engine: await nativeEngine({ threads: 1 }), nll: 5000 })
    expect(nll?.samples).toBe(5000)
    expect(nll?.samplingError).toBeLessThan(0.005)
    expect(Math.abs(Number(nll?.estimate) - truth)).toBeLessThan(3 * Number(nll?.samplingError))
    expect(nll?.effectiveSamples).toBeGreaterThan(1000)
    expect(nll?.bitsPerDimension).toBeCloseTo(Number(nll?.estimate) / (SIZE * Math.LN2), 12)
  })
})

describe('the KL taken apart', () => {
  test('adds up to the KL', async () => {
    const { klSplit, kl } = await evaluate()
    const { indexCodeMutualInformation, totalCorrelation, dimensionWiseKl } = klSplit as KlSplit
    expect(klSplit?.examples).toBe(COUNT)
    expect(klSplit?.kl).toBeCloseTo(kl as number, 8)
    expect(indexCodeMutualInformation + totalCorrelation + Number(dimensionWiseKl)).toBeCloseTo(
      kl as number,
      8,
    )
  })

  test('comes to the KL at the draws under a learned prior', async () => {
    const prior = { name: 'mixture', components: 2 }
    const spec = completeModel({ ...gaussianModel, prior }, example.shape)
    const values = {
      ...linearValues(),
      'prior.means': { data: new Float64Array(2 * LATENT), shape: [2, LATENT] },
      'prior.logVariances': { data: new Float64Array(2 * LATENT), shape: [2, LATENT] },
      'prior.logits': { data: new Float64Array(2), shape: [2] },
    }
    // Both components are N(0, I), so that the numbers are those of the standard prior but for the draws.
    const { klSplit } = await evaluate({ spec, values })
    const { klSplit: standard, kl } = await evaluate()
    expect(klSplit?.dimensionWiseKl).toBeNull()
    expect(klSplit?.indexCodeMutualInformation).toBeCloseTo(Number(standard?.indexCodeMutualInformation), 1)
    expect(Math.abs(Number(klSplit?.kl) - Number(kl))).toBeLessThan(0.1)
  })
})

describe('an evaluation', () => {
  test('has the fields of the contract, and adds up', async () => {
    const found = await evaluate({ nll: 2 })
    expect(Object.keys(found)).toEqual([
      'split',
      'count',
      'loss',
      'reconstruction',
      'kl',
      'elbo',
      'bitsPerDimension',
      'activeUnits',
      'units',
      'klPerDimension',
      'klSplit',
      'nll',
    ])
    const { loss, reconstruction, kl, elbo, klPerDimension } = found
    expect([found.split, found.count, klPerDimension?.length]).toEqual(['test', COUNT, LATENT])
    expect(loss).toBeCloseTo(reconstruction + 3 * (kl as number), 10)
    expect(elbo).toBeCloseTo(-(reconstruction + (kl as number)), 10)
    expect(found.bitsPerDimension).toBeCloseTo(-(elbo as number) / (SIZE * Math.LN2), 10)
    expect(klPerDimension?.reduce((a, b) => a + b)).toBeCloseTo(kl as number, 10)
    // The decoder is deaf to the last unit, whose true posterior is the prior.
    expect(found.activeUnits).toBe(2)
    expect(found.units.map(({ isActive }) => isActive)).toEqual([true, true, false])
    expect(found.units.map(({ dimension, kl }) => [dimension, kl])).toContainEqual([0, klPerDimension?.[0]])
    expect(klPerDimension?.[2]).toBeCloseTo(0, 10)
  })

  test('bits per dimension count the constant that squared error leaves out', async () => {
    const { elbo, bitsPerDimension } = await evaluate({ spec: linearModel({ name: 'squared-error' }) })
    const whole = -(elbo as number) + (SIZE / 2) * Math.log(Math.PI)
    expect(bitsPerDimension).toBeCloseTo(whole / (SIZE * Math.LN2), 10)
  })

  test('is null where a deterministic latent has nothing to say', async () => {
    const pointed = { ...gaussianModel, latent: { name: 'deterministic', size: LATENT, draws: 1 } }
    const spec = completeModel(pointed, [SIZE])
    const { reconstruction, loss, units, ...rest } = await evaluate({ spec, scored: scored([]) })
    expect(loss).toBe(reconstruction)
    expect(rest).toEqual({
      split: 'test',
      count: COUNT,
      kl: null,
      elbo: null,
      bitsPerDimension: null,
      activeUnits: 2,
      klPerDimension: null,
      klSplit: null,
    })
    // What a code without a posterior says can be told by how it moves alone.
    expect(units.map(({ dimension }) => dimension).at(-1)).toBe(2)
    await expect(evaluate({ spec, scored: scored([]), nll: 5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: importance sampling of a model with a deterministic latent; wanted a model whose codes are drawn from a posterior. Fix: leave --nll out, or train with --objective vae. [infer/no-posterior]]`,
    )
  })

  test('repeats itself', async () => {
    expect(await evaluate({ nll: 4 })).toEqual(await evaluate({ nll: 4 }))
    expect(await evaluate({ seed: 6 })).not.toEqual(await evaluate())
  })

  test('refuses a split without rows', async () => {
    const none = { ...rows, indices: new Uint32Array() }
    await expect(evaluate({ rows: none, split: 'validation' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: split "validation" of 0 rows; wanted at least one row. Fix: evaluate another split, or train with some rows held out (--validation 0.1). [evaluate/no-rows]]`,
    )
  })

  test.each([0, -1, 2.5, Number.NaN])('refuses %d draws', async (nll) => {
    await expect(evaluate({ nll })).rejects.toMatchObject({ code: 'evaluate/nll-samples', usage: true })
  })

  test('says what a count of draws must be', async () => {
    await expect(evaluate({ nll: 2.5 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: --nll 2.5; wanted a whole number of at least 1. Fix: give the number of draws from each posterior, such as 500. [evaluate/nll-samples]]`,
    )
  })
})
