import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { linearScale, type Ticks, ticksOf, tickText } from './scale.ts'
import type { Told } from './told.ts'

/** A position in data units. */
export type Point = readonly [x: number, y: number]

/** The rectangle that data are drawn in, in units of the picture. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Data domains, and how they map onto a plot. */
export interface Axes {
  readonly plot: Plot
  readonly xDomain: Range
  readonly yDomain: Range
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

export const axesOf = (plot: Plot, xDomain: Range, yDomain: Range): Axes => ({
  plot,
  xDomain,
  yDomain,
  x: linearScale(xDomain, [plot.left, plot.right]),
  y: linearScale(yDomain, [plot.bottom, plot.top]),
})

interface AxisText {
  readonly xLabel: string
  readonly yLabel?: string
  readonly wholeX?: boolean
  /** About how many rules; default: 4. */
  readonly rules?: number
}

/** Horizontal rules with their numbers, ticks below, and what the axes count. */
export function axesMarkup(axes: Axes, { xLabel, yLabel, wholeX, rules = 4 }: AxisText): Markup {
  const { plot } = axes
  const across = ticksOf(axes.xDomain, 5, wholeX)
  const up = rules === 0 ? { values: [], step: 1 } : ticksOf(axes.yDomain, rules)
  return html`<g class="axes">${horizontalRules(axes, up)}${across.values.map(
    (value) =>
      html`<text x="${at(axes.x(value))}" y="${plot.bottom + 15}" text-anchor="middle">${tickText(value, across.step)}</text>`,
  )}<text class="axis-name" x="${plot.right}" y="${plot.bottom + 30}" text-anchor="end">${xLabel}</text>${
    yLabel ? html`<text class="axis-name" x="0" y="9">${yLabel}</text>` : undefined
  }</g>`
}

/** Rules across the plot, each with its number. */
export const horizontalRules = ({ plot, y }: Axes, { values, step }: Ticks): Markup[] =>
  values.map(
    (value) =>
      html`<line x1="${plot.left}" x2="${plot.right}" y1="${at(y(value))}" y2="${at(y(value))}"/><text x="${plot.left - 6}" y="${at(y(value) + 3.5)}" text-anchor="end">${tickText(value, step)}</text>`,
  )

/** A coordinate, short enough for a page of thousands. */
export const at = (value: number): string => String(Math.round(value * 10) / 10)

/** A coordinate that a number is read from again: of a plot of a few hundred units, to five digits. */
export const exactly = (value: number): string => String(Math.round(value * 1000) / 1000)

/** An SVG with a name and a description for people who cannot see it; `told` is what its numbers are read by. */
export const svg = (
  { width, height }: Pick<Plot, 'width' | 'height'>,
  { title, description, className = '' }: { title: string; description: string; className?: string },
  contents: readonly Markup[],
  told?: Told,
): Markup =>
  html`<svg class="chart ${className}" viewBox="0 0 ${width} ${height}" role="img"${
    told === undefined ? undefined : html` data-told="${JSON.stringify(told)}"`
  }><title>${title}</title><desc>${description}</desc>${contents}</svg>`

/** What lies outside the plot is cut off; a nested picture needs no identifier as a clip path would. */
export const clipped = ({ left, top, right, bottom }: Plot, contents: readonly Markup[]): Markup => {
  const width = right - left
  const height = bottom - top
  return html`<svg x="${left}" y="${top}" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${contents}</svg>`
}
