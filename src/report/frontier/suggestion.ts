import type { Frontier } from '../../sweep/frontier.ts'
import { fixed, short } from '../format.ts'
import { html, type Markup } from '../html.ts'

/** Which β, which capacity, and why. */
export function suggestionSection({ suggestion }: Frontier): Markup {
  const { beta, capacity, likelihood, missing } = suggestion
  const cards = [
    beta
      ? card('hero', 'Suggested β', short(beta.value), undefined, html`<p>${sentence(beta.reason)}</p>`)
      : card('hero', 'Suggested β', 'none', undefined, html`<p>${sentence(missing ?? '')}</p>`),
    ...(capacity
      ? [
          card(
            '',
            'Suggested capacity C',
            fixed(capacity.value),
            `nats, ${fixed(capacity.bits)} bits`,
            html`<p>${sentence(capacity.reason)}</p><p><code>${capacity.options}</code></p>`,
          ),
        ]
      : []),
    card(
      '',
      'β of the highest ELBO',
      short(likelihood.value),
      undefined,
      html`<p>${sentence(likelihood.reason)}</p>`,
    ),
  ]
  return html`<section id="numbers" aria-label="Suggestions"><dl class="cards few">${cards}</dl></section>`
}

const card = (
  className: string,
  name: string,
  value: string,
  unit: string | undefined,
  words: Markup,
): Markup =>
  html`<div class="${className}"><dt>${name}</dt><dd><span class="number">${value}</span>${unit ? html` <span class="unit">${unit}</span>` : undefined}${words}</dd></div>`

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
