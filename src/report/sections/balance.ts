import type { BalancedLedger, Entry } from '../../objective/balance.ts'
import { fixed, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'

/** Parts beyond these share the last color. */
const TONES = 8

export type Time = keyof BalancedLedger['loss']
export const allTimes = ['start', 'end'] as const satisfies readonly Time[]
export const titles: Readonly<Record<Time, string>> = { start: 'Start', end: 'End' }

/** Style class of a part of the loss, by its place: the reconstruction is the first. */
export const toneOf = (place: number): string => `part-${Math.min(place, TONES - 1)}`

/** A share of the loss as text. */
export const percent = (share: number): string => `${fixed(100 * share, 1)} %`

/** What the loss was made of at the start and at the end: a bar of shares for each; nothing where no step is known. */
export function balanceFigure(ledger: BalancedLedger): Markup | undefined {
  const bars = allTimes.map((time) => barOf(ledger, time))
  return bars.some((bar) => bar)
    ? html`<figure class="balance"><figcaption>What the loss was made of</figcaption>${bars}</figure>`
    : undefined
}

function barOf({ loss, reconstruction, terms }: BalancedLedger, time: Time): Markup | undefined {
  const total = loss[time]
  if (!total) return undefined
  const parts = [{ name: 'reconstruction', entry: reconstruction[time] }].concat(
    terms.map((term) => ({ name: term.name, entry: term[time] })),
  )
  return html`<div class="time"><p>${titles[time]}<small>${stepsText(total.steps)}</small></p><div class="stack" aria-hidden="true">${parts.map(
    ({ name, entry }, place) => (entry ? segment(name, entry, place) : undefined),
  )}</div><p class="total">${fixed(total.loss)} <span class="unit">nats</span></p></div>`
}

function segment(name: string, { share, weighted }: Entry, place: number): Markup | undefined {
  if (!(Math.abs(share) > 0)) return undefined
  return html`<span class="${toneOf(place)}${share < 0 ? ' gain' : ''}" style="flex-grow:${Math.abs(share).toFixed(4)}" title="${name}: ${fixed(weighted)} nats, ${percent(share)}"></span>`
}

const stepsText = ([first, last]: readonly [number, number]): string =>
  first === last ? `step ${wholeNumber(first)}` : `steps ${wholeNumber(first)} to ${wholeNumber(last)}`
