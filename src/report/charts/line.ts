import { rangeOf } from '../../base/math/sums.ts'
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { type Axes, at, axesMarkup, axesOf, clipped, type Plot, type Point, svg } from './axes.ts'
import { padded } from './scale.ts'

export interface LineSeries {
  readonly name: string
  /** Style class: the page's style sheet gives it a color. */
  readonly tone: string
  readonly points: readonly Point[]
  /** Drawn faintly, without marks, and not counted when the vertical axis is chosen. */
  readonly background?: boolean
}

export interface LineChart {
  readonly title: string
  readonly description: string
  readonly xLabel: string
  readonly yLabel?: string
  /** Whether fractions of an x make no sense as ticks. */
  readonly wholeX?: boolean
  readonly series: readonly LineSeries[]
  /** Numbers that the vertical axis must reach, whatever the lines do. */
  readonly reach?: readonly number[]
  /** What to say at a place, for pages that can follow a pointer. */
  readonly notes?: readonly (readonly [x: number, text: string])[]
}

const plot: Plot = { width: 360, height: 224, left: 44, top: 20, right: 352, bottom: 188 }
/** Up to this many points are marked one by one. */
const MOST_MARKS = 24

/** Lines over numbered axes as SVG. */
export function lineChart(chart: LineChart): Markup {
  const axes = axesOf(plot, xDomainOf(chart.series), padded(yDomainOf(chart.series, chart.reach), 0.06))
  const hover = chart.notes?.map(([x, text]) => [Number(at(axes.x(x))), text])
  return svg(
    plot,
    chart,
    [
      axesMarkup(axes, chart),
      clipped(
        plot,
        chart.series.filter(({ background }) => background).map((series) => lineOf(series, axes)),
      ),
      ...chart.series.filter(({ background }) => !background).map((series) => lineOf(series, axes)),
      hover ? html`<line class="cursor" x1="0" x2="0" y1="${plot.top}" y2="${plot.bottom}"/>` : html``,
    ],
    hover && JSON.stringify(hover),
  )
}

function lineOf({ tone, points, background }: LineSeries, { x, y }: Axes): Markup {
  const placed = points.map(([px, py]) => `${at(x(px))} ${at(y(py))}`)
  const line = html`<path d="M${placed.join('L')}"/>`
  const marks =
    background || points.length > MOST_MARKS
      ? undefined
      : html`<path class="marks" d="${placed.map((place) => `M${place}h0`).join('')}"/>`
  return html`<g class="line ${tone}${background ? ' background' : ''}">${points.length > 1 ? line : undefined}${marks}</g>`
}

const extentOf = (values: readonly number[]): Range => (values.length === 0 ? [0, 1] : rangeOf(values))

const xDomainOf = (series: readonly LineSeries[]): Range => {
  const [low, high] = extentOf(series.flatMap(({ points }) => points.map(([x]) => x)))
  return high > low ? [Math.min(low, 0), high] : [0, Math.max(high, 1)]
}

/** The range of the lines in front; of those behind, only the bulk, so that a steep start does not flatten the rest. */
function yDomainOf(series: readonly LineSeries[], reach: readonly number[] = []): Range {
  const ys = (background: boolean) =>
    series
      .filter((one) => Boolean(one.background) === background)
      .flatMap(({ points }) => points.map(([, y]) => y))
      .filter(Number.isFinite)
  const behind = ys(true).sort((a, b) => a - b)
  const bulk = behind.slice(Math.floor(behind.length * 0.02), Math.ceil(behind.length * 0.9))
  return extentOf([...ys(false), ...bulk, ...reach])
}
