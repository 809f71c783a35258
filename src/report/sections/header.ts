import { NOT_FINITE } from '../../runs/journal.ts'
import type { WarningEvent } from '../../train/events.ts'
import { counted } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { verdict } from './verdict.ts'

/** What this is: the title, how it was trained, what came of it, and what deserves a warning. */
export function headerSection(input: ReportInput): Markup {
  const { title, events } = input
  const { model, objective } = input.recipe
  return html`<header class="top">
<p class="overline">betavae report</p>
<h1>${title}</h1>
<p class="chips">${[
    objective.name,
    counted(model.latent.size, 'latent dimension'),
    `${model.likelihood.name} likelihood`,
    model.architecture.name,
  ].map((chip) => html`<span>${chip}</span>`)}</p>
${verdict(input)}
${notices(events)}
</header>`
}

/** Said while training, and again by the diagnosis if it still holds. */
const isDiagnosis = ({ code }: WarningEvent): boolean => code.startsWith('diagnosis/') || code === NOT_FINITE

/** The run's own warnings. */
function notices(events: ReportInput['events']): Markup | undefined {
  const texts = events.flatMap((event) =>
    event.kind === 'warning' && !isDiagnosis(event) ? [event.message] : [],
  )
  return texts.length > 0
    ? html`<ul class="notices">${[...new Set(texts)].map((text) => html`<li>${text}</li>`)}</ul>`
    : undefined
}
