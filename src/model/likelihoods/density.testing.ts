/** One likelihood by itself, by its name. */
import * as z from 'zod/mini'
import type { LikelihoodCase } from '../../testing/traced-density.ts'
import { allLikelihoods } from './index.ts'
import type { Likelihood } from './likelihood.ts'

export { array, evaluated as evaluate } from '../../testing/evaluated.ts'
export {
  type LikelihoodCase,
  losses,
  traceDensity,
} from '../../testing/traced-density.ts'

export const likelihood = (name: string, options: object = {}): LikelihoodCase => {
  const kind = allLikelihoods.find((candidate) => candidate.name === name) as Likelihood
  return { kind, options: z.parse(kind.options, options) }
}
