import { parseWeight, type Schedule, weightAt } from '../../objective/schedule.ts'
import { type LineSeries, lineChart } from '../charts/line.ts'
import { type Curve, curvesOf, startOf } from '../curves.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { section } from './section.ts'

const SCHEDULE_POINTS = 240

/** Loss, reconstruction and KL while training went on, and weights that changed; nothing where the log is empty. */
export function trainingSection({ events, ledger, recipe }: ReportInput): Markup | undefined {
  const curves = curvesOf(events)
  if (!curves) return undefined
  const { unit, loss, reconstruction, kl } = curves
  const draw = (title: string, curve: Curve) => curveFigure(title, curve, unit)
  const perEpoch = startOf(events)?.stepsPerEpoch
  const scheduled = [
    ...ledger.terms.map(({ name, weight }) => ({ name: `weight of ${name}`, weight })),
    { name: 'learning rate', weight: recipe.training.learningRate },
  ]
    .map(({ name, weight }) => ({ name, schedule: parseWeight(weight, recipe.model) }))
    .filter(({ schedule }) => schedule.kind.name !== 'constant')
  const validated = loss.validation.length > 0
  return section(
    'training',
    'Training',
    validated
      ? 'Where validation turns up while training goes on falling, the model has begun to memorize.'
      : 'Without a validation split, these curves cannot show overfitting.',
    html`<p class="legend">${[
      loss.batches.length > 0 ? html`<span class="batch">single batches</span>` : undefined,
      loss.train.length > 0 ? html`<span class="train">training, mean over the epoch</span>` : undefined,
      validated ? html`<span class="validation">validation, after the epoch</span>` : undefined,
    ]}</p><div class="panels">${draw('Loss', loss)}${draw('Reconstruction', reconstruction)}${kl ? draw('KL', kl) : undefined}${scheduled.map(
      ({ name, schedule }) => scheduleFigure(name, schedule, recipe.training.steps, perEpoch),
    )}</div>`,
  )
}

function curveFigure(title: string, { batches, train, validation }: Curve, unit: string): Markup {
  const series: LineSeries[] = [
    { name: 'single batches', tone: 'batch', points: batches, background: true },
    { name: 'training', tone: 'train', points: train },
    { name: 'validation', tone: 'validation', points: validation },
  ]
  const last = train.at(-1) ?? batches.at(-1)
  return figure(
    title,
    lineChart({
      title,
      description: `${title} in nats by ${unit}${last ? `; training ends at ${fixed(last[1])}` : ''}${validation.length > 0 ? `, validation at ${fixed(validation[validation.length - 1][1])}` : ''}.`,
      xLabel: unit,
      yLabel: 'nats',
      wholeX: true,
      series: series.filter(({ points }) => points.length > 0),
    }),
  )
}

const figure = (title: string, chart: Markup): Markup =>
  html`<figure><figcaption>${title}</figcaption>${chart}</figure>`

function scheduleFigure(name: string, schedule: Schedule, steps: number, perEpoch?: number): Markup {
  const points = Array.from({ length: SCHEDULE_POINTS + 1 }, (_, i) => {
    const step = (steps * i) / SCHEDULE_POINTS
    return [step / (perEpoch ?? 1), weightAt(schedule, step)] as const
  })
  const title = `${name[0].toUpperCase()}${name.slice(1)}`
  return figure(
    title,
    lineChart({
      title,
      description: `${name} follows ${schedule.text} over ${steps} steps.`,
      xLabel: perEpoch ? 'epoch' : 'step',
      wholeX: true,
      series: [{ name, tone: 'schedule', points }],
    }),
  )
}
