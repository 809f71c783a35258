/** Every way to make codes after training. To add one: its file, and one line here. */
import { aggregate } from './aggregate.ts'
import { autoregressive } from './autoregressive.ts'
import { gmm } from './gmm.ts'
import { iaf } from './iaf.ts'
import { maf } from './maf.ts'
import { prior } from './prior.ts'
import type { Sampler } from './sampler.ts'
import { twoStage } from './two-stage.ts'
import { uniform } from './uniform.ts'

const house = [prior, gmm, aggregate, maf, iaf, twoStage, autoregressive, uniform] as const

/** One of the house's own, with its name and options in its type. */
export type HouseSampler = (typeof house)[number]

export const allSamplers: readonly Sampler[] = house
