import type { Plot } from '../charts/axes.ts'
import { scatterChart } from '../charts/scatter.ts'
import { counted } from '../format.ts'
import { html, type Markup, trusted } from '../html.ts'
import { levelTones } from '../palette.ts'
import { chartStyle } from '../style.ts'
import { coloredSets, type LatentMap, type Legend } from './latent-map.ts'

/** Room for a legend at the right. */
const WIDE: Plot = { width: 776, height: 696, left: 56, top: 64, right: 646, bottom: 644 }
const NARROW: Plot = { ...WIDE, width: 676 }
const LEFT = 16

/** A map as an SVG file of its own, light or dark as its viewer is. */
export function mapSvg(map: LatentMap, title: string): string {
  const { sets, legend } = coloredSets(map)
  const plot = legend ? WIDE : NARROW
  const chart = scatterChart({
    title,
    description: describe(map),
    xLabel: map.axes[0],
    yLabel: '',
    sets,
    plot,
    aside: html`<text class="title" x="${LEFT}" y="26">${title}</text><text class="axis-name" x="${LEFT}" y="50">${map.axes[1]}</text>${legend ? legendOf(legend, plot) : undefined}`,
  })
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${plot.width}" height="${plot.height}" viewBox="0 0 ${plot.width} ${plot.height}"><style>${trusted(chartStyle)}</style><rect class="paper" width="100%" height="100%"/>${chart}</svg>
`.markup
}

/** A map in words. */
export const describe = ({ points, axes, coloring }: LatentMap): string =>
  `Codes of ${counted(points.shape[0], 'example')} along ${axes[0]} and ${axes[1]}${coloring ? `, colored by ${coloring.name}` : ''}.`

function legendOf({ title, entries, isRamp }: Legend, { right, top }: Plot): Markup {
  const left = right + 28
  const y = (line: number) => top + 12 + 22 * line
  const head = html`<text class="legend-title" x="${left}" y="${y(0)}">${title}</text>`
  if (!isRamp)
    return html`${head}${entries.map(
      ({ name, tone }, i) =>
        html`<circle class="key ${tone}" cx="${left + 5}" cy="${y(i + 1) - 4}" r="5"/><text class="entry" x="${left + 18}" y="${y(i + 1)}">${name}</text>`,
    )}`
  const [low, high] = entries
  return html`${head}${levelTones.map(
    (_, i) =>
      html`<rect class="key level-${i}" x="${left}" y="${y(1) - 12 + 10 * (levelTones.length - 1 - i)}" width="14" height="10.5"/>`,
  )}<text class="entry" x="${left + 22}" y="${y(1) - 3}">${high.name}</text><text class="entry" x="${left + 22}" y="${y(1) - 13 + 10 * levelTones.length}">${low.name}</text>`
}
