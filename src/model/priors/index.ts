/** Every prior on the code. To add one: its file, and one line here or in `rare.ts`. */
import { shelf } from '../../base/late.ts'
import type { Prior } from './prior.ts'
import type { rarePriors } from './rare.ts'
import { standard } from './standard.ts'

/** Those that most models have. */
const usual = [standard] as const

/** One of the house's own, with its name and options in its type. */
export type HousePrior = (typeof usual | typeof rarePriors)[number]

/** Those that are here: the usual ones, and behind them the rare ones once one was named. */
export const allPriors: readonly Prior[] = shelf(usual)
