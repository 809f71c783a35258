import { rangeOf } from '../../base/math/sums.ts'
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { type Axes, at, axesMarkup, axesOf, clipped, exactly, type Plot, type Point, svg } from './axes.ts'
import { padded } from './scale.ts'
import { toldPlot } from './told-plot.ts'

export interface LineSeries {
  readonly name: string
  /** Style class: the page's style sheet gives it a color. */
  readonly tone: string
  readonly points: readonly Point[]
  /** Drawn faintly, without marks where there is more than one point, and not counted when the vertical axis is chosen. */
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
}

const plot: Plot = { width: 360, height: 224, left: 44, top: 20, right: 352, bottom: 188 }
/** Up to this many points are marked one by one. */
const MOST_MARKS = 24

/** Lines over numbered axes as SVG. */
export function lineChart(chart: LineChart): Markup {
  const axes = axesOf(plot, xDomainOf(chart.series), padded(yDomainOf(chart.series, chart.reach), 0.06))
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
    ],
    toldPlot(axes, [chart.xLabel, chart.yLabel ?? 'value']),
  )
}

function lineOf({ name, tone, points, background }: LineSeries, { x, y }: Axes): Markup {
  const placed = points.map(([px, py]) => `${exactly(x(px))} ${exactly(y(py))}`)
  const line = html`<path d="M${placed.join('L')}"/>`
  const marks =
    points.length !== 1 && (background || points.length > MOST_MARKS)
      ? undefined
      : html`<path class="marks" d="${points.map(([px, py]) => `M${at(x(px))} ${at(y(py))}h0`).join('')}"/>`
  return html`<g class="line ${tone}${background ? ' background' : ''}" data-name="${name}">${points.length > 1 ? line : undefined}${marks}</g>`
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
