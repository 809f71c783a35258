import { tornArrow } from '../../readers/arrow-messages.ts'

/** A batch of a column, as the library holds it: where lists begin, or how many values each has. */
interface NestedBatch {
  readonly length: number
  readonly offsets?: ArrayLike<number | bigint>
  readonly sizes?: ArrayLike<number | bigint>
  readonly stride?: number
  readonly children?: readonly NestedBatch[]
}

/** Views of lists may show a value more than once; in all no more often than this, and a few. */
const MOST_SHOWN = 16
const FEW = 2 ** 16

/** Where the lists of a batch lie, one after another. */
function placesOf({ length, offsets, sizes, stride = 0 }: NestedBatch): (row: number) => [number, number] {
  if (!offsets) return (row) => [row * stride, (row + 1) * stride]
  if (offsets.length < (sizes ? length : length + 1)) tornArrow(`${length} lists of fewer places`)
  const end = (row: number) => (sizes ? Number(offsets[row]) + Number(sizes[row]) : Number(offsets[row + 1]))
  return (row) => [Number(offsets[row]), end(row)]
}

/** Error: `arrow/torn` where a list is said to have values that are not there, of which there could be any number. */
export function checkLists(batch: NestedBatch): void {
  const { length, children = [] } = batch
  for (const child of children) checkLists(child)
  const [values] = children
  if (!values || !(batch.offsets || batch.stride)) return
  const places = placesOf(batch)
  let shown = 0
  for (let row = 0; row < length; row++) {
    const [from, to] = places(row)
    if (!(from >= 0 && from <= to && to <= values.length)) tornArrow(`a list of values ${from} to ${to}`)
    shown += to - from
  }
  if (shown > MOST_SHOWN * values.length + FEW) tornArrow(`${shown} values in lists of ${values.length}`)
}
