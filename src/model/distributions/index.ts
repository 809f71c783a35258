/** Every kind of code. To add one: its file, and one line here or in `rare.ts`. */
import { shelf } from '../../base/late.ts'
import { deterministic } from './deterministic.ts'
import { gaussian } from './gaussian.ts'
import type { Latent } from './latent.ts'
import type { rareLatents } from './rare.ts'

/** Those that most models have. */
const usual = [gaussian, deterministic] as const

/** One of the house's own, with its name and options in its type. */
export type HouseLatent = (typeof usual | typeof rareLatents)[number]

/** Those that are here: the usual ones, and behind them the rare ones once one was named. */
export const allLatents: readonly Latent[] = shelf(usual)
