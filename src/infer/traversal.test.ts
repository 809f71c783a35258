import { describe, expect, test } from 'vitest'
import { ndarray } from '../base/arrays.ts'
import { referenceEngine } from '../engine/reference.ts'
import { createModel } from './create-model.ts'
import { example, gaussianModel, linearRows, linearValues } from './linear-gaussian.testing.ts'
import { CODES } from './model-parts.ts'
import type { KnownCodes, PriorComponents } from './samplers/sampler.ts'
import { spreadOf } from './samplers/spread.ts'
import { placesAlong, traversalFrame } from './traversal.ts'

const parts = { spec: gaussianModel, example, values: linearValues(), hasPrior: true }
const latent = gaussianModel.latent.size
const one = ndarray(linearRows(1).x.data.slice(0, 4), [1, 4])

describe('the spread of codes', () => {
  const known: Omit<KnownCodes, 'learn'> = { latent: 2, hasPrior: true }

  test('of N(0, I)', () => {
    expect(spreadOf(known, 'prior')).toEqual({
      mean: Float64Array.of(0, 0),
      deviation: Float64Array.of(1, 1),
    })
  })

  test('of a mixture, by hand: 0.25 · N(−2, 0.25) + 0.75 · N(2, 1)', () => {
    const prior: PriorComponents = {
      mean: ndarray(Float64Array.of(-2, 5, 2, 5), [2, 2]),
      logVariance: ndarray(Float64Array.of(0.25, 4, 1, 4).map(Math.log), [2, 2]),
      logWeight: ndarray(Float64Array.of(0.25, 0.75).map(Math.log), [2]),
    }
    const { mean, deviation } = spreadOf({ ...known, prior }, 'prior')
    expect(mean[0]).toBeCloseTo(1, 12)
    // 0.25 · (0.25 + 9) + 0.75 · (1 + 1)
    expect(deviation[0] ** 2).toBeCloseTo(3.8125, 12)
    expect([mean[1], deviation[1]].map((value) => Number(value.toFixed(9)))).toEqual([5, 2])
  })

  test('of codes of examples, whatever the prior', () => {
    const codes = ndarray(Float32Array.of(1, 0, 3, 0, 5, 0), [3, 2])
    const { mean, deviation } = spreadOf({ ...known, hasPrior: false, codes }, 'codes')
    expect([...mean]).toEqual([3, 0])
    expect(deviation[0] ** 2).toBeCloseTo(8 / 3, 12)
    expect(deviation[1]).toBe(0)
  })

  test('of a prior that nothing was held to is refused', () => {
    expect(() => spreadOf({ ...known, hasPrior: false }, 'prior')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: the spread of the prior of a model whose codes nothing held to one; wanted a model whose codes were held near a prior. Fix: take that of its codes (--unit codes), or train with --objective vae. [infer/no-prior]]`,
    )
  })
})

describe('the frame of a traversal', () => {
  test('is that of the prior, or of the codes where there is none', async () => {
    using model = await createModel(referenceEngine, parts)
    expect(await traversalFrame(model)).toMatchObject({ unit: 'prior', base: new Float64Array(latent) })
    const codes = ndarray(
      Float32Array.from({ length: 4 * latent }, (_, i) => i),
      [4, latent],
    )
    using free = await createModel(referenceEngine, {
      ...parts,
      hasPrior: false,
      values: { ...linearValues(), [CODES]: codes },
    })
    const frame = await traversalFrame(free)
    expect(frame.unit).toBe('codes')
    expect([...frame.base]).toEqual(Array.from({ length: latent }, (_, d) => 1.5 * latent + d))
    expect(frame.center).toBe(frame.base)
  })

  test('holds the code of an example, and goes as its posterior is wide', async () => {
    using model = await createModel(referenceEngine, parts)
    const { mean, logVariance } = await model.encode(one)
    const held = await traversalFrame(model, { example: one })
    expect([...held.base]).toEqual([...mean.data])
    expect([...held.center]).toEqual(new Array(latent).fill(0))
    const own = await traversalFrame(model, { example: one, unit: 'posterior' })
    const deviation = Math.exp(logVariance!.data[1] / 2)
    expect(placesAlong(own, 1, [-2, 0, 1])).toEqual([-2, 0, 1].map((p) => mean.data[1] + p * deviation))
  })

  test('of a posterior without an example is refused', async () => {
    using model = await createModel(referenceEngine, parts)
    await expect(traversalFrame(model, { unit: 'posterior' })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: steps of a posterior without an example; wanted the posterior N(μ, σ²) of one example. Fix: choose one with --example. [infer/unit]]`,
    )
  })
})
