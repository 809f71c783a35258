/** Rows of zeros and ones, held eight to a byte. */
export interface BitRows {
  /** Takes the next values, of any number; false where one is neither 0 nor 1 or there are too many. */
  append(values: Uint8Array): boolean
  isFull(): boolean
  /** Rows `indices` as bytes, one after another. */
  read(indices: ArrayLike<number>): Uint8Array
}

/** Room for `count` rows of `width` values. */
export function bitRows(count: number, width: number): BitRows {
  const size = count * width
  const packed = new Uint8Array(Math.ceil(size / 8))
  let held = 0
  return {
    append(values) {
      if (held + values.length > size) return false
      // Positions go beyond 32 bits: the byte and the bit in it are counted apart.
      if (pack(values, packed, Math.floor(held / 8), held % 8)) return false
      held += values.length
      return true
    },
    isFull: () => held === size,
    read(indices) {
      const rows = new Uint8Array(indices.length * width)
      for (let row = 0; row < indices.length; row++) {
        const begin = indices[row] * width
        unpack(packed, Math.floor(begin / 8), begin % 8, rows.subarray(row * width, (row + 1) * width))
      }
      return rows
    },
  }
}

/** Puts values into bits from `bit` of byte `at` on; true where one is neither 0 nor 1. */
function pack(values: Uint8Array, packed: Uint8Array, at: number, bit: number): boolean {
  let odd = 0
  let byte = packed[at]
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    odd |= value
    byte |= value << bit
    bit = (bit + 1) & 7
    if (bit === 0) {
      packed[at++] = byte
      byte = 0
    }
  }
  if (bit > 0) packed[at] = byte
  return odd > 1
}

function unpack(packed: Uint8Array, at: number, bit: number, values: Uint8Array): void {
  for (let i = 0; i < values.length; i++) {
    values[i] = (packed[at] >> bit) & 1
    bit = (bit + 1) & 7
    if (bit === 0) at++
  }
}
