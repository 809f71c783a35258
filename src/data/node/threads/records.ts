import type { RecordPlace } from '../../stored-bytes.ts'

/** Bytes that are read along rather than passed over: the file system hands out pages, and a call costs more. */
const MOST_GAP = 2 ** 14
/** A stretch is read at once up to this size, a longer record alone. */
const MOST_STRETCH = 2 ** 22

/** Where stretches are read, again and again: as many arrays as there are calls would lie about until collected. */
let room = new Uint8Array(0)

function roomFor(bytes: number): Uint8Array {
  if (room.length < bytes) room = new Uint8Array(bytes)
  return room.subarray(0, bytes)
}

/** Fills `into` with the bytes of a file from `position` on. */
export type ReadInto = (into: Uint8Array, position: number) => void

/**
 * Reads records by number into one array, packed in the order of `indices`, neighbors in one call.
 *
 * Besides what it returns it holds at most 4 MiB, which it keeps.
 */
export function readRecords(
  read: ReadInto,
  { start, width }: RecordPlace,
  indices: ArrayLike<number>,
): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(indices.length * width)
  const order = ascending(indices)
  for (let first = 0; first < order.length; ) {
    const end = stretchEnd(indices, order, first, width)
    const [from, to] = [indices[order[first]], indices[order[end - 1]] + 1]
    // A stretch that is wanted as it lies needs no memory of its own.
    const isPlain = runEnd(indices, order, first, end) === end
    const stretch = isPlain ? outAt(first, end) : roomFor((to - from) * width)
    read(stretch, start + from * width)
    for (let at = first; !isPlain && at < end; ) {
      const next = runEnd(indices, order, at, end)
      const begin = (indices[order[at]] - from) * width
      outAt(at, next).set(stretch.subarray(begin, begin + (next - at) * width))
      at = next
    }
    first = end
  }
  return out

  function outAt(at: number, end: number): Uint8Array {
    return out.subarray(order[at] * width, (order[at] + end - at) * width)
  }
}

/** Places in `indices`, that of the least index first. */
export function ascending(indices: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(indices.length)
  let isSorted = true
  for (let place = 0; place < order.length; place++) {
    order[place] = place
    isSorted &&= place === 0 || indices[place - 1] <= indices[place]
  }
  return isSorted ? order : order.sort((a, b) => indices[a] - indices[b])
}

/** Where in `order` the records end that both lie and are wanted one behind another from `first` on. */
function runEnd(indices: ArrayLike<number>, order: Uint32Array, first: number, end: number): number {
  let at = first + 1
  while (at < end && order[at] === order[at - 1] + 1 && indices[order[at]] === indices[order[at - 1]] + 1)
    at++
  return at
}

/** Where in `order` the records end that are read in one call with the one at `first`. */
function stretchEnd(indices: ArrayLike<number>, order: Uint32Array, first: number, width: number): number {
  const from = indices[order[first]]
  let end = first + 1
  for (; end < order.length; end++) {
    const record = indices[order[end]]
    const gap = (record - indices[order[end - 1]] - 1) * width
    if (gap > MOST_GAP || (record + 1 - from) * width > MOST_STRETCH) break
  }
  return end
}
