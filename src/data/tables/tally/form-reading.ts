import type { NumberForm } from '../forms/index.ts'
import type { Numbers } from './number-tally.ts'

/** A way in which the texts of a column are numbers. */
export interface FormReading {
  readonly form: NumberForm
  readonly numbers: Numbers
  /** How many texts that are no plain numbers it reads. */
  readonly texts: number
}
