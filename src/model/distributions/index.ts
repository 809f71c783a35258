/** Every kind of code. To add one: its file, and one line here. */
import { binary } from './binary.ts'
import { categorical } from './categorical.ts'
import { deterministic } from './deterministic.ts'
import { flow } from './flow.ts'
import { fsq } from './fsq.ts'
import { gaussian } from './gaussian.ts'
import { householder } from './householder.ts'
import { joint } from './joint.ts'
import { ladder } from './ladder.ts'
import { laplace } from './laplace.ts'
import type { Latent } from './latent.ts'
import { planar } from './planar.ts'
import { radial } from './radial.ts'
import { studentT } from './student-t.ts'
import { vonMisesFisher } from './von-mises-fisher.ts'
import { wrappedNormal } from './wrapped-normal.ts'

const house = [
  gaussian,
  flow,
  planar,
  radial,
  householder,
  laplace,
  studentT,
  vonMisesFisher,
  wrappedNormal,
  categorical,
  binary,
  joint,
  fsq,
  ladder,
  deterministic,
] as const

/** One of the house's own, with its name and options in its type. */
export type HouseLatent = (typeof house)[number]

export const allLatents: readonly Latent[] = house
