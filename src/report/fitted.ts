import type { NDArray } from '../base/arrays.ts'
import { priorDraws } from '../infer/model.ts'
import { columnMeans } from '../infer/scoring.ts'

/** Keeps the factorization going where some codes do not vary; a share of the mean variance. */
const JITTER = 1e-6

/**
 * Draws from the Gaussian with the mean and covariance of `codes` [n, latent]: [count, latent].
 *
 * Makes samples of an autoencoder that has no prior. Ghosh et al. 2020, §4.
 */
export function fittedDraws(codes: NDArray, count: number, seed: number): NDArray<Float32Array> {
  const latent = codes.shape[1]
  const mean = columnMeans(codes.data, latent)
  const root = cholesky(covarianceOf(codes, mean), latent)
  const { data, shape } = priorDraws(count, latent, seed)
  const draws = data.map((_, at) => {
    const row = Math.floor(at / latent) * latent
    const column = at % latent
    let sum = mean[column]
    for (let k = 0; k <= column; k++) sum += root[column * latent + k] * data[row + k]
    return sum
  })
  return { data: draws, shape }
}

function covarianceOf({ data, shape: [count, latent] }: NDArray, mean: readonly number[]): Float64Array {
  const covariance = new Float64Array(latent * latent)
  for (let row = 0; row < count; row++)
    for (let i = 0; i < latent; i++) {
      const deviation = (data[row * latent + i] - mean[i]) / count
      for (let j = 0; j <= i; j++)
        covariance[i * latent + j] += deviation * (data[row * latent + j] - mean[j])
    }
  return covariance
}

/** The lower triangle L with LLᵀ = the matrix, whose lower triangle alone is read. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size)
  let trace = 0
  for (let i = 0; i < size; i++) trace += matrix[i * size + i]
  const floor = Math.max((JITTER * trace) / size, Number.MIN_VALUE)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]
      for (let k = 0; k < j; k++) sum -= root[i * size + k] * root[j * size + k]
      root[i * size + j] = i === j ? Math.sqrt(Math.max(sum, floor)) : sum / root[j * size + j]
    }
  return root
}
