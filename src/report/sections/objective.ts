import { short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { section } from './section.ts'

/** The ledger: what was minimized, and what each term says as a prior. */
export function objectiveSection({ ledger }: ReportInput): Markup {
  const { formula, terms } = ledger
  return section(
    'objective',
    'Objective',
    'What training minimized, in nats per example: a misfit plus weighted regularizers, each of which is a prior.',
    html`<p class="formula">${formula}</p>${
      terms.length === 0
        ? html`<p class="note">No regularizer: reconstruction alone.</p>`
        : html`<table class="ledger"><thead><tr><th scope="col">Term</th><th scope="col">Weight</th><th scope="col">Penalty</th><th scope="col">Read as a prior</th></tr></thead><tbody>${terms.map(
            ({ name, on, weight, formula: penalty, reading }) =>
              html`<tr><th scope="row">${name}<small>on ${on}</small></th><td class="weight" data-name="Weight">${typeof weight === 'number' ? short(weight) : weight}</td><td data-name="Penalty">${penalty}</td><td data-name="Prior">${reading}</td></tr>`,
          )}</tbody></table>`
    }`,
  )
}
