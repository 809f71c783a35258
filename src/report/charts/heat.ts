import { html, type Markup } from '../html.ts'
import { at, svg } from './axes.ts'
import { linearScale, ticksOf, tickText } from './scale.ts'
import type { ToldHeat } from './told.ts'

export interface HeatRow {
  readonly name: string
  /** One number for each column, from 0 on. */
  readonly values: readonly number[]
}

export interface HeatMap {
  readonly title: string
  readonly description: string
  readonly xLabel: string
  /** Place of each column on the horizontal axis. */
  readonly places: readonly number[]
  readonly rows: readonly HeatRow[]
  /** The number that fills a cell. */
  readonly full: number
}

const WIDTH = 360
const LEFT = 34
const RIGHT = 352
const TOP = 2
const MOST_HEIGHT = 15
const LEAST_HEIGHT = 6
/** Rows share about this height. */
const HEIGHT = 190
const MOST_ROWS = 64

/** Rows of cells, the fuller the greater the number, as SVG. What is beyond 64 rows is counted, not drawn. */
export function heatMap({ rows, places, xLabel, full, title, description }: HeatMap): Markup {
  const shown = rows.slice(0, MOST_ROWS)
  const size = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, HEIGHT / shown.length))
  const bottom = TOP + size * shown.length
  const width = (RIGHT - LEFT) / places.length
  // Names stand as far apart as they are tall.
  const every = Math.ceil(11 / size)
  const about = { title, description, className: 'heat' }
  const contents = [
    html`<rect class="ground" x="${LEFT}" y="${TOP}" width="${RIGHT - LEFT}" height="${at(bottom - TOP)}"/>`,
    ...shown.map(({ name, values }, row) => {
      const y = TOP + row * size
      const cells = values.map((value, column) => cell(value / full, LEFT + column * width, y, width, size))
      const text = html`<text x="${LEFT - 6}" y="${at(y + size / 2 + 3.5)}" text-anchor="end">${name}</text>`
      return html`<g data-name="${name}">${row % every === 0 ? text : undefined}${cells}</g>`
    }),
    axis(places, bottom, xLabel),
    rows.length > shown.length
      ? html`<text x="${LEFT}" y="${at(bottom + 30)}">and ${rows.length - shown.length} rows more</text>`
      : html``,
  ]
  const told: ToldHeat = { kind: 'heat', full, from: LEFT, width, x: xLabel, places }
  return svg({ width: WIDTH, height: bottom + 34 }, about, contents, told)
}

/** The root of the share, so that small numbers can be seen and read again; nothing is drawn for nothing. */
function cell(share: number, x: number, y: number, width: number, height: number): Markup | undefined {
  const fullness = Math.sqrt(Math.min(1, Math.max(0, share)))
  if (fullness < 0.02) return undefined
  return html`<rect x="${at(x)}" y="${at(y + 0.5)}" width="${at(width + 0.15)}" height="${at(height - 1)}" fill-opacity="${Number(fullness.toFixed(4))}"/>`
}

function axis(places: readonly number[], bottom: number, xLabel: string): Markup {
  const [first, last] = [places[0], places[places.length - 1]]
  const half = (RIGHT - LEFT) / places.length / 2
  const x = linearScale([first, last], [LEFT + half, RIGHT - half])
  const { values, step } = ticksOf([first, last], 5, true)
  return html`<g class="axes">${values.map(
    (value) =>
      html`<text x="${at(x(value))}" y="${at(bottom + 15)}" text-anchor="middle">${tickText(value, step)}</text>`,
  )}<text class="axis-name" x="${RIGHT}" y="${at(bottom + 30)}" text-anchor="end">${xLabel}</text></g>`
}
