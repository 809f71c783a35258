/** Places on a slider whose numbers span decades. */

export interface LogScale {
  readonly min: number
  readonly max: number
  /** Whether the leftmost place means 0. */
  readonly zero?: boolean
  /** Numbers that the slider settles on when it is near. */
  readonly marks?: readonly number[]
}

/** Places of a slider: 0 to this. */
export const PLACES = 240

/** Marks this near, in places, are taken for meant. */
const NEAR = 1.2

const shareOf = (value: number, { min, max }: LogScale): number =>
  Math.log(Math.min(max, Math.max(min, value)) / min) / Math.log(max / min)

/** The place of a number. */
export function placeOf(value: number, scale: LogScale): number {
  if (scale.zero && value <= 0) return 0
  const first = scale.zero ? 1 : 0
  return first + shareOf(value, scale) * (PLACES - first)
}

/** The number at a place: a mark where one is near, else two significant digits. */
export function numberAt(place: number, scale: LogScale): number {
  if (scale.zero && place < 1) return 0
  const mark = scale.marks?.find((value) => Math.abs(placeOf(value, scale) - place) <= NEAR)
  if (mark !== undefined) return mark
  const first = scale.zero ? 1 : 0
  const share = (place - first) / (PLACES - first)
  return Number((scale.min * (scale.max / scale.min) ** share).toPrecision(2))
}
