/** A whole number, seven bits a byte. */
export function varint(value: number): number[] {
  const bytes: number[] = []
  for (let left = value; ; left >>>= 7) {
    if (left < 128) return [...bytes, left]
    bytes.push((left & 127) | 128)
  }
}

/** Parquet's run of one number, `width` bits wide. */
export const repeated = (value: number, count: number, width: number): number[] => [
  ...varint(count << 1),
  ...Array.from({ length: Math.ceil(width / 8) }, (_, i) => (value >> (8 * i)) & 255),
]

/** Parquet's run of numbers of `width` bits, eight of them in as many bytes. */
export function packed(values: readonly number[], width: number): number[] {
  const groups = Math.ceil(values.length / 8)
  const bytes = new Array<number>(groups * width).fill(0)
  values.forEach((value, index) => {
    for (let bit = 0; bit < width; bit++) {
      const at = index * width + bit
      bytes[at >> 3] |= ((value >> bit) & 1) << (at & 7)
    }
  })
  return [...varint((groups << 1) | 1), ...bytes]
}
