import type { LatentPlane } from '../../protocol.ts'

type Back = NonNullable<LatentPlane['back']>
type PlanePoint = readonly [x: number, y: number]

/** The code of a place on the map. */
export const onPlane = ({ origin, across, up }: Back, [x, y]: PlanePoint): Float32Array =>
  origin.map((from, d) => from + x * across[d] + y * up[d])

/** The place on the map that is nearest to a code; that of its example where the map cannot be undone. */
export function marking(
  plane: LatentPlane,
  code: Float32Array,
  example: number | undefined,
): PlanePoint | undefined {
  const { back, points, examples } = plane
  if (back && code.length === back.origin.length) {
    const away = code.map((value, d) => value - back.origin[d])
    return solved(back, dot(away, back.across), dot(away, back.up))
  }
  const point = example === undefined ? -1 : examples.indexOf(example)
  return point < 0 ? undefined : [points[2 * point], points[2 * point + 1]]
}

/** Least squares in the two directions, which need not stand square on each other. */
function solved({ across, up }: Back, right: number, above: number): PlanePoint {
  const [aa, bb, ab] = [dot(across, across), dot(up, up), dot(across, up)]
  const determinant = aa * bb - ab * ab
  return [(right * bb - above * ab) / determinant, (above * aa - right * ab) / determinant]
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0)
