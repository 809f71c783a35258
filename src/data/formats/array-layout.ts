import type { NumericArray } from '../../base/arrays.ts'
import { type ConcreteShape, sizeOf } from '../../base/shape.ts'

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

/** Bytes of a file that holds such an array and nothing else. */
export const endOf = ({ shape, start, width }: ArrayLayout): number => start + sizeOf(shape) * width

/** Bytes that it takes in memory, as a file or as numbers. */
export const heldBytes = (layout: ArrayLayout): number =>
  Math.max(endOf(layout), sizeOf(layout.shape) * layout.decode(new Uint8Array()).BYTES_PER_ELEMENT)
