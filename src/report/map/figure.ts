import { scatterChart } from '../charts/scatter.ts'
import { html, type Markup } from '../html.ts'
import { levelTones } from '../palette.ts'
import { coloredSets, type LatentMap, type Legend } from './latent-map.ts'
import { describe } from './svg.ts'

/** A map in a page, its legend below; `notes` say for each point what to show near it. */
export function mapFigure(map: LatentMap, notes?: readonly string[]): Markup {
  const { sets, legend } = coloredSets(map)
  const { data } = map.points
  const [x, y] = map.axes
  return html`<figure><figcaption>Latent map <output class="readout"></output></figcaption>${scatterChart({
    title: 'Latent map',
    description: describe(map),
    xLabel: x,
    yLabel: y,
    sets,
    notes: notes?.map((note, i) => [data[2 * i], data[2 * i + 1], note] as const),
  })}${legend && legendMarkup(legend)}</figure>`
}

/** What the colors of a map mean, as a line of a page. */
export const legendMarkup = ({ title, entries, isRamp }: Legend): Markup =>
  isRamp
    ? html`<p class="legend ramp">${title} ${entries[0].name} <span>${levelTones.map((_, i) => html`<i class="level-${i}"></i>`)}</span> ${entries[1].name}</p>`
    : html`<p class="legend dots">${title} ${entries.map(({ name, tone }) => html`<span class="${tone}">${name}</span>`)}</p>`
