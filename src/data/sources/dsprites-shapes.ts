/** A shape around the origin, y pointing down, at scale 1; one pixel is the unit. */
export interface Outline {
  readonly name: string
  readonly area: number
  /** Whether a point is inside. */
  contains(x: number, y: number): boolean
}

/** No point of a shape lies farther from the origin, so that it fits at every orientation and position. */
export const REACH = 16

const HALF_SIDE = 11

const square: Outline = {
  name: 'square',
  area: (2 * HALF_SIDE) ** 2,
  contains: (x, y) => x >= -HALF_SIDE && x < HALF_SIDE && y >= -HALF_SIDE && y < HALF_SIDE,
}

const LONG = 15.4
const SHORT = 10

const ellipse: Outline = {
  name: 'ellipse',
  area: Math.PI * LONG * SHORT,
  contains: (x, y) => (x * x) / (LONG * LONG) + (y * y) / (SHORT * SHORT) <= 1,
}

/** Side of the square that stands on the heart's tip; a half disc sits on each of its upper sides. */
const HEART = 16.5
const LOBE = HEART / 2
/** From the middle of that square up to the heart's centroid: the half discs' first moment over the area. */
const CENTROID = (Math.PI * Math.SQRT1_2 * (HEART / 8) + HEART * (Math.SQRT2 / 12)) / (1 + Math.PI / 4)

const heart: Outline = {
  name: 'heart',
  area: HEART * HEART * (1 + Math.PI / 4),
  contains(x, y) {
    const up = CENTROID - y
    // Along the two upper sides, from the middle of the square.
    const right = (up + x) * Math.SQRT1_2
    const left = (up - x) * Math.SQRT1_2
    return (
      (Math.abs(right) <= LOBE && Math.abs(left) <= LOBE) ||
      right * right + (left - LOBE) * (left - LOBE) <= LOBE * LOBE ||
      (right - LOBE) * (right - LOBE) + left * left <= LOBE * LOBE
    )
  },
}

/** In the order of dSprites. Areas are about equal, and so are the shapes' spans. */
export const outlines: readonly Outline[] = [square, ellipse, heart]
