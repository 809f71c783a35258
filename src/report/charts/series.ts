/** Lines of one column over time, with stretches marked. */
import type { Range } from '../grid.ts'
import { html, type Markup } from '../html.ts'
import { type Axes, at, axesOf, horizontalRules, type Plot, svg } from './axes.ts'
import { padded, ticksOf } from './scale.ts'

/** A stretch that is marked, by its first and last place. */
export interface Band {
  readonly from: number
  readonly to: number
  readonly rank: number
  /** What it looks like, and when. */
  readonly words: string
}

export interface SeriesChart {
  readonly name: string
  /** When each number was, ascending. */
  readonly times: Float64Array
  /** NaN where none is known. */
  readonly values: Float64Array
  readonly bands: readonly Band[]
  /** What stands below the ends of the line; absent where another chart below says it. */
  readonly ends?: readonly [string, string]
}

const WIDTH = 720
const [LEFT, RIGHT] = [54, 712]
const [TOP, BOTTOM] = [20, 92]
/** Height with and without what stands below. */
const HEIGHTS = [112, 98] as const
/** Narrower bands could not be seen, and numbers nearer to each other could not be read. */
const LEAST_BAND = 4
const APART = 20
/** A line ends where rows are further apart than so many usual times. */
const GAP = 4

/** A column over time: each unit of width has its least and its greatest number, so that none that stands out is lost. */
export function seriesChart({ name, times, values, bands, ends }: SeriesChart): Markup {
  const plot: Plot = {
    width: WIDTH,
    height: HEIGHTS[ends ? 0 : 1],
    left: LEFT,
    top: TOP,
    right: RIGHT,
    bottom: BOTTOM,
  }
  const axes = axesOf(plot, [times[0] ?? 0, times[times.length - 1] ?? 1], padded(rangeOf(values), 0.06))
  const about = { title: name, description: describe(name, bands), className: 'series' }
  return svg(plot, about, [
    html`<g class="axes">${horizontalRules(axes, ticksOf(axes.yDomain, 2))}</g>`,
    html`<g>${bands.map((band) => bandOf(axes, times, band))}</g>`,
    html`<path class="course" d="${courseOf(axes, times, values)}"/>`,
    html`<path class="course odd" d="${bands.map((band) => oddCourse(axes, times, values, band)).join('')}"/>`,
    html`<g class="ranks">${ranksOf(axes, times, bands)}</g>`,
    ends === undefined
      ? html``
      : html`<text x="${LEFT}" y="${BOTTOM + 17}">${ends[0]}</text><text x="${RIGHT}" y="${BOTTOM + 17}" text-anchor="end">${ends[1]}</text>`,
  ])
}

function describe(name: string, bands: readonly Band[]): string {
  if (bands.length === 0) return `${name} over time, no odd stretch`
  return `${name} over time; ${bands.map(({ rank, words }) => `${rank}: ${words}`).join('; ')}`
}

function rangeOf(values: Float64Array): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const x of values) {
    if (Number.isNaN(x)) continue
    low = Math.min(low, x)
    high = Math.max(high, x)
  }
  return low <= high ? [low, high] : [0, 1]
}

const edges = ({ x }: Axes, times: Float64Array, { from, to }: Band): Range => {
  const [left, right] = [x(times[from]), x(times[to])]
  const more = Math.max(0, LEAST_BAND - (right - left)) / 2
  return [left - more, right + more]
}

function bandOf(axes: Axes, times: Float64Array, band: Band): Markup {
  const [left, right] = edges(axes, times, band)
  return html`<rect class="band" x="${at(left)}" y="${TOP - 3}" width="${at(right - left)}" height="${BOTTOM - TOP + 6}"><title>${band.rank}: ${band.words}</title></rect>`
}

/** Numbers of bands above them; of those that would stand on each other the lower. */
function ranksOf(axes: Axes, times: Float64Array, bands: readonly Band[]): Markup[] {
  const placed: number[] = []
  return bands
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap((band) => {
      const [left, right] = edges(axes, times, band)
      const middle = (left + right) / 2
      if (placed.some((other) => Math.abs(other - middle) < APART)) return []
      placed.push(middle)
      return [html`<text x="${at(middle)}" y="${TOP - 7}" text-anchor="middle">${band.rank}</text>`]
    })
}

/** The path of a line, broken where numbers are missing or no row was for long. */
export function courseOf({ x, y }: Pick<Axes, 'x' | 'y'>, times: Float64Array, values: Float64Array): string {
  const longest = GAP * usualGap(times)
  const parts: string[] = []
  let [unit, isBroken] = [Number.NaN, true]
  let held: number[] = []
  const flush = () => {
    const least = held.reduce((best, i) => (values[i] < values[best] ? i : best), held[0])
    const most = held.reduce((best, i) => (values[i] > values[best] ? i : best), held[0])
    const kept = [...new Set([held[0], Math.min(least, most), Math.max(least, most), held[held.length - 1]])]
    for (const i of held.length === 0 ? [] : kept) {
      parts.push(`${isBroken ? 'M' : 'L'}${at(x(times[i]))} ${at(y(values[i]))}`)
      isBroken = false
    }
    held = []
  }
  for (let i = 0; i < times.length; i++) {
    const isGap = Number.isNaN(values[i]) || (i > 0 && times[i] - times[i - 1] > longest)
    if (isGap || Math.round(x(times[i])) !== unit) flush()
    if (isGap) isBroken = true
    unit = Math.round(x(times[i]))
    if (!Number.isNaN(values[i])) held.push(i)
  }
  flush()
  // A number without neighbors is a dot.
  return parts.map((part, i) => (part[0] === 'M' && parts[i + 1]?.[0] !== 'L' ? `${part}h0` : part)).join('')
}

/** The line in a stretch, and to the rows beside it. */
function oddCourse(axes: Axes, times: Float64Array, values: Float64Array, { from, to }: Band): string {
  const [first, end] = [Math.max(0, from - 1), to + 2]
  return courseOf(axes, times.subarray(first, end), values.subarray(first, end))
}

function usualGap(times: Float64Array): number {
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i])
    .sort()
  return gaps[gaps.length >> 1] || Number.POSITIVE_INFINITY
}
