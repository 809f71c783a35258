/** Every way to fill gaps that is weighed. To add one: its file, and one line here. */
import { chainedTrees } from './chained-trees.ts'
import { columnMeans } from './column-means.ts'
import { gaussians } from './gaussians.ts'
import type { Imputer } from './imputer.ts'

/** The Gaussian whose fill comes first, and whose spread draws have. */
export const jointGaussian = gaussians({
  name: 'gaussian',
  says: 'a joint Gaussian',
  components: 1,
  ofTargets: false,
})

/** Ways to fill gaps, in the order in which they are fitted. */
export const IMPUTERS: readonly Imputer[] = [
  columnMeans,
  jointGaussian,
  gaussians({ name: 'plain', says: 'a joint Gaussian without transforms', components: 1, ofTargets: true }),
  gaussians({ name: 'mixture', says: 'a mixture of 4 Gaussians', components: 4, ofTargets: false }),
  gaussians({ name: 'mixtures', says: 'a mixture of 16 Gaussians', components: 16, ofTargets: false }),
  chainedTrees,
]

/** Those that a moment fits, which tables without gaps get: most gaps of new rows follow from other columns linearly. */
export const QUICK: readonly Imputer[] = IMPUTERS.filter(({ name }) =>
  ['means', 'gaussian', 'plain'].includes(name),
)
