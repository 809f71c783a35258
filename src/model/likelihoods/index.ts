/** Every likelihood. To add one: its file, and one line here or in `rare.ts`. */
import { shelf } from '../../base/late.ts'
import { bernoulli } from './bernoulli.ts'
import { gaussianLikelihood } from './gaussian.ts'
import type { Likelihood } from './likelihood.ts'
import type { rareLikelihoods } from './rare.ts'
import { squaredError } from './squared-error.ts'

/** Those that most models have. */
const usual = [bernoulli, gaussianLikelihood, squaredError] as const

/** One of the house's own, with its name and options in its type. */
export type HouseLikelihood = (typeof usual | typeof rareLikelihoods)[number]

/** Those that are here: the usual ones, and behind them the rare ones once one was named. */
export const allLikelihoods: readonly Likelihood[] = shelf(usual)
