/** One likelihood by itself, by its name. */
import * as z from 'zod/mini'
import { allLikelihoods } from '../model/likelihoods/index.ts'
import type { Likelihood } from '../model/likelihoods/likelihood.ts'
import type { LikelihoodCase } from './traced-density.ts'

export { array, evaluated as evaluate } from './evaluated.ts'
export {
  type LikelihoodCase,
  losses,
  traceDensity,
} from './traced-density.ts'

export const likelihood = (name: string, options: object = {}): LikelihoodCase => {
  const kind = allLikelihoods.find((candidate) => candidate.name === name) as Likelihood
  return { kind, options: z.parse(kind.options, options) }
}
