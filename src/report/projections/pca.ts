import { symmetricEigen } from '../../base/math/symmetric-eigen.ts'
import { columnMeans } from '../../infer/scoring.ts'
import { fixed } from '../format.ts'
import { defineProjection } from './projection.ts'

/** The plane through the mean in which codes vary most; distances in it are distances between codes, or less. */
export const pca = defineProjection({
  name: 'pca',
  summary: 'the two directions in which codes vary most',
  paper: 'Pearson 1901',
  project({ data, shape: [count, latent] }) {
    const means = columnMeans(data, latent)
    const centered = Float64Array.from(data, (value, at) => value - means[at % latent])
    const { values, vectors } = symmetricEigen(covariance(centered, latent), latent)
    const points = new Float64Array(count * 2)
    for (let row = 0; row < count; row++)
      for (let axis = 0; axis < 2; axis++)
        for (let k = 0; k < latent; k++)
          points[row * 2 + axis] += centered[row * latent + k] * vectors[axis * latent + k]
    const total = values.reduce((sum, value) => sum + value)
    const name = (axis: number) =>
      `PC ${axis + 1} · ${fixed(total > 0 ? (100 * values[axis]) / total : 0, 1)} % of variance`
    return { points: { data: points, shape: [count, 2] }, axes: [name(0), name(1)] }
  },
})

/** Covariance [size, size] of centered rows, with divisor n. */
function covariance(centered: Float64Array, size: number): Float64Array {
  const matrix = new Float64Array(size * size)
  for (let start = 0; start < centered.length; start += size)
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) matrix[i * size + j] += centered[start + i] * centered[start + j]
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      matrix[i * size + j] /= centered.length / size
      matrix[j * size + i] = matrix[i * size + j]
    }
  return matrix
}
