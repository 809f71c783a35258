import { NOT_FINITE } from '../../runs/journal.ts'
import type { WarningEvent } from '../../train/events.ts'
import { startOf } from '../curves.ts'
import { counted, duration } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'

/** What this is: the title, how it was trained, and what deserves a warning. */
export function headerSection({ title, recipe, events, evaluation }: ReportInput): Markup {
  const { model, objective } = recipe
  return html`<header class="top">
<p class="overline">betavae report</p>
<h1>${title}</h1>
<p class="chips">${[
    objective.name,
    counted(model.latent.size, 'latent dimension'),
    `${model.likelihood.name} likelihood`,
    model.architecture.name,
  ].map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede">${training(events)}Numbers are nats per example, averaged over the ${evaluation.split} split (${counted(evaluation.count, 'example')}), ${evaluation.split === 'train' ? 'on which it was trained' : 'held out from training'}.</p>
${notices(events)}
</header>`
}

function training(events: ReportInput['events']): string {
  const start = startOf(events)
  const end = events.findLast((event) => event.kind === 'end')
  const epoch = events.findLast((event) => event.kind === 'epoch')
  const steps = end?.step ?? epoch?.step
  if (!start || steps === undefined) return ''
  const epochs = Math.max(1, Math.round(steps / start.stepsPerEpoch))
  // A log keeps the time of its last stretch alone.
  const time = end && start.step === 0 ? ` in ${duration(end.seconds)}` : ''
  return `Trained on ${counted(start.examples.train, 'example')} for ${counted(epochs, 'epoch')} (${counted(steps, 'step')})${time}. `
}

/** Said while training, and again by the diagnosis if it still holds. */
const isDiagnosis = ({ code }: WarningEvent): boolean => code.startsWith('diagnosis/') || code === NOT_FINITE

/** An unfinished run and the run's own warnings. */
function notices(events: ReportInput['events']): Markup | undefined {
  const end = events.findLast((event) => event.kind === 'end')
  const texts = events.flatMap((event) =>
    event.kind === 'warning' && !isDiagnosis(event) ? [event.message] : [],
  )
  if (end?.reason === 'interrupted') texts.unshift('This run was interrupted; it can be resumed.')
  if (end?.reason === 'early-stop')
    texts.unshift(
      `Stopped early: validation did not improve any more. The model is that of epoch ${end.bestEpoch}.`,
    )
  return texts.length > 0
    ? html`<ul class="notices">${[...new Set(texts)].map((text) => html`<li>${text}</li>`)}</ul>`
    : undefined
}
