import { medianOf } from '../../base/math/quantile.ts'
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { type Axes, at, axesMarkup, axesOf, exactly, type Plot, type Point, svg } from './axes.ts'
import { padded } from './scale.ts'
import { toldPlot } from './told-plot.ts'

export interface PointSet {
  /** Written at the middle of the set; absent where all points are one set. */
  readonly name?: string
  readonly tone: string
  readonly points: readonly Point[]
  /** Place of each point among what is known of all. */
  readonly members?: readonly number[]
}

/** Something that is known of every point, such as its row. */
export interface Known {
  readonly name: string
  readonly values: ArrayLike<string | number>
}

export interface Scatter {
  readonly title: string
  readonly description: string
  readonly xLabel: string
  readonly yLabel: string
  readonly sets: readonly PointSet[]
  /** Default: that of a report's column. */
  readonly plot?: Plot
  /** What to say near a point, by its place among `members`. */
  readonly known?: readonly Known[]
  /** Drawn beside the plot. */
  readonly aside?: Markup
}

/** Points in a layer of all sets, about. */
const LAYER = 250
/** More dots than this are drawn smaller and fainter. */
export const CROWD = 1500

const columnPlot: Plot = { width: 360, height: 372, left: 36, top: 18, right: 354, bottom: 336 }

/** Dots in two dimensions as SVG, one unit as long on both axes; paths hold many, so that thousands stay small. */
export function scatterChart({ sets, plot = columnPlot, known = [], aside, ...about }: Scatter): Markup {
  const axes = scatterAxes(sets, plot)
  const { x, y } = axes
  const total = sets.reduce((sum, { points }) => sum + points.length, 0)
  return svg(
    plot,
    { ...about, className: total > CROWD ? 'scatter crowd' : 'scatter' },
    [
      axesMarkup(axes, { ...about, rules: 5 }),
      ...layers(sets, Math.ceil(total / LAYER)).map(
        (set) =>
          html`<path class="dots ${set.tone}"${knownOf(set, known)} d="${set.points.map(([px, py]) => `M${exactly(x(px))} ${exactly(y(py))}h0`).join('')}"/>`,
      ),
      ...sets
        .filter(({ name }) => name !== undefined)
        .map(({ name, tone, points }) => {
          const [px, py] = middleOf(points)
          return html`<text class="set-name ${tone}" x="${at(x(px))}" y="${at(y(py) + 5)}" text-anchor="middle">${name}</text>`
        }),
      aside ?? html``,
    ],
    toldPlot(
      axes,
      [about.xLabel, about.yLabel],
      known.map(({ name }) => name),
    ),
  )
}

/** What is known of the points of a set: a line for each, its cells between tabs. */
function knownOf({ members = [] }: PointSet, known: readonly Known[]): Markup | undefined {
  if (known.length === 0) return undefined
  const lines = members.map((member) =>
    known.map(({ values }) => String(values[member]).replace(/\s+/g, ' ')).join('\t'),
  )
  return html` data-known="${lines.join('\n')}"`
}

/** Every `count`th point of each set, then the next: no set hides the others because it is the last. */
export const layers = (sets: readonly PointSet[], count: number): PointSet[] =>
  Array.from({ length: count }, (_, layer) =>
    sets.map(({ tone, points, members }) => ({
      tone,
      points: points.filter((_, i) => i % count === layer),
      members: members?.filter((_, i) => i % count === layer),
    })),
  )
    .flat()
    .filter(({ points }) => points.length > 0)

/** Axes that hold all points and have one scale: a distance is the same whichever way it lies. */
export function scatterAxes(sets: readonly PointSet[], plot: Plot): Axes {
  const across = rangeAlong(sets, 0)
  const up = rangeAlong(sets, 1)
  const [width, height] = [plot.right - plot.left, plot.bottom - plot.top]
  const unit = Math.max((across[1] - across[0]) / width, (up[1] - up[0]) / height)
  return axesOf(plot, widened(across, unit * width), widened(up, unit * height))
}

/** The range of all points along an axis, a little room at both ends. */
function rangeAlong(sets: readonly PointSet[], axis: 0 | 1): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { points } of sets)
    for (const point of points) {
      low = Math.min(low, point[axis])
      high = Math.max(high, point[axis])
    }
  return padded([low, high], 0.03)
}

function widened([low, high]: Range, extent: number): Range {
  const room = Math.max(0, extent - (high - low)) / 2
  return [low - room, high + room]
}

/** The median along both axes. */
export const middleOf = (points: readonly Point[]): Point => [
  medianOf(points.map(([x]) => x)),
  medianOf(points.map(([, y]) => y)),
]
