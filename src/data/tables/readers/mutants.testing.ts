/** What files look like that were torn, or never whole. */
const ODD: readonly (readonly number[])[] = [
  [0],
  [0, 0, 0, 0],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0x22],
  [0x22, 0x22, 0x22],
  [0x0d],
  [0x0a],
  [0x2c],
  [0xc3],
  [0xff, 0xff, 0xff, 0x7f],
  [0x5b],
  [0x7b, 0x7d],
  Array(3000).fill(0x61),
]

/** Bytes that are wrong in one to four places: changed, cut off, doubled, or with something odd between them. */
export function mutated(seedling: Uint8Array, roll: (below: number) => number): Uint8Array {
  let bytes = [...seedling]
  for (let times = 1 + roll(4); times > 0; times--) {
    const at = roll(bytes.length + 1)
    const kind = roll(6)
    if (kind === 0 && at < bytes.length) bytes[at] ^= 1 << roll(8)
    else if (kind === 1 && at < bytes.length) bytes[at] = roll(256)
    else if (kind === 2) bytes = bytes.slice(0, at)
    else if (kind === 3) bytes.splice(at, 1 + roll(9))
    else if (kind === 4) bytes.splice(at, 0, ...ODD[roll(ODD.length)])
    else bytes.splice(at, 0, ...bytes.slice(at, at + roll(60)))
  }
  return Uint8Array.from(bytes)
}
