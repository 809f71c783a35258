import { digits } from './digits.ts'
import { discs } from './discs.ts'
import { dsprites } from './dsprites.ts'
import { mnist } from './mnist.ts'
import type { Source } from './source.ts'

/** Every data set that has a name of its own. */
export const sources: readonly Source[] = [mnist, digits, dsprites, discs]
