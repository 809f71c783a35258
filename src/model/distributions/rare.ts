/** Those that few models have, loaded when one is named. To add one: its file, and one line here. */
import { binary } from './binary.ts'
import { categorical } from './categorical.ts'
import { flow } from './flow.ts'
import { fsq } from './fsq.ts'
import { hamiltonian } from './hamiltonian.ts'
import { householder } from './householder.ts'
import { joint } from './joint.ts'
import { ladder } from './ladder.ts'
import { laplace } from './laplace.ts'
import { planar } from './planar.ts'
import { radial } from './radial.ts'
import { studentT } from './student-t.ts'
import { vonMisesFisher } from './von-mises-fisher.ts'
import { vq } from './vq.ts'
import { wrappedNormal } from './wrapped-normal.ts'

export const rareLatents = [
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
  vq,
  ladder,
  hamiltonian,
] as const
