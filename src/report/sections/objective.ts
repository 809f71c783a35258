import { type BalancedLedger, type Entry, withBalances } from '../../objective/balance.ts'
import { balancesOf } from '../../runs/balances.ts'
import { fixed, short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { allTimes, balanceFigure, percent, type Time, titles, toneOf } from './balance.ts'
import { section } from './section.ts'

/** The ledger: what was minimized, what its parts came to, and what each term says as a prior. */
export function objectiveSection({ ledger, events }: ReportInput): Markup {
  const balanced = withBalances(ledger, balancesOf(events))
  return section(
    'objective',
    'Objective',
    'What training minimized, in nats per example: a misfit plus weighted regularizers, each of which is a prior.',
    html`<p class="formula">${ledger.formula}</p>${balanceFigure(balanced)}${table(balanced)}${
      ledger.terms.length === 0 ? html`<p class="note">No regularizer: reconstruction alone.</p>` : undefined
    }${given(ledger)}${conventions(ledger)}`,
  )
}

const LIKELIHOOD = 'no prior: the likelihood, which priors are weighed against'

interface Row {
  readonly name: string
  readonly on?: string
  readonly weight: number | string
  readonly formula: string
  readonly start: Entry | null
  readonly end: Entry | null
  readonly words: readonly string[]
}

function table({ reconstruction, terms, loss }: BalancedLedger): Markup | undefined {
  if (terms.length === 0) return undefined
  const times = allTimes.filter((time) => loss[time])
  const rows: Row[] = [
    { name: 'reconstruction', weight: 1, words: [LIKELIHOOD], ...reconstruction },
    ...terms.map(({ reading, opponent, ...line }) => ({
      ...line,
      words: opponent ? [reading, opponent.words] : [reading],
    })),
  ]
  return html`<table class="ledger"><thead><tr><th scope="col">Part</th><th scope="col">Weight</th><th scope="col">Formula</th>${times.map(
    (time) => html`<th scope="col" class="entry">${titles[time]}<small>weighted, nats</small></th>`,
  )}<th scope="col">Read as a prior</th></tr></thead><tbody>${rows.map((row, place) => rowMarkup(row, place, times))}</tbody></table>`
}

const rowMarkup = (
  { name, on, weight, formula, words, ...entries }: Row,
  place: number,
  times: readonly Time[],
): Markup =>
  html`<tr><th scope="row" class="${toneOf(place)}">${name}${on ? html`<small>on ${on}</small>` : undefined}</th><td class="weight" data-name="Weight">${typeof weight === 'number' ? short(weight) : weight}</td><td class="math" data-name="Formula">${unbroken(formula)}</td>${times.map(
    (time) => html`<td class="entry" data-name="${titles[time]}">${entryMarkup(entries[time])}</td>`,
  )}<td data-name="Prior"><div>${words.map((text) => html`<p>${text}</p>`)}</div></td></tr>`

/** A formula whose lines may break at its sums and products alone. */
const unbroken = (formula: string): string => formula.replace(/(?<=[;,‖]|log) | (?=‖)/g, '\u00a0')

const entryMarkup = (entry: Entry | null): Markup =>
  entry ? html`<span>${fixed(entry.weighted)}<small>${percent(entry.share)}</small></span>` : html`–`

/** What every density is given. */
const given = ({ given: lines = [] }: ReportInput['ledger']): Markup | undefined =>
  lines.length === 0
    ? undefined
    : html`<p class="note">Every density is given ${lines.map(({ name, words }) => `${name}, ${words}`).join('; ')}: the ELBO is a bound on log p(x|c).</p>`

/** Other names of β, out of the way of those who do not compare. */
function conventions({ beta, conventions: lines }: ReportInput['ledger']): Markup | undefined {
  if (beta === null || lines.length === 0) return undefined
  return html`<details class="conventions"><summary>What β = ${short(beta)} is called elsewhere</summary><table class="ledger"><thead><tr><th scope="col">Convention</th><th scope="col">w</th><th scope="col">Loss</th><th scope="col">Met as</th></tr></thead><tbody>${lines.map(
    ({ name, value, formula, words }) =>
      html`<tr><th scope="row">${name}</th><td class="weight" data-name="w">${short(value)}</td><td class="math" data-name="Loss">${unbroken(formula)}</td><td data-name="Met as">${words}</td></tr>`,
  )}</tbody></table></details>`
}
