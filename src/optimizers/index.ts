/** Every optimizer. To add one: its file, and one line here. */
import { adam, adamW } from './adam.ts'
import type { Optimizer } from './optimizer.ts'
import { sgd } from './sgd.ts'

const house = [adam, adamW, sgd] as const

/** One of the house's own, with its name and options in its type. */
export type HouseOptimizer = (typeof house)[number]

export const allOptimizers: readonly Optimizer[] = house
