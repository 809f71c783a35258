/** Where points of a plane stand on a square of the page, and back. */

export interface View {
  /** What is at the middle. */
  readonly center: readonly [x: number, y: number]
  /** From the middle to an edge. */
  readonly reach: readonly [x: number, y: number]
}

export type PlotPoint = readonly [x: number, y: number]

const MARGIN = 1.08
const SMALLEST = 1e-9

/** Everything, with a margin; both axes by themselves, as the axes of a projection are in no common unit. */
export function viewOfAll(points: ArrayLike<number>): View {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < points.length; i++) {
    low[i % 2] = Math.min(low[i % 2], points[i])
    high[i % 2] = Math.max(high[i % 2], points[i])
  }
  if (points.length === 0) return { center: [0, 0], reach: [1, 1] }
  const reach = (axis: number) => (MARGIN * Math.max(high[axis] - low[axis], SMALLEST)) / 2
  return { center: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2], reach: [reach(0), reach(1)] }
}

/** The same place in the view's own terms: −1 to 1 from left to right and from the bottom up. */
export const within = ({ center, reach }: View, [x, y]: PlotPoint): PlotPoint => [
  (x - center[0]) / reach[0],
  (y - center[1]) / reach[1],
]

/** Pixels from the upper left corner. */
export function pixelsOf(view: View, side: number, place: PlotPoint): PlotPoint {
  const [x, y] = within(view, place)
  return [((x + 1) / 2) * side, ((1 - y) / 2) * side]
}

export const placeAt = ({ center, reach }: View, side: number, [right, down]: PlotPoint): PlotPoint => [
  center[0] + ((right / side) * 2 - 1) * reach[0],
  center[1] + (1 - (down / side) * 2) * reach[1],
]

/** Nearer by a factor, what is at `around` staying where it is. */
export function zoomed({ center, reach }: View, factor: number, around: PlotPoint): View {
  const towards = (axis: 0 | 1) => around[axis] + (center[axis] - around[axis]) / factor
  return { center: [towards(0), towards(1)], reach: [reach[0] / factor, reach[1] / factor] }
}

/** The point nearest to a place of the page, if there is one within so many pixels. */
export function nearest(
  points: ArrayLike<number>,
  view: View,
  side: number,
  [right, down]: PlotPoint,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  let found: number | undefined
  let least = most
  for (let i = 0; i < points.length / 2; i++) {
    const [x, y] = pixelsOf(view, side, [points[2 * i], points[2 * i + 1]])
    const away = Math.hypot(x - right, y - down)
    if (away > least) continue
    least = away
    found = i
  }
  return found
}

/** Whether a place lies within a closed line, by how often a ray from it meets that. */
export function encloses(line: readonly PlotPoint[], [x, y]: PlotPoint): boolean {
  let inside = false
  for (let i = 0, before = line.length - 1; i < line.length; before = i++) {
    const [ax, ay] = line[i]
    const [bx, by] = line[before]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** The points that a line drawn on the page encloses. */
export function enclosed(
  points: ArrayLike<number>,
  view: View,
  side: number,
  line: readonly PlotPoint[],
): number[] {
  const found: number[] = []
  for (let i = 0; i < points.length / 2; i++)
    if (encloses(line, pixelsOf(view, side, [points[2 * i], points[2 * i + 1]]))) found.push(i)
  return found
}
