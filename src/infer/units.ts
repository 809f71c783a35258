import { columnMeans } from '../base/math/columns.ts'

/** Variance over examples above which a unit of the code counts as active. Burda et al. 2016, §5.2. */
const ACTIVE_VARIANCE = 0.01

/** Variance over examples of each column of a table of posterior means [n × latent]. */
export function varianceOfMeans(means: Float64Array, latent: number): number[] {
  const centers = columnMeans(means, latent)
  return columnMeans(
    means.map((value, i) => (value - centers[i % latent]) ** 2),
    latent,
  )
}

/** Whether a unit of the code moves with the example: Var_x(E[z_u|x]) > 0.01. Burda et al. 2016, §5.2. */
export const isActive = (variance: number): boolean => variance > ACTIVE_VARIANCE

/** How many units of the code move with the example. */
export const activeUnits = (means: Float64Array, latent: number): number =>
  varianceOfMeans(means, latent).filter(isActive).length
