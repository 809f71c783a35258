import type { NumericArray } from '../../base/arrays.ts'
import type { ConcreteShape } from '../../base/shape.ts'

/** How the numbers of one array lie in a file. */
export interface ArrayLayout {
  readonly shape: ConcreteShape
  /** Where in the file the numbers begin, in bytes. */
  readonly start: number
  /** Bytes of one number. */
  readonly width: number
  /** Whether the first axis varies fastest, so that an example's numbers lie apart. */
  readonly isColumnMajor: boolean
  /** The numbers that these bytes of the file hold; into the same memory where its order and alignment allow. */
  decode(bytes: Uint8Array): NumericArray
}
