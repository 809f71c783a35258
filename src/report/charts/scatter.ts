import { html, type Markup } from '../html.ts'
import { at, axesMarkup, axesOf, type Plot, type Point, svg } from './axes.ts'
import { padded } from './scale.ts'

export interface PointSet {
  /** Written at the middle of the set; absent where all points are one set. */
  readonly name?: string
  readonly tone: string
  readonly points: readonly Point[]
}

export interface Scatter {
  readonly title: string
  readonly description: string
  readonly xLabel: string
  readonly yLabel: string
  readonly sets: readonly PointSet[]
}

const plot: Plot = { width: 360, height: 372, left: 36, top: 18, right: 354, bottom: 336 }

/** Dots in two dimensions as SVG; each set is one path, so that thousands stay small. */
export function scatterChart({ sets, ...about }: Scatter): Markup {
  const all = sets.flatMap(({ points }) => points)
  const domain = (axis: 0 | 1) => {
    const values = all.map((point) => point[axis])
    return padded([Math.min(...values), Math.max(...values)], 0.03)
  }
  const axes = axesOf(plot, domain(0), domain(1))
  const { x, y } = axes
  return svg(plot, { ...about, className: 'scatter' }, [
    axesMarkup(axes, about),
    ...sets.map(
      ({ tone, points }) =>
        html`<path class="dots ${tone}" d="${points.map(([px, py]) => `M${at(x(px))} ${at(y(py))}h0`).join('')}"/>`,
    ),
    ...sets
      .filter(({ name }) => name !== undefined)
      .map(
        ({ name, tone, points }) =>
          html`<text class="set-name ${tone}" x="${at(x(median(points, 0)))}" y="${at(y(median(points, 1)) + 5)}" text-anchor="middle">${name}</text>`,
      ),
  ])
}

function median(points: readonly Point[], axis: 0 | 1): number {
  const sorted = points.map((point) => point[axis]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
