import type { ToldPlot } from '../charts/told.ts'
import { fixed, short } from '../format.ts'
import { type Series, seriesOf, toldOf, valueAt } from './points.ts'

/** Follows a pointer over every plot of the page, and says the numbers nearest to it at the plot's upper edge. */
export function followPointers(): void {
  for (const chart of document.querySelectorAll<SVGSVGElement>('svg[data-told]')) {
    const told = toldOf(chart)
    if (told?.kind === 'plot') follow(chart, told)
  }
}

function follow(chart: SVGSVGElement, told: ToldPlot): void {
  const series = seriesOf(chart, told).filter(({ isBehind, places }) => !isBehind && places.length > 0)
  const isScatter = chart.classList.contains('scatter')
  if (series.length === 0 || (isScatter && !told.known)) return
  const cursor = isScatter
    ? part(chart, 'circle', { r: 6 })
    : part(chart, 'line', { y1: told.y[1], y2: told.y[3] })
  const readout = part(chart, 'text', { x: told.x[3], y: 9, 'text-anchor': 'end' })
  cursor.classList.add('cursor')
  readout.classList.add('readout')
  chart.addEventListener('pointermove', ({ clientX, clientY }) => {
    const box = chart.getBoundingClientRect()
    const scale = chart.viewBox.baseVal.width / box.width
    const x = (clientX - box.left) * scale
    const y = (clientY - box.top) * scale
    const near = isScatter ? nearDot(series, x, y, told) : nearLine(series, x, told)
    for (const [name, value] of Object.entries(near.at)) cursor.setAttribute(name, String(value))
    readout.textContent = near.text
    chart.append(cursor, readout)
  })
  chart.addEventListener('pointerleave', () => {
    cursor.remove()
    readout.remove()
  })
}

function part(
  chart: SVGSVGElement,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  // The name of SVG is an address, which no page of ours holds.
  const element = document.createElementNS(chart.namespaceURI, name) as SVGElement
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** What to say, and where the cursor stands. */
interface Near {
  readonly text: string
  readonly at: Readonly<Record<string, number>>
}

const nearest = (places: Series['places'], away: (place: readonly [number, number]) => number): number =>
  places.reduce((best, place, i) => (away(place) < away(places[best]) ? i : best), 0)

/** Of every line the point nearest to a place of the horizontal axis. */
function nearLine(series: readonly Series[], x: number, { x: across, y: up }: ToldPlot): Near {
  const points = series.map(({ name, places }) => {
    const [px, py] = places[nearest(places, ([at]) => Math.abs(at - x))]
    return { px, text: `${name} ${fixed(valueAt(up, py))}` }
  })
  const { px } = points[points.length - 1]
  const text = [`${across[0]} ${short(valueAt(across, px))}`, ...points.map((point) => point.text)].join(
    ' · ',
  )
  return { text, at: { x1: px, x2: px } }
}

/** The nearest of all dots, by what is known of it. */
function nearDot(series: readonly Series[], x: number, y: number, { known = [] }: ToldPlot): Near {
  const all = series.flatMap((set) => set.places.map((place, i) => ({ place, known: set.known[i] })))
  const { place, known: cells } =
    all[
      nearest(
        all.map((one) => one.place),
        ([px, py]) => Math.hypot(px - x, py - y),
      )
    ]
  return {
    text: known.map((name, i) => `${name} ${cells[i]}`.trim()).join(' · '),
    at: { cx: place[0], cy: place[1] },
  }
}
