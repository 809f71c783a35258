/** Every likelihood. To add one: its file, and one line here. */
import { bernoulli } from './bernoulli.ts'
import { categorical } from './categorical.ts'
import { columnsLikelihood } from './columns.ts'
import { continuousBernoulli } from './continuous-bernoulli.ts'
import { gaussianLikelihood } from './gaussian.ts'
import { laplace } from './laplace.ts'
import type { Likelihood } from './likelihood.ts'
import { poisson } from './poisson.ts'
import { squaredError } from './squared-error.ts'

const house = [
  bernoulli,
  continuousBernoulli,
  gaussianLikelihood,
  squaredError,
  laplace,
  categorical,
  poisson,
  columnsLikelihood,
] as const

/** One of the house's own, with its name and options in its type. */
export type HouseLikelihood = (typeof house)[number]

export const allLikelihoods: readonly Likelihood[] = house
