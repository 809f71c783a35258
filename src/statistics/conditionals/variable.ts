/** A column as trees see it: a whole number for each row. */
export interface Variable {
  /** From 0 to below `size`, −1 where a row has no value [rows]. */
  readonly codes: Int16Array
  readonly size: number
  /** Whether codes that lie next to each other stand for values that do. */
  readonly isOrdered: boolean
}
