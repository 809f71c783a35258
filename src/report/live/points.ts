import type { Told, ToldAxis, ToldPlot } from '../charts/told.ts'

/** What a chart says of itself; undefined where it has no numbers of its own. */
export const toldOf = (chart: Element): Told | undefined => {
  const text = chart.getAttribute('data-told')
  return text === null ? undefined : (JSON.parse(text) as Told)
}

/** Places of a path where something begins or a line goes to; none where there is no path. */
export const placesOf = (path: Element | null): (readonly [x: number, y: number])[] =>
  [...(path?.getAttribute('d') ?? '').matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ])

/** Coordinates have three decimals: a number read from one has as many as that tells. */
const STEP = 1e-3

/** The number that stands at a place of an axis. */
export function valueAt([, place0, value0, place1, value1]: ToldAxis, place: number): number {
  const unit = (value1 - value0) / (place1 - place0)
  return roundedTo(value0 + (place - place0) * unit, Math.abs(unit) * STEP)
}

/** A number to the decimals that are surely right, where it is known to a step. */
export function roundedTo(value: number, step: number): number {
  const decimals = Math.floor(-Math.log10(step || 1e-12))
  const power = 10 ** decimals
  // Adding 0 turns −0 into 0.
  return Number((Math.round(value * power) / power).toPrecision(12)) + 0
}

/** A set of points of a plot: a line, or dots. */
export interface Series {
  readonly name: string
  readonly places: readonly (readonly [x: number, y: number])[]
  /** What is known of each point, in the order of the plot's `known`. */
  readonly known: readonly (readonly string[])[]
  readonly isBehind: boolean
}

/** What a plot shows. */
export function seriesOf(chart: Element, { known = [] }: ToldPlot): Series[] {
  const lines = [...chart.querySelectorAll('.line')].map((line) => ({
    name: line.getAttribute('data-name') ?? '',
    // The marks of a line are its points again.
    places: placesOf(line.querySelector('path')),
    known: [],
    isBehind: line.classList.contains('background'),
  }))
  const dots = [...chart.querySelectorAll('path.dots')].map((path) => ({
    name: '',
    places: placesOf(path),
    known:
      known.length === 0
        ? []
        : (path.getAttribute('data-known') ?? '').split('\n').map((line) => line.split('\t')),
    isBehind: false,
  }))
  return [...lines, ...dots]
}
