import { beforeAll, describe, expect, test } from 'vitest'
import { meanOf } from '../../src/base/math/sums.ts'
import { type Model, open, type TrainedRun, train } from '../../src/inside.node.ts'
import { arrayOf } from '../../src/reproduce/factor-model.ts'
import { exactElbos, learnedVariance, linearDecoder } from '../../src/reproduce/linear-vae.ts'
import { bestLinearModel, linearVae } from '../../src/reproduce/results/linear-vae-ppca.ts'
import { datasetFrom } from './factor-data.ts'
import { largestAngle } from './linear-algebra.ts'
import { PATIENCE } from './linear-model.ts'

/** The ELBO of a linear VAE has the maximum of probabilistic PCA's likelihood. Lucas et al. 2019, "Don't blame the ELBO!". */
describe('a linear VAE with a learned σ', () => {
  const rows = linearVae.rows()
  const wanted = bestLinearModel(rows)
  let run: TrainedRun
  let model: Model
  let elbos: number[]

  beforeAll(async () => {
    const engine = { name: 'native', threads: 1 } as const
    run = await train({ ...linearVae.recipe, engine }, { dataset: datasetFrom(rows) })
    model = await open(run)
    elbos = await exactElbos(run.trained.values, model, rows)
    return () => model.dispose()
  }, PATIENCE)

  test('reaches the likelihood of probabilistic PCA within 1e-3 nats per example', () => {
    const gap = wanted.logLikelihood - meanOf(elbos)
    // A bound on the best likelihood there is can only lie below it, but for rounding.
    expect(gap).toBeGreaterThan(-1e-6)
    expect(gap).toBeLessThan(1e-3)
  })

  test('spans the principal subspace, with the σ² of what lies outside it', () => {
    expect(largestAngle(linearDecoder(run.trained.values).weight, wanted.subspace)).toBeLessThan(0.005)
    expect(Math.abs(learnedVariance(run.trained.values) / wanted.variance - 1)).toBeLessThan(0.01)
  })

  test('reports this ELBO, but for the noise of its draws', async () => {
    const scored = await Promise.all(
      Array.from({ length: 200 }, async (_, seed) =>
        meanOf([...(await model.score(arrayOf(rows), { seed })).elbo!]),
      ),
    )
    const spread = Math.sqrt(meanOf(scored.map((elbo) => (elbo - meanOf(scored)) ** 2)) / (scored.length - 1))
    expect(spread).toBeLessThan(0.01)
    expect(Math.abs(meanOf(scored) - meanOf(elbos))).toBeLessThan(4 * spread)
  })
})
