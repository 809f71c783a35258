/** Reads the GIFs that tests ask for, as GIF89a describes them: one table of colors, whole frames, drawn one over another. */

export interface ShownGif {
  readonly width: number
  readonly height: number
  readonly endless: boolean
  /** Hundredths of a second. */
  readonly delays: readonly number[]
  /** What is seen at each frame, red, green and blue. */
  readonly frames: readonly Uint8Array[]
}

export function showGif(file: Uint8Array): ShownGif {
  const short = (at: number) => file[at] | (file[at + 1] << 8)
  const [width, height] = [short(6), short(8)]
  const colors = file.subarray(13, 13 + 3 * 256)
  const shown = new Uint8Array(width * height * 3)
  const delays: number[] = []
  const frames: Uint8Array[] = []
  let endless = false
  let skipped = -1
  let at = 13 + 3 * 256
  const block = (): Uint8Array => {
    const parts: number[] = []
    for (; file[at] > 0; at += file[at] + 1) parts.push(...file.subarray(at + 1, at + 1 + file[at]))
    at++
    return Uint8Array.from(parts)
  }
  while (file[at] !== 0x3b) {
    if (file[at] === 0x2c) {
      at += 11
      unpackLzw(block(), width * height).forEach((index, pixel) => {
        if (index !== skipped) shown.set(colors.subarray(3 * index, 3 * index + 3), 3 * pixel)
      })
      frames.push(shown.slice())
      continue
    }
    const kind = file[at + 1]
    at += 2
    const data = block()
    if (kind === 0xf9) {
      delays.push(data[1] | (data[2] << 8))
      skipped = data[0] & 1 ? data[3] : -1
    }
    if (kind === 0xff) endless = data[11] === 1 && data[12] === 0 && data[13] === 0
  }
  return { width, height, endless, delays, frames }
}

/** Codes to bytes, with a list for every code: slow, and like nothing in the encoder. */
export function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const out: number[] = []
  let table: number[][] = []
  let bits = 9
  let before: number[] | undefined
  let at = 0
  const reset = () => {
    table = Array.from({ length: 258 }, (_, i) => (i < 256 ? [i] : []))
    bits = 9
    before = undefined
  }
  reset()
  for (;;) {
    let code = 0
    for (let i = 0; i < bits; i++, at++) code |= ((packed[at >> 3] >> (at & 7)) & 1) << i
    if (code === 257) break
    if (code === 256) {
      reset()
      continue
    }
    if (code > table.length || (code === table.length && !before)) throw new Error(`code ${code} out of turn`)
    const entry = table[code] ?? [...(before as number[]), (before as number[])[0]]
    out.push(...entry)
    if (before && table.length < 4096) table.push([...before, entry[0]])
    if (table.length === 2 ** bits && bits < 12) bits++
    before = entry
  }
  if (out.length !== size) throw new Error(`${out.length} pixels for ${size}`)
  return Uint8Array.from(out)
}
