import type { Level } from '../levels.ts'

/** What somebody says of a column besides its kind. */
export interface Told {
  /** Of a column of levels: its levels, of an ordinal one least first. */
  readonly levels?: readonly Level[]
  /** Of dates: which of two numbers is the day. */
  readonly order?: 'dmy' | 'mdy' | 'ymd'
  /** Of numbers: what stands before their decimals. */
  readonly decimals?: 'comma' | 'point'
}
