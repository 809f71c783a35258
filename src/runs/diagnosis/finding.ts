/** note: worth knowing; warning: costs something; problem: the model is not what it was meant to be. @inline */
export type Severity = 'note' | 'warning' | 'problem'

/** Something that a run's numbers say about it. @inline */
export interface Finding {
  /** A stable, greppable name such as `diagnosis/posterior-collapse`. */
  readonly code: string
  readonly severity: Severity
  /** What was seen, with the numbers that led to it. */
  readonly said: string
  /** What to do, as options with values. */
  readonly remedy: string
}
