import { type Known, scatterChart } from '../charts/scatter.ts'
import { html, type Markup } from '../html.ts'
import { levelTones } from '../palette.ts'
import { coloredBy, coloredSets, type LatentMap, type Legend } from './latent-map.ts'
import { describe } from './svg.ts'

/** A map in a page, its legend below; near a point its row is told, where `rows` has them, and what colors it. */
export function mapFigure(map: LatentMap, rows?: ArrayLike<number>): Markup {
  const { sets, legend } = coloredSets(map)
  const { coloring } = map
  const [x, y] = map.axes
  const known: Known[] = [
    ...(rows ? [{ name: 'row', values: rows }] : []),
    ...(coloring
      ? [{ name: coloring.name, values: Array.from(coloring.values, (_, i) => coloredBy(coloring, i)) }]
      : []),
  ]
  return html`<figure><figcaption>Latent map</figcaption>${scatterChart({
    title: 'Latent map',
    description: describe(map),
    xLabel: x,
    yLabel: y,
    sets,
    known,
  })}${legend && legendMarkup(legend)}</figure>`
}

/** What the colors of a map mean, as a line of a page. */
export const legendMarkup = ({ title, entries, isRamp }: Legend): Markup =>
  isRamp
    ? html`<p class="legend ramp">${title} ${entries[0].name} <span>${levelTones.map((_, i) => html`<i class="level-${i}"></i>`)}</span> ${entries[1].name}</p>`
    : html`<p class="legend dots">${title} ${entries.map(({ name, tone }) => html`<span class="${tone}">${name}</span>`)}</p>`
