/** Something that is allowed but probably not meant. @inline */
export interface Warning {
  /** A stable, greppable name such as `recipe/grey-bernoulli`. */
  readonly code: string
  readonly message: string
}
