/** Every prior on the code. To add one: its file, and one line here. */
import { autoregressive } from './autoregressive.ts'
import { conditional } from './conditional.ts'
import { joint } from './joint.ts'
import { maf } from './maf.ts'
import { mixture } from './mixture.ts'
import type { Prior } from './prior.ts'
import { standard } from './standard.ts'
import { studentT } from './student-t.ts'
import { uniform } from './uniform.ts'
import { uniformSphere } from './uniform-sphere.ts'
import { vamp } from './vamp.ts'
import { wrappedNormal } from './wrapped-normal.ts'

const house = [
  standard,
  mixture,
  vamp,
  maf,
  studentT,
  conditional,
  uniformSphere,
  wrappedNormal,
  uniform,
  autoregressive,
  joint,
] as const

/** One of the house's own, with its name and options in its type. */
export type HousePrior = (typeof house)[number]

export const allPriors: readonly Prior[] = house
