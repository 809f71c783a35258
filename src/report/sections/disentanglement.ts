import { registered } from '../../base/parts.ts'
import type { MetricResult } from '../../statistics/disentanglement.ts'
import { METRICS } from '../../statistics/metrics/index.ts'
import type { Metric } from '../../statistics/metrics/metric.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { section } from './section.ts'

/** How well the code tells the data's factors apart, by metric; nothing where it was not measured. */
export function disentanglementSection({ evaluation, recipe }: ReportInput): Markup | undefined {
  const { metrics, factors = [] } = evaluation
  if (!metrics) return undefined
  const rows = registered('metric', METRICS, recipe.model).filter(({ name }) => metrics[name] !== undefined)
  return section(
    'disentanglement',
    'Disentanglement',
    `How posterior means of the ${evaluation.split} split stand to what is known of the examples: ${factors.join(', ')}.`,
    html`<table class="ledger"><thead><tr><th scope="col">Metric</th><th scope="col" class="entry">Score</th>${factors.map(
      (factor) => html`<th scope="col" class="entry">${factor}</th>`,
    )}<th scope="col">Read as</th></tr></thead><tbody>${rows.map((metric) => rowMarkup(metric, metrics[metric.name], factors))}</tbody></table>`,
  )
}

const rowMarkup = (
  { title, summary, citation }: Metric,
  { score, perFactor }: MetricResult,
  factors: readonly string[],
): Markup =>
  html`<tr><th scope="row">${title}</th><td class="entry" data-name="Score">${fixed(score, 3)}</td>${factors.map(
    (factor, k) =>
      html`<td class="entry" data-name="${factor}">${perFactor ? fixed(perFactor[k], 3) : undefined}</td>`,
  )}<td data-name="Read as"><div><p>${summary}</p><p>${citation}</p></div></td></tr>`
