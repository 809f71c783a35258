import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { at, svg } from './axes.ts'
import { linearScale } from './scale.ts'

export interface Bar {
  readonly name: string
  readonly value: number
  /** Style class: the page's style sheet gives it a color. */
  readonly tone: string
}

export interface BarChart {
  readonly title: string
  readonly description: string
  readonly bars: readonly Bar[]
  /** What the names are of, and what the numbers count. */
  readonly heads: readonly [string, string]
}

const WIDTH = 360
const LEFT = 34
const RIGHT = 310
const ROW = 17
const MOST_ROWS = 40
/** The scale ends here at least, so that bars that are nothing look it. */
const LEAST_EXTENT = 0.1

/** Horizontal bars from zero, each with its name and number, as SVG. What is beyond 40 bars is counted, not drawn. */
export function barChart({ bars, heads, ...about }: BarChart): Markup {
  const shown = bars.slice(0, MOST_ROWS)
  const left = bars.length - shown.length
  const x = linearScale([0, Math.max(...shown.map(({ value }) => value), LEAST_EXTENT)], [0, RIGHT - LEFT])
  const height = ROW * (shown.length + (left > 0 ? 1 : 0)) + 2
  const rest = html`<text class="muted" x="${LEFT}" y="${height - 5}">and ${left} more, each smaller</text>`
  const contents = [
    ...shown.map(({ name, value, tone }, i) => {
      const y = i * ROW + 2
      const length = Math.max(0.8, x(Math.max(0, value)))
      return html`<g class="bar ${tone}"><text x="${LEFT - 8}" y="${y + 11}" text-anchor="end">${name}</text><rect x="${LEFT}" y="${y + 1.5}" width="${at(length)}" height="12" rx="1.5"/><text class="value" x="${at(LEFT + length + 6)}" y="${y + 11}">${fixed(value)}</text></g>`
    }),
    ...(left > 0 ? [rest] : []),
  ]
  return svg({ width: WIDTH, height }, { ...about, className: 'bars' }, contents, { kind: 'bars', heads })
}
