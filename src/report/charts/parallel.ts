import { rangeOf } from '../../base/math/sums.ts'
import { short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { at, type Plot, svg } from './axes.ts'
import { linearScale } from './scale.ts'

/** One line across all axes. */
export interface ParallelLine {
  /** A value for each axis; undefined where there is none. */
  readonly values: readonly (string | number | undefined)[]
  readonly className: string
  readonly note: string
}

interface Parallel {
  readonly title: string
  readonly axes: readonly string[]
  /** Those that come later lie above. */
  readonly lines: readonly ParallelLine[]
}

const plot: Plot = { width: 760, height: 380, left: 60, top: 44, right: 700, bottom: 340 }
/** From so many times as much on, equal factors are equal distances. */
const WIDE = 20
const MOST_WORDS = 12

/** Rules of the chart, after those of all charts. */
export const parallelStyle = `
.parallel text{font-size:10px;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.parallel .axis{stroke:var(--muted)}
.parallel .name{font-weight:600;fill:var(--ink)}
.parallel path{fill:none;stroke:var(--accent);stroke-width:1.4;opacity:.55;stroke-linejoin:round}
.parallel path.left{stroke:var(--muted);opacity:.45}
.parallel path.best{stroke:var(--second);stroke-width:3;opacity:1}
.parallel path:hover{stroke-width:4;opacity:1}
@media screen and (max-width:640px){.parallel text{font-size:18px}}
`

interface Axis {
  readonly name: string
  readonly x: number
  /** Where a value stands. */
  readonly y: (value: string | number) => number
  readonly ticks: readonly (readonly [text: string, y: number])[]
}

/** Numbers along an axis, the largest on top; words at equal distances. */
function axisOf(name: string, x: number, values: readonly (string | number)[]): Axis {
  const numbers = values.map(Number)
  const ends = [plot.bottom, plot.top] as const
  if (values.length === 0 || !numbers.every(Number.isFinite)) {
    const words = [...new Set(values.map(String))]
    const place = linearScale([0, Math.max(1, words.length - 1)], ends)
    const y = (value: string | number) => place(words.indexOf(String(value)))
    return { name, x, y, ticks: words.slice(0, MOST_WORDS).map((word) => [word, y(word)]) }
  }
  const [low, high] = rangeOf(numbers)
  const isLog = low > 0 && high / low >= WIDE
  const scale = isLog ? Math.log : (value: number) => value
  const place = linearScale([scale(low), scale(high)], ends)
  const y = (value: string | number) => place(scale(Number(value)))
  const some = [...new Set(numbers)].sort((a, b) => a - b)
  const marked = some.length <= 6 ? some : [low, high]
  return { name, x, y, ticks: apart(marked.map((value) => [short(value), y(value)])) }
}

/** Room that a number needs along its axis. */
const LINE = 14

/** The first and the last, and those between that cover none before them. */
function apart(ticks: Axis['ticks']): Axis['ticks'] {
  const kept: Axis['ticks'][number][] = []
  for (const tick of [...ticks.slice(0, 1), ...ticks.slice(1).slice(-1), ...ticks.slice(1, -1)])
    if (kept.every(([, y]) => Math.abs(y - tick[1]) >= LINE)) kept.push(tick)
  return kept
}

/** Parallel coordinates: an axis for each column, a line for each row. */
export function parallelChart({ title, axes: names, lines }: Parallel): Markup {
  const place = linearScale([0, Math.max(1, names.length - 1)], [plot.left, plot.right])
  const axes = names.map((name, column) =>
    axisOf(
      name,
      place(column),
      lines.map(({ values }) => values[column]).filter((value) => value !== undefined),
    ),
  )
  const description = `A line for each of ${lines.length} members across ${names.join(', ')}; the table has the numbers.`
  return svg(plot, { title, description, className: 'parallel' }, [
    ...lines.map((line) => lineMarkup(line, axes)),
    ...axes.map(
      ({ name, x, ticks }) =>
        html`<g><line class="axis" x1="${at(x)}" x2="${at(x)}" y1="${plot.top}" y2="${plot.bottom}"/><text class="name" x="${at(x)}" y="${plot.top - 18}" text-anchor="middle">${name}</text>${ticks.map(
          ([text, y]) => html`<text x="${at(x - 6)}" y="${at(y + 3.5)}" text-anchor="end">${text}</text>`,
        )}</g>`,
    ),
  ])
}

function lineMarkup({ values, className, note }: ParallelLine, axes: readonly Axis[]): Markup {
  const points = axes.flatMap(({ x, y }, column) => {
    const value = values[column]
    return value === undefined ? [] : [`${at(x)} ${at(y(value))}`]
  })
  return html`<path class="${className}" d="M${points.join('L')}"><title>${note}</title></path>`
}
