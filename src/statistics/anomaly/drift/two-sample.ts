/** What tells two samples apart, and how surely. @inline */
export interface TwoSample {
  /** Between 0 (alike) and 1 (nothing in common). */
  readonly distance: number
  /** Probability of at least this difference between samples of one distribution. */
  readonly pValue: number
}
