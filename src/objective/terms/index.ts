/** Every term. To add one: its file, and one line here or in `rare.ts`; gradients, options, schema and ledger follow. */
import { shelf } from '../../base/late.ts'
import type { Term } from '../term.ts'
import { kl } from './kl.ts'
import { l1, l2 } from './parameters.ts'
import type { rareTerms } from './rare.ts'

/** Those that most models have. */
const usual = [kl, l2, l1] as const

/** One of the house's own, with its name and options in its type. */
export type HouseTerm = (typeof usual | typeof rareTerms)[number]

/** Those that are here: the usual ones, and behind them the rare ones once one was named. */
export const allTerms: readonly Term[] = shelf(usual)
