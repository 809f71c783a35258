import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { at, svg } from './axes.ts'
import { linearScale } from './scale.ts'

/** One mark on every strip; rows of a table, or points of a path through it. */
export interface StripMark {
  /** Style class: the page's style sheet gives it a color. */
  readonly tone: string
  readonly shape: 'dot' | 'ring' | 'tick-above' | 'tick-below'
  /** One number for each column. */
  readonly values: ArrayLike<number>
}

export interface Strips {
  readonly title: string
  readonly description: string
  /** Column names, one strip each. */
  readonly columns: readonly string[]
  /** What each strip spans, in the column's own units. */
  readonly ranges: readonly Range[]
  readonly marks: readonly StripMark[]
  /** Whether first and last mark of a column are joined. */
  readonly joined?: boolean
}

const WIDTH = 360
const LEFT = 124
const RIGHT = 350
const ROW = 20
const LONGEST_NAME = 15

/** A strip for every column of a table, each on its own scale, with marks on it, as SVG. */
export function stripChart({ columns, ranges, marks, joined, ...about }: Strips): Markup {
  const height = ROW * columns.length + 4
  return svg(
    { width: WIDTH, height },
    { ...about, className: 'strips' },
    columns.map((name, column) => {
      const y = ROW * (column + 0.5) + 2
      const scale = linearScale(ranges[column], [LEFT, RIGHT])
      const x = (value: number) => Math.min(WIDTH - 3, Math.max(LEFT - 7, scale(value)))
      const places = marks.map(({ values }) => x(values[column]))
      const join = html`<line class="join" x1="${at(places[0])}" x2="${at(places[places.length - 1])}" y1="${y}" y2="${y}"/>`
      return html`<g><text x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${shortened(name)}</text><line class="strip" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}"/>${joined ? join : undefined}${marks.map(
        ({ tone, shape }, i) => markOf(shape, tone, places[i], y),
      )}</g>`
    }),
  )
}

function markOf(shape: StripMark['shape'], tone: string, x: number, y: number): Markup {
  if (shape === 'dot' || shape === 'ring')
    return html`<circle class="${shape} ${tone}" cx="${at(x)}" cy="${y}" r="${shape === 'dot' ? 3.6 : 4.6}"/>`
  const end = shape === 'tick-above' ? y - 7 : y + 7
  return html`<line class="tick ${tone}" x1="${at(x)}" x2="${at(x)}" y1="${y}" y2="${end}"/>`
}

const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
