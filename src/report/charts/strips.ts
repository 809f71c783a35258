import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { at, exactly, svg } from './axes.ts'
import { linearScale } from './scale.ts'

/** One mark on every strip; rows of a table, or points of a path through it. */
export interface StripMark {
  /** What it is: a row of the data, a step of a path. */
  readonly name: string
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
const LEFT = 130
const RIGHT = 350
const ROW = 20
const LONGEST_NAME = 20

/**
 * A strip for every column of a table, each on its own scale, with marks on it, as SVG. Marks that look alike are one
 * path, its places in the order of the marks.
 */
export function stripChart({ columns, ranges, marks, joined, ...about }: Strips): Markup {
  const height = ROW * columns.length + 4
  const kinds = kindsOf(marks)
  return svg(
    { width: WIDTH, height },
    { ...about, className: 'strips' },
    columns.map((name, column) => {
      const y = ROW * (column + 0.5) + 2
      const scale = linearScale(ranges[column], [LEFT, RIGHT])
      const ends = joined
        ? [marks[0], marks[marks.length - 1]].map(({ values }) => seen(scale(values[column])))
        : []
      const join = joined
        ? html`<line class="join" x1="${at(ends[0])}" x2="${at(ends[1])}" y1="${y}" y2="${y}"/>`
        : undefined
      return html`<g data-range="${ranges[column].join(' ')}"><text x="${LEFT - 14}" y="${y + 4}" text-anchor="end">${shortened(name)}</text><line class="strip" x1="${LEFT}" x2="${RIGHT}" y1="${y}" y2="${y}"/>${join}${kinds.map(
        (kind) => pathOf(kind, column, scale, y),
      )}</g>`
    }),
    { kind: 'strips', ends: [LEFT, RIGHT], columns, marks: kinds.map(([{ name }]) => name) },
  )
}

/** Marks by how they look, in the order in which they are drawn. */
function kindsOf(marks: readonly StripMark[]): (readonly StripMark[])[] {
  const kinds = new Map<string, StripMark[]>()
  for (const mark of marks) {
    const kind = `${mark.shape} ${mark.tone}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), mark])
  }
  return [...kinds.values()]
}

/** Where a place is drawn: what lies beyond its strip stands at the edge. */
const seen = (place: number): number => Math.min(WIDTH - 3, Math.max(LEFT - 7, place))

/** Of what is drawn at the edge, the number itself stands in the path. */
function pathOf(
  marks: readonly StripMark[],
  column: number,
  scale: (value: number) => number,
  y: number,
): Markup {
  const [{ shape, tone }] = marks
  const values = marks.map((mark) => mark.values[column])
  const far = values.flatMap((value, i) => (seen(scale(value)) === scale(value) ? [] : [`${i}:${value}`]))
  const d = values.map((value) => `M${exactly(seen(scale(value)))} ${stroke[shape](y)}`).join('')
  return html`<path class="${shape} ${tone}"${far.length > 0 ? html` data-far="${far.join(' ')}"` : undefined} d="${d}"/>`
}

/** What is drawn at a place of a strip at the height `y`. */
const stroke: Readonly<Record<StripMark['shape'], (y: number) => string>> = {
  dot: (y) => `${y}h0`,
  ring: (y) => `${y}m-4.6 0a4.6 4.6 0 1 0 9.2 0a4.6 4.6 0 1 0-9.2 0`,
  'tick-above': (y) => `${y}v-7`,
  'tick-below': (y) => `${y}v7`,
}

const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
