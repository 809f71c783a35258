/** Records of equal size that lie one after another. */
export interface RecordPlace {
  /** Where the first begins, in bytes. */
  readonly start: number
  /** Bytes of one. */
  readonly width: number
}

/** No header of a file that is read in pieces is longer. */
export const OPENING = 2 ** 16

/** The bytes of a file that is read in pieces, because it is too large to be held. */
export interface StoredBytes {
  readonly size: number
  /** The first `length` bytes, or all where there are fewer. */
  opening(length: number): Promise<Uint8Array>
  /** Records by number, packed in the order of `indices`, in memory of their own. */
  records(place: RecordPlace, indices: ArrayLike<number>): Promise<Uint8Array>
}
