/** Every optimizer. To add one: its file, and one line here. */
import { adam, adamW } from './adam.ts'
import type { Optimizer } from './optimizer.ts'
import { sgd } from './sgd.ts'

export const allOptimizers: readonly Optimizer[] = [adam, adamW, sgd]
