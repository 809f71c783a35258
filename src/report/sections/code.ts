import { type Bar, barChart } from '../charts/bars.ts'
import { type PointSet, scatterChart } from '../charts/scatter.ts'
import { counted, fixed, short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import type { LatentMap, Pictures } from '../pictures.ts'
import { section } from './section.ts'

/** Classes that get a color of their own; with more, all points share one. */
const MOST_CLASSES = 10

/** What each dimension of the code carries, and where data lie in it. */
export function codeSection({ evaluation, pictures }: ReportInput): Markup | undefined {
  const { klPerDimension } = evaluation
  const bars = klPerDimension ? klFigure(klPerDimension, evaluation.activeUnits ?? 0, pictures) : undefined
  const map = pictures?.map ? mapFigure(pictures.map) : undefined
  if (!bars && !map) return undefined
  return section(
    'code',
    'The code',
    klPerDimension
      ? 'A dimension is worth its KL: near zero it repeats the prior whatever the example.'
      : undefined,
    html`<div class="halves figures">${bars}${map}</div>`,
  )
}

function klFigure(klPerDimension: readonly number[], activeUnits: number, pictures?: Pictures): Markup {
  const order = klPerDimension.map((_, i) => i).sort((a, b) => klPerDimension[b] - klPerDimension[a])
  const active = new Set(
    pictures ? pictures.traversals.map(({ dimension }) => dimension) : order.slice(0, activeUnits),
  )
  const bars = order.map(
    (dimension): Bar => ({
      name: `z${dimension}`,
      value: klPerDimension[dimension],
      tone: active.has(dimension) ? 'active' : 'idle',
    }),
  )
  const idle = bars.length - activeUnits
  return html`<figure><figcaption>KL per dimension, nats</figcaption>${barChart({
    title: 'KL per dimension',
    description: `${counted(activeUnits, 'dimension')} active, ${idle} idle; the strongest is ${bars[0].name}.`,
    bars,
  })}${idle > 0 ? html`<p class="legend"><span class="active">active</span><span class="idle">idle</span></p>` : undefined}</figure>`
}

function mapFigure({ dimensions: [first, second], points, labels }: LatentMap): Markup {
  const sets = setsOf(points.data, labels)
  const named = sets.length > 1
  return html`<figure><figcaption>Codes along z${first} and z${second}</figcaption>${scatterChart({
    title: 'Latent map',
    description: `Codes of ${counted(points.shape[0], 'example')} along dimensions ${first} and ${second}${named ? ', colored by class' : ''}.`,
    xLabel: `z${first}`,
    yLabel: `z${second}`,
    sets,
  })}${named ? html`<p class="legend dots">${sets.map(({ name, tone }) => html`<span class="${tone}">${name}</span>`)}</p>` : undefined}</figure>`
}

/** Points of each class, or of all together where classes are missing or too many. */
function setsOf(points: ArrayLike<number>, labels?: readonly number[]): PointSet[] {
  const all = Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i], points[2 * i + 1]] as const)
  const classes = [...new Set(labels)].sort((a, b) => a - b)
  if (!labels || classes.length < 2 || classes.length > MOST_CLASSES) return [{ tone: 'active', points: all }]
  return classes.map((label, i) => ({
    name: String(label),
    tone: `class-${i}`,
    points: all.filter((_, row) => labels[row] === label),
  }))
}

/** How far a traversal's dimension reaches, beside its name. */
export const strengthOf = ({ kl, deviation }: Pictures['traversals'][number]): string =>
  kl === undefined ? `sd ${short(deviation)}` : `${fixed(kl)} nats`
