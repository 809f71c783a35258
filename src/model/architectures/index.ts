/**
 * Every architecture. To add one: its file, and one line here or in `rare.ts`. Options without a name go to the first that has
 * them.
 */
import { shelf } from '../../base/late.ts'
import type { Architecture } from './architecture.ts'
import { burgess } from './burgess.ts'
import { conv } from './conv.ts'
import { mlp } from './mlp.ts'
import type { rareArchitectures } from './rare.ts'
import { resnet } from './resnet.ts'

/** Those that most models have. */
const usual = [mlp, conv, resnet, burgess] as const

/** One of the house's own, with its name and options in its type. */
export type HouseArchitecture = (typeof usual | typeof rareArchitectures)[number]

/** Those that are here: the usual ones, and behind them the rare ones once one was named. */
export const allArchitectures: readonly Architecture[] = shelf<Architecture>(usual)
