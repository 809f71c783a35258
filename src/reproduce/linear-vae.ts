/** What is known in closed form of a VAE without hidden layers, from its parameters. */
import { type Matrix, matrixOf } from '../base/math/linear-algebra.ts'
import { klToStandardNormal, logNormalizer } from '../base/math/normal.ts'
import { dot, sumOf } from '../base/math/sums.ts'
import type { Feeds } from '../engine/engine.ts'
import type { Model } from '../infer/model.ts'
import { arrayOf } from './factor-model.ts'

/** A decoder without hidden layers: x̂ = weight · z + bias. */
export interface LinearDecoder {
  readonly weight: Matrix
  readonly bias: readonly number[]
}

export const linearDecoder = (values: Feeds): LinearDecoder => ({
  weight: matrixOf(values['decoder.0.weight']),
  bias: matrixOf(values['decoder.0.bias']).flat(),
})

/** σ² that a Gaussian likelihood has learned; log-variances are kept as log σ²/√(1 − (log σ²/20)²). */
export function learnedVariance(values: Feeds): number {
  const raw = values['likelihood.logVariance'].data[0]
  return Math.exp(raw / Math.hypot(1, raw / 20))
}

/** q(z|x) of every row: [rows, latent] each. */
export async function posteriorsOf(
  model: Model,
  rows: Matrix,
): Promise<{ readonly means: Matrix; readonly variances: Matrix }> {
  const { mean, logVariance = mean } = await model.encode(arrayOf(rows))
  return { means: matrixOf(mean), variances: matrixOf(logVariance).map((row) => row.map(Math.exp)) }
}

/** E over q of log p(x|z) − KL of each example, with no draw: E‖x − Wz − b‖² = ‖x − Wμ − b‖² + tr(W·diag(s²)·Wᵀ). */
export async function exactElbos(values: Feeds, model: Model, rows: Matrix): Promise<number[]> {
  const { weight, bias } = linearDecoder(values)
  const { means, variances } = await posteriorsOf(model, rows)
  const noise = learnedVariance(values)
  return rows.map((row, n) => {
    const squares = weight.map(
      (w, i) =>
        (row[i] - dot(w, means[n]) - bias[i]) ** 2 + sumOf(w.map((entry, j) => entry ** 2 * variances[n][j])),
    )
    const kl = sumOf(means[n].map((mean, j) => klToStandardNormal(mean, Math.log(variances[n][j]))))
    return -sumOf(squares) / (2 * noise) - weight.length * logNormalizer(noise) - kl
  })
}
