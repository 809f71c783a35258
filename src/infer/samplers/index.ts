/** Every way to make codes after training. To add one: its file, and one line here. */
import { aggregate } from './aggregate.ts'
import { gmm } from './gmm.ts'
import { prior } from './prior.ts'
import type { Sampler } from './sampler.ts'

export const allSamplers: readonly Sampler[] = [prior, gmm, aggregate]
