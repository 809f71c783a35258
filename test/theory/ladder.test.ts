/** A two-level hierarchy without hidden layers: what its bound leaves of the evidence after training. */
import { expect, test } from 'vitest'
import { cholesky, halfLogDeterminant, solveLower } from '../../src/base/math/cholesky.ts'
import { type Matrix, matrixOf } from '../../src/base/math/linear-algebra.ts'
import { LOG_TWO_PI } from '../../src/base/math/normal.ts'
import { dot, meanOf } from '../../src/base/math/sums.ts'
import { evaluate, open, type TrainedRun } from '../../src/inside.node.ts'
import { arrayOf, normals, rounded } from '../../src/reproduce/factor-model.ts'
import { datasetFrom } from './factor-data.ts'
import { PATIENCE, trainLinear } from './linear-model.ts'

const [ROWS, SIZE, SIGMA, STEPS] = [200, 5, 0.4, 1500]

/** z₁ of three numbers moves with z₂, and each row with z₁. */
function hierarchy(): Matrix {
  const [upper, lower, noise] = [1, 3, SIZE].map((size, i) => normals(ROWS, size, i + 1))
  const lengths = [2, 1.5, 1]
  const slopes = [1, -0.8, 0.6]
  return rounded(
    noise.map((row, n) =>
      row.map((off, i) => {
        const own = lengths[i] ? lengths[i] * (slopes[i] * upper[n][0] + 0.6 * lower[n][i]) : 0
        return own + 0.5 * i + SIGMA * off
      }),
    ),
  )
}

const bounded = (raw: number): number => raw / Math.hypot(1, raw / 20)

/** log p(x) of every row by quadrature over z₂; given that, a row is Gaussian. */
function evidences({ trained: { values } }: TrainedRun, rows: Matrix): number[] {
  const [weight, bias] = ['decoder.0.weight', 'decoder.0.bias'].map((name) => matrixOf(values[name]))
  const of = (name: string) => [...values[`decoder.lower.${name}`].data]
  const [NODES, END] = [401, 7]
  const nodes = Array.from({ length: NODES }, (_, k) => {
    const z = -END + (2 * END * k) / (NODES - 1)
    const mean = of('mean.weight').map((slope, j) => slope * z + of('mean.bias')[j])
    const logVariance = of('logVariance.weight').map((slope, j) =>
      bounded(slope * z + of('logVariance.bias')[j]),
    )
    const center = weight.map((w, i) => dot(w, mean) + bias.flat()[i])
    const covariance = weight.flatMap((a, i) =>
      weight.map(
        (b, j) =>
          a.reduce((sum, value, d) => sum + value * b[d] * Math.exp(logVariance[d]), 0) +
          (i === j ? SIGMA ** 2 : 0),
      ),
    )
    const factor = cholesky(Float64Array.from(covariance), SIZE)
    const log = -0.5 * (z ** 2 + LOG_TWO_PI) + Math.log((2 * END) / (NODES - 1))
    return { center, factor, log: log - halfLogDeterminant(factor, SIZE) - (SIZE / 2) * LOG_TWO_PI }
  })
  return rows.map((row) => {
    const logs = nodes.map(({ center, factor, log }) => {
      const white = Float64Array.from(row, (x, i) => x - center[i])
      solveLower(factor, SIZE, white)
      return log - 0.5 * dot(white, white)
    })
    const most = Math.max(...logs)
    return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0))
  })
}

test(
  'the ELBO is below the evidence by hundredths of a nat, and importance weights close the gap',
  async () => {
    const rows = hierarchy()
    const run = await trainLinear(rows, {
      model: {
        latent: { name: 'ladder', size: 4, top: 1, hidden: [], draws: 4 },
        likelihood: { name: 'gaussian', sigma: SIGMA },
      },
      objective: { name: 'vae' },
      training: { steps: STEPS, learningRate: `cosine(0.03, 0, ${STEPS})`, seed: 1 },
    })
    const truth = meanOf(evidences(run, rows))
    using model = await open(run)
    const seeds = Array.from({ length: 200 }, (_, seed) => model.score(arrayOf(rows), { seed }))
    const elbos = (await Promise.all(seeds)).map(({ elbo }) => meanOf([...elbo!]))
    const { nll, levels } = await evaluate(model, datasetFrom(rows), { split: 'train', nll: 100 })
    expect(meanOf(elbos)).toBeLessThan(truth + 0.005)
    expect(meanOf(elbos)).toBeGreaterThan(truth - 0.05)
    expect(Math.abs(nll!.estimate + truth)).toBeLessThan(0.005)
    expect(levels!.every(({ kl }) => kl > 0.3)).toBe(true)
  },
  PATIENCE,
)
