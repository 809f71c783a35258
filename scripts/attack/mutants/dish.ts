/** Draws a whole number below another. */
export type Roll = (below: number) => number

/** One reader, what it is fed, and how that is changed so that checksums and lengths still fit. */
export interface Dish {
  readonly name: string
  /** What the mutants are called on disk. */
  readonly file: string
  /** Whole files; `folder` is for what has to be written to be made. */
  seeds(folder: string): readonly Uint8Array[] | Promise<readonly Uint8Array[]>
  /** The file with its parts changed, and put together again with the checksums of what they are now. */
  restructured(seed: Uint8Array, roll: Roll): Uint8Array
  /** Reads a mutant as the product does; `turn` chooses among the ways that it has. */
  read(path: string, turn: number): Promise<void>
}

export const pick = <Item>(roll: Roll, items: readonly Item[]): Item => items[roll(items.length)]

/** Numbers on whose other side something else begins, and some near the one that stands there. */
const EDGES = [
  ...[0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 1000, 32_767, 32_768, 65_535, 65_536, 1_000_000],
  ...[
    2 ** 24,
    2 ** 30,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 33,
    2 ** 40,
    2 ** 52,
    -1,
    -2,
    -128,
    -(2 ** 31),
  ],
]

/** A number in place of another. */
export function oddNumber(roll: Roll, now = 0): number {
  const near = [now + 1, now - 1, now * 2, now * 1000, -now, Math.floor(now / 2), now + 8]
  return pick(roll, roll(2) === 0 ? EDGES : near)
}

/** The list with one to three of its items left out, doubled, swapped or replaced. */
export function rearranged<Item>(items: readonly Item[], roll: Roll, changed: (item: Item) => Item): Item[] {
  const list = [...items]
  for (let times = 1 + roll(3); times > 0 && list.length > 0; times--) {
    const at = roll(list.length)
    const kind = roll(7)
    if (kind === 0) list.splice(at, 1)
    else if (kind === 1) list.splice(at, 0, list[roll(list.length)])
    else if (kind === 2) {
      const other = roll(list.length)
      ;[list[at], list[other]] = [list[other], list[at]]
    } else list[at] = changed(list[at])
  }
  return list
}

/** Bytes one after another, each a number, a text or bytes themselves. */
export function joined(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Uint8Array.of(part)
      return typeof part === 'string' ? Buffer.from(part) : part
    }),
  )
}

/** A number as `width` bytes, however large it is. */
export function numberBytes(value: number, width: 1 | 2 | 4 | 8, isBigEndian = false): Uint8Array {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(Math.trunc(value))))
  const own = bytes.subarray(0, width)
  return isBigEndian ? own.reverse() : own
}

export const little = (value: number, width: 1 | 2 | 4 | 8): Uint8Array => numberBytes(value, width)
export const big = (value: number, width: 1 | 2 | 4 | 8): Uint8Array => numberBytes(value, width, true)
