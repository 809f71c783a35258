import { type Draw, fillBits } from '../../../base/random.ts'

/** `size` distinct rows of `count`, or all of them where there are no more; each set is as likely. Floyd 1987. */
export function drawRows(count: number, size: number, draw: Draw): Uint32Array {
  if (size >= count) return Uint32Array.from({ length: count }, (_, row) => row)
  const bits = fillBits(new Uint32Array(size), draw)
  const chosen = new Set<number>()
  bits.forEach((word, i) => {
    const last = count - size + i
    const row = Math.floor((word / 2 ** 32) * (last + 1))
    chosen.add(chosen.has(row) ? last : row)
  })
  return Uint32Array.from(chosen)
}
