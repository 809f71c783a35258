import { describe, expect, test } from 'vitest'
import type { NDArray } from '../base/arrays.ts'
import { fillNormal } from '../base/random.ts'
import { datasetOf } from '../data/dataset.ts'
import { exampleReader } from '../data/examples.ts'
import { referenceEngine } from '../engine/reference.ts'
import { example, gaussianModel, LATENT, linearRows, linearValues } from '../infer/linear-gaussian.testing.ts'
import { CODES } from '../infer/model-parts.ts'
import { completeModel } from '../model/spec.ts'
import { type SampleRequest, sampleFidelity } from './sample-fidelity.ts'

const COUNT = 600
const { rows } = linearRows(COUNT)

const codes = (move: (x: number) => number): NDArray => ({
  data: fillNormal(new Float32Array(200 * LATENT), { seed: 9, stream: 1, step: 0 }).map(move),
  shape: [200, LATENT],
})
const parts = (own: NDArray) => ({
  spec: gaussianModel,
  example,
  values: { ...linearValues(), [CODES]: own },
  hasPrior: true,
})

const judged = (samples: SampleRequest['samples'], changes: Partial<SampleRequest> = {}) =>
  sampleFidelity({
    engine: referenceEngine,
    parts: parts(codes((x) => x)),
    rows,
    reader: exampleReader('none', 0),
    samples,
    seed: 3,
    ...changes,
  })

describe('samples of a model that made the rows', () => {
  test('are as like them as other rows are, and those of codes elsewhere are not', async () => {
    const { count, neighbors, real, samplers } = await judged(['prior', 'aggregate'], {
      parts: parts(codes((x) => x + 30)),
    })
    expect([count, neighbors]).toEqual([COUNT / 2, 5])
    for (const like of [real, samplers.prior]) {
      expect(like.precision).toBeGreaterThan(0.9)
      expect(like.recall).toBeGreaterThan(0.85)
      expect(Math.abs(like.density - 1)).toBeLessThan(0.25)
      expect(like.coverage).toBeGreaterThan(0.85)
    }
    expect(samplers.aggregate).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 })
    expect(real).not.toHaveProperty('frechet')
  })

  test('are the same for the same seed', async () => {
    expect((await judged(['gmm'])).samplers).toEqual((await judged(['gmm'])).samplers)
    expect((await judged(['gmm'])).samplers).not.toEqual((await judged(['gmm'], { seed: 4 })).samplers)
  })

  test('are of the samplers that the model has, where all are asked for: without codes that is the prior', async () => {
    const { [CODES]: _, ...values } = parts(codes((x) => x)).values
    const { samplers } = await judged('all', { parts: { ...parts(codes((x) => x)), values } })
    expect(Object.keys(samplers)).toEqual(['prior'])
  })

  test('one that it has not is refused by name', async () => {
    const request = judged(['prior'], { parts: { ...parts(codes((x) => x)), hasPrior: false } })
    await expect(request).rejects.toMatchObject({ code: 'infer/no-prior' })
    await expect(judged(['nothing'])).rejects.toMatchObject({ code: 'infer/sampler' })
  })
})

describe('images', () => {
  const shape = [1, 2, 2]
  const spec = completeModel(
    {
      architecture: { name: 'mlp', hidden: [] },
      latent: { name: 'gaussian', size: LATENT, draws: 1 },
      prior: { name: 'standard' },
      likelihood: { name: 'gaussian', sigma: 0.5 },
    },
    shape,
  )
  const pictures = {
    ...rows,
    dataset: datasetOf({ data: linearRows(COUNT).x.data, shape: [COUNT, ...shape] }, { name: 'own' }),
  }

  test('have a Fréchet distance between what the encoder makes of them, near 0 of what is real', async () => {
    const own = { ...parts(codes((x) => x + 30)), spec, example: { ...example, shape } }
    const { real, samplers } = await judged(['prior', 'aggregate'], { parts: own, rows: pictures })
    expect(real.frechet).toBeLessThan(0.1)
    // Centers of p(x|z) lack its noise, of variance 0.25 in each of 4 pixels.
    expect(samplers.prior.frechet).toBeLessThan(1.2)
    // Two pixels are 60 and 30 brighter.
    expect(Math.abs((samplers.aggregate.frechet ?? 0) / (60 ** 2 + 30 ** 2) - 1)).toBeLessThan(0.1)
  })
})

test('few examples, and rows of a table, are refused', async () => {
  const few = { ...rows, indices: rows.indices.slice(0, 11) }
  await expect(judged(['prior'], { rows: few })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: samples beside 11 examples; wanted at least 12 examples. Fix: evaluate a split with more examples. [evaluate/few-examples]]`,
  )
  const columns = { ...gaussianModel, likelihood: { name: 'columns' } }
  const table = { ...parts(codes((x) => x)), spec: columns }
  await expect(judged(['prior'], { parts: table })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: samples of a model of a table; wanted a model of images or of plain numbers. Fix: leave --samples out; betavae synthesize RUN tells how like the real rows its rows are. [evaluate/samples-of-table]]`,
  )
})
