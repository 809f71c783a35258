/** A bound on a number of a result. */
export interface Wanted {
  /** Name of the contestant. */
  readonly of: string
  /** `medianMs`, `ratio`, `ofLimit`, or one of its figures. */
  readonly figure: string
  readonly atLeast?: number
  readonly atMost?: number
}
