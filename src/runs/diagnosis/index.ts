import { aggregateGap } from './aggregate-gap.ts'
import { collapse } from './collapse.ts'
import { divergence } from './divergence.ts'
import type { Found } from './finding.ts'
import type { History } from './history.ts'
import { diedUnits, idleUnits } from './idle-units.ts'
import { observationNoise } from './observation-noise.ts'
import { overfitting } from './overfitting.ts'

/** Looks for one thing in a run's record; undefined where it is not there, or not known. */
export type Check = (history: History) => Found | undefined

/** Every check, in the order that findings are told. To add one: its file, and one line here. */
export const allChecks: readonly Check[] = [
  divergence,
  collapse,
  diedUnits,
  idleUnits,
  overfitting,
  aggregateGap,
  observationNoise,
]
