import { columnsOf } from '../../base/math/columns.ts'
import { sumOf } from '../../base/math/sums.ts'
import { symmetricEigen } from '../../base/math/symmetric-eigen.ts'
import { centered, innerProducts } from '../../base/math/variance.ts'
import { fixed } from '../format.ts'
import { defineProjection } from './projection.ts'

/** The plane through the mean in which codes vary most; distances in it are distances between codes, or less. */
export const pca = defineProjection({
  name: 'pca',
  summary: 'the two directions in which codes vary most',
  paper: 'Pearson 1901',
  project({ data, shape: [count, latent] }) {
    const columns = columnsOf(Float64Array.from(data), latent).map(centered)
    const covariance = innerProducts(columns).map((entry) => entry / count)
    const { values, vectors } = symmetricEigen(covariance, latent)
    const points = new Float64Array(count * 2)
    for (let row = 0; row < count; row++)
      for (let axis = 0; axis < 2; axis++)
        for (let k = 0; k < latent; k++)
          points[row * 2 + axis] += columns[k][row] * vectors[axis * latent + k]
    const total = sumOf(values)
    const name = (axis: number) =>
      `PC ${axis + 1} · ${fixed(total > 0 ? (100 * values[axis]) / total : 0, 1)} % of variance`
    return { points: { data: points, shape: [count, 2] }, axes: [name(0), name(1)] }
  },
})
