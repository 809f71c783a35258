import { beforeAll, describe, expect, test } from 'vitest'
import { type Model, open, type TrainedRun } from '../../src/node.ts'
import { arrayOf, factorRows } from './factor-data.ts'
import { average, covariance, dot, eigen, largestAngle, type Matrix, sum } from './linear-algebra.ts'
import { decoderOf, klOf, PATIENCE, posteriorsOf, trainLinear } from './linear-model.ts'

const LATENT = 3
const STEPS = 1800
const rows = factorRows({ rows: 200, size: 6, lengths: [3, 2, 1.2], sigma: 0.5, offset: 1, seed: 5 })

/** Probabilistic PCA at its maximum of likelihood. Tipping & Bishop 1999, eqs. 7 and 8. */
function probabilisticPca(data: Matrix, latent: number) {
  const { values, vectors } = eigen(covariance(data))
  const variance = average(values.slice(latent))
  const logDeterminant =
    sum(values.slice(0, latent).map(Math.log)) + (values.length - latent) * Math.log(variance)
  return {
    variance,
    subspace: vectors.slice(0, latent),
    /** Per example, in nats. */
    logLikelihood: -0.5 * (values.length * (Math.log(2 * Math.PI) + 1) + logDeterminant),
  }
}

/** σ² that a Gaussian likelihood has learned; log-variances are kept as log σ²/√(1 − (log σ²/20)²). */
function learnedVariance({ trained: { values } }: TrainedRun): number {
  const raw = values['likelihood.logVariance'].data[0]
  return Math.exp(raw / Math.hypot(1, raw / 20))
}

/** E over q of log p(x|z) − KL of each example, with no draw: E‖x − Wz − b‖² = ‖x − Wμ − b‖² + tr(W·diag(s²)·Wᵀ). */
async function exactElbos(run: TrainedRun, model: Model): Promise<number[]> {
  const { weight, bias } = decoderOf(run)
  const { means, variances } = await posteriorsOf(model, rows)
  const noise = learnedVariance(run)
  return rows.map((row, n) => {
    const squares = weight.map(
      (w, i) =>
        (row[i] - dot(w, means[n]) - bias[i]) ** 2 + sum(w.map((entry, j) => entry ** 2 * variances[n][j])),
    )
    const kl = sum(means[n].map((mean, j) => klOf(mean, variances[n][j])))
    return -sum(squares) / (2 * noise) - 0.5 * weight.length * Math.log(2 * Math.PI * noise) - kl
  })
}

/** The ELBO of a linear VAE has the maximum of probabilistic PCA's likelihood. Lucas et al. 2019, "Don't blame the ELBO!". */
describe('a linear VAE with a learned σ', () => {
  const wanted = probabilisticPca(rows, LATENT)
  let run: TrainedRun
  let model: Model
  let elbos: number[]

  beforeAll(async () => {
    run = await trainLinear(rows, {
      model: {
        latent: { name: 'gaussian', size: LATENT, draws: 4 },
        likelihood: { name: 'gaussian', sigma: 'learned' },
      },
      objective: { name: 'vae' },
      training: { steps: STEPS, learningRate: `cosine(0.03, 0, ${STEPS})` },
    })
    model = await open(run)
    elbos = await exactElbos(run, model)
    return () => model.dispose()
  }, PATIENCE)

  test('reaches the likelihood of probabilistic PCA within 1e-3 nats per example', () => {
    const gap = wanted.logLikelihood - average(elbos)
    // A bound on the best likelihood there is can only lie below it, but for rounding.
    expect(gap).toBeGreaterThan(-1e-6)
    expect(gap).toBeLessThan(1e-3)
  })

  test('spans the principal subspace, with the σ² of what lies outside it', () => {
    expect(largestAngle(decoderOf(run).weight, wanted.subspace)).toBeLessThan(0.005)
    expect(Math.abs(learnedVariance(run) / wanted.variance - 1)).toBeLessThan(0.01)
  })

  test('reports this ELBO, but for the noise of its draws', async () => {
    const scored = await Promise.all(
      Array.from({ length: 200 }, async (_, seed) =>
        average([...(await model.score(arrayOf(rows), { seed })).elbo!]),
      ),
    )
    const spread = Math.sqrt(
      average(scored.map((elbo) => (elbo - average(scored)) ** 2)) / (scored.length - 1),
    )
    expect(spread).toBeLessThan(0.01)
    expect(Math.abs(average(scored) - average(elbos))).toBeLessThan(4 * spread)
  })
})
