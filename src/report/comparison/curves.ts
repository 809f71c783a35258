import { type LineSeries, lineChart } from '../charts/line.ts'
import { type Curve, type Curves, curvesOf } from '../curves.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { section } from '../sections/section.ts'
import type { ComparedRun } from './input.ts'

const measures = [
  { key: 'loss', title: 'Loss' },
  { key: 'reconstruction', title: 'Reconstruction' },
  { key: 'kl', title: 'KL' },
] as const
const NAMES = ['A', 'B'] as const

/** Held-out loss, reconstruction and KL of both over one axis, training behind; nothing where a log is empty. */
export function curvesSection(runs: readonly [ComparedRun, ComparedRun]): Markup | undefined {
  const curves = runs.map(({ events }) => curvesOf(events))
  if (curves.some((own) => own === undefined)) return undefined
  const known = curves as readonly Curves[]
  const unit = known.every((own) => own.unit === 'epoch') ? 'epoch' : 'step'
  const isValidated = known.every(({ loss }) => loss.validation.length > 0)
  return section(
    'curves',
    'Training',
    isValidated
      ? 'Held-out examples in front, training behind. Losses of different objectives are different sums.'
      : 'Training, since not both were validated while they trained. Losses of different objectives are different sums.',
    html`<p class="legend">${NAMES.map((name, at) => html`<span class="part-${at}">${name}, ${runs[at].name}</span>`)}</p><div class="panels">${measures.map(
      ({ key, title }) =>
        figureOf(
          title,
          known.map((own) => own[key]),
          unit,
          isValidated,
        ),
    )}</div>`,
  )
}

function figureOf(
  title: string,
  curves: readonly (Curve | undefined)[],
  unit: string,
  isValidated: boolean,
): Markup | undefined {
  const series = curves.flatMap((curve, at): LineSeries[] => {
    if (!curve) return []
    const tone = `part-${at}`
    const training = { name: `${NAMES[at]}, training`, tone, points: curve.train }
    return isValidated
      ? [
          { ...training, background: true },
          { name: NAMES[at], tone, points: curve.validation },
        ]
      : [training]
  })
  const shown = series.filter(({ points }) => points.length > 0)
  if (shown.length === 0) return undefined
  const ends = shown
    .filter(({ background }) => !background)
    .map(({ name, points }) => `${name} ends at ${fixed(points[points.length - 1][1])}`)
  const description = `${title} in nats by ${unit}; ${ends.join(', ')}.`
  return html`<figure><figcaption>${title}</figcaption>${lineChart({
    ...{ title, description, xLabel: unit, yLabel: 'nats', wholeX: true, series: shown },
  })}</figure>`
}

/** What each dimension of the codes carries, the strongest first; nothing where the KL is no sum over dimensions. */
export function unitsSection(runs: readonly [ComparedRun, ComparedRun]): Markup | undefined {
  const series = runs.flatMap(({ evaluation }, at): LineSeries[] =>
    evaluation.klPerDimension === null
      ? []
      : [
          {
            name: NAMES[at],
            tone: `part-${at}`,
            points: evaluation.klPerDimension
              .toSorted((a, b) => b - a)
              .map((kl, rank) => [rank + 1, kl] as const),
          },
        ],
  )
  if (series.length === 0) return undefined
  const title = 'KL per dimension'
  const ends = series.map(({ name, points }) => `${name} from ${fixed(points[0][1])} down`)
  return section(
    'units',
    title,
    'Dimensions of each code, the one that carries most first: where a line reaches 0 the others are idle.',
    html`<div class="panels"><figure><figcaption>${title}</figcaption>${lineChart({
      title,
      description: `${title} in nats by rank; ${ends.join(', ')}.`,
      ...{ xLabel: 'rank', yLabel: 'nats', wholeX: true, series, reach: [0] },
    })}</figure></div>`,
  )
}
