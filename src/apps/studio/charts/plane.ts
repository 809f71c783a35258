/** The rate–distortion plane: what lies in it and how it is painted (Alemi et al. 2018). */
import type uPlot from 'uplot'
import type { RatePoint } from '../protocol.ts'
import type { PlotColors, PlotToken } from './plot.ts'

/** A place in the plane: the step it was reached at, or a word that is written beside it. */
export type PlanePoint = Omit<RatePoint, 'step'> & ({ readonly step: number } | { readonly word: string })

export interface PlanePath {
  readonly name: string
  readonly color: PlotToken
  /** In the order of training, or of β. */
  readonly points: readonly PlanePoint[]
  /** Number of the point that stands out. */
  readonly chosen?: number
}

type Bounds = [low: number, high: number]

const MARGIN = 0.08
const LEVELS = 7

/** What to show so that every path is inside, with a margin. */
export function boundsOf(paths: readonly PlanePath[]): {
  readonly rate: Bounds
  readonly distortion: Bounds
} {
  const points = paths.flatMap((path) => path.points)
  return {
    rate: padded(points.map(({ kl }) => kl)),
    distortion: padded(points.map(({ reconstruction }) => reconstruction)),
  }
}

function padded(numbers: readonly number[]): Bounds {
  const known = numbers.filter(Number.isFinite)
  if (known.length === 0) return [0, 1]
  const [low, high] = [Math.min(...known), Math.max(...known)]
  const room = MARGIN * (high - low || Math.abs(high) || 1)
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}

/** Lines on which rate + distortion, the −ELBO, is the same. */
export function paintLevels(chart: uPlot, colors: PlotColors): void {
  const [rateLow, rateHigh] = rangeOf(chart, 'x')
  const [low, high] = rangeOf(chart, 'y')
  const [least, most] = [rateLow + low, rateHigh + high]
  inside(chart, (context) => {
    context.strokeStyle = colors.idle
    context.lineWidth = devicePixelRatio
    context.setLineDash([3 * devicePixelRatio, 4 * devicePixelRatio])
    for (let i = 1; i <= LEVELS; i++) {
      const sum = least + ((most - least) * i) / (LEVELS + 1)
      context.beginPath()
      context.moveTo(chart.valToPos(rateLow, 'x', true), chart.valToPos(sum - rateLow, 'y', true))
      context.lineTo(chart.valToPos(rateHigh, 'x', true), chart.valToPos(sum - rateHigh, 'y', true))
      context.stroke()
    }
  })
}

/** A path with a ring where it began and a dot where it is. */
export function paintPath(chart: uPlot, { points, color, chosen }: PlanePath, colors: PlotColors): void {
  const places = points.map(({ kl, reconstruction }) => ({
    x: chart.valToPos(kl, 'x', true),
    y: chart.valToPos(reconstruction, 'y', true),
  }))
  const [first, last] = [places[0], places.at(-1)]
  if (!first || !last) return
  inside(chart, (context) => {
    context.strokeStyle = colors[color]
    context.lineWidth = 1.8 * devicePixelRatio
    context.lineJoin = 'round'
    context.beginPath()
    for (const { x, y } of places) context.lineTo(x, y)
    context.stroke()
    if ('word' in points[0]) paintStops(context, { places, points, chosen }, colors, colors[color])
    else {
      dot(context, first, 3.5, colors.card, colors[color])
      dot(context, last, 5, colors[color], colors.card)
    }
  })
}

interface WordPlace {
  readonly x: number
  readonly y: number
}

/** Every point a dot with its word, the chosen one large and in the second color. */
function paintStops(
  context: CanvasRenderingContext2D,
  {
    places,
    points,
    chosen,
  }: Pick<PlanePath, 'points' | 'chosen'> & { readonly places: readonly WordPlace[] },
  colors: PlotColors,
  fill: string,
): void {
  context.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  context.textBaseline = 'alphabetic'
  const right = Math.max(...places.map(({ x }) => x))
  places.forEach((place, i) => {
    const point = points[i]
    const isChosen = i === chosen
    dot(context, place, isChosen ? 6.5 : 4, isChosen ? colors.second : fill, colors.card)
    context.fillStyle = isChosen ? colors.second : colors.muted
    if (!('word' in point)) return
    // A frontier falls, so that there is room above to the right of a point, except of the last one.
    context.textAlign = place.x < right ? 'left' : 'right'
    context.fillText(point.word, place.x + 8 * devicePixelRatio, place.y - 8 * devicePixelRatio)
  })
}

function dot(
  context: CanvasRenderingContext2D,
  { x, y }: WordPlace,
  radius: number,
  fill: string,
  edge: string,
): void {
  context.beginPath()
  context.arc(x, y, radius * devicePixelRatio, 0, 2 * Math.PI)
  context.fillStyle = fill
  context.fill()
  context.strokeStyle = edge
  context.stroke()
}

const rangeOf = ({ scales }: uPlot, scale: 'x' | 'y'): Bounds => [
  scales[scale].min ?? 0,
  scales[scale].max ?? 1,
]

/** Paints within the axes and leaves the canvas as it was. */
function inside({ ctx, bbox }: uPlot, paint: (context: CanvasRenderingContext2D) => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  paint(ctx)
  ctx.restore()
}
