/** Those that few models have, loaded when one is named. To add one: its file, and one line here. */
import { conditional } from './conditional.ts'
import { joint } from './joint.ts'
import { maf } from './maf.ts'
import { mixture } from './mixture.ts'
import { studentT } from './student-t.ts'
import { uniform } from './uniform.ts'
import { uniformSphere } from './uniform-sphere.ts'
import { vamp } from './vamp.ts'
import { wrappedNormal } from './wrapped-normal.ts'

export const rarePriors = [
  mixture,
  vamp,
  maf,
  studentT,
  conditional,
  uniformSphere,
  wrappedNormal,
  uniform,
  joint,
] as const
