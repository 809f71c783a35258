/** Every prior on the code. To add one: its file, and one line here. */
import { mixture } from './mixture.ts'
import type { Prior } from './prior.ts'
import { standard } from './standard.ts'
import { vamp } from './vamp.ts'

export const allPriors: readonly Prior[] = [standard, mixture, vamp]
