import type { Evaluation } from '../../evaluate/evaluation.ts'
import { latentOf, likelihoodOf } from '../../model/spec.ts'
import type { Ledger } from '../../objective/ledger.ts'
import { counted, fixed, short } from '../format.ts'
import { type Content, html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'

interface Card {
  readonly name: Content
  readonly value: string
  readonly unit?: string
  /** What it means, for somebody who meets it for the first time. */
  readonly words: string
}

/** The numbers to quote, each with its meaning; the one that models are compared by comes first. */
export function headlineSection(input: ReportInput): Markup {
  const [hero, ...rest] = [...measured(input), ...chosen(input)]
  const estimate = estimated(input)
  const { split, count } = input.evaluation
  return html`<section id="numbers" aria-label="Headline numbers"><p class="lead">Nats per example, averaged over the ${split} split (${counted(count, 'example')}), ${split === 'train' ? 'on which it was trained' : 'held out from training'}.</p><dl class="cards ${rest.length < 4 ? 'few' : ''} ${rest.length % 2 === 1 ? 'odd' : ''}" style="--columns:${rest.length < 4 ? rest.length : Math.ceil(rest.length / 2)}"><div class="hero">${inside(hero)}${estimate && inside(estimate)}${elboSplit(input.evaluation)}</div>${rest.map(
    (card) => html`<div>${inside(card)}</div>`,
  )}</dl>${constantNote(input)}</section>`
}

const inside = ({ name, value, unit, words }: Card): Markup =>
  html`<dt>${name}</dt><dd><span class="number">${value}</span>${unit ? html` <span class="unit">${unit}</span>` : undefined}<p>${words}</p></dd>`

/** How the ELBO divides into its two costs; nothing where a density above 1 makes one of them a gain. */
function elboSplit({ reconstruction, kl }: Evaluation): Markup | undefined {
  if (kl === null || !(reconstruction > 0 && kl > 0)) return undefined
  const share = Math.round((100 * kl) / (reconstruction + kl))
  const part = (name: string, percent: number) =>
    html`<span style="flex:${percent}" title="${name}: ${percent} %"></span>`
  return html`<dt class="split-name">−ELBO = reconstruction + KL</dt><dd><div class="split" role="img" aria-label="${100 - share} % reconstruction, ${share} % KL">${part('reconstruction', 100 - share)}${part('KL', share)}</div></dd>`
}

function measured({ evaluation, recipe }: ReportInput): Card[] {
  const { elbo, reconstruction, kl, bitsPerDimension, activeUnits, levelUse } = evaluation
  const cards: (Card | false)[] = [
    elbo !== null && {
      name: 'ELBO',
      value: fixed(elbo),
      unit: 'nats',
      words:
        'Evidence lower bound: log p(x), the log-probability that the model gives an example, is at least this. Higher is better.',
    },
    {
      name: 'Reconstruction',
      value: fixed(reconstruction),
      unit: 'nats',
      words: 'What an example still costs once its code is known. Lower is better.',
    },
    kl !== null && {
      name: 'KL',
      value: fixed(kl),
      unit: 'nats',
      words: 'What the code costs: how much the encoder says beyond the prior.',
    },
    bitsPerDimension !== null && {
      name: 'Bits per dimension',
      value: fixed(bitsPerDimension, 3),
      words: '−ELBO in bits, shared among the numbers of an example. Lower is better.',
    },
    {
      name: 'Active units',
      value: `${activeUnits}`,
      unit: `of ${recipe.model.latent.size}`,
      words:
        activeUnits === 0
          ? 'None changes with the example: the decoder does without the code.'
          : 'Code dimensions that change with the example; the others carry nothing.',
    },
    levelUse !== undefined && {
      name: 'Perplexity',
      value: fixed(levelUse.perplexity, 1),
      unit: `${levelUse.used} of ${levelUse.levels} levels used`,
      words: 'As many levels of the discrete code, used alike, would tell as much.',
    },
  ]
  return cards.filter((one) => one !== false)
}

function estimated({ evaluation: { nll } }: ReportInput): Card | undefined {
  return (
    nll && {
      name: '−log p(x)',
      value: fixed(nll.estimate),
      unit: nll.standardError === null ? 'nats' : `± ${fixed(nll.standardError)} nats`,
      words: `Estimated with ${nll.samples} draws from each posterior; closer to the truth than the ELBO.`,
    }
  )
}

function chosen({ ledger, evaluation, recipe }: ReportInput): Card[] {
  const loss: Card = {
    name: 'Loss',
    value: fixed(evaluation.loss),
    unit: 'nats',
    words: 'What training minimized: reconstruction plus every weighted term.',
  }
  if (!latentOf(recipe.model).kind.stochastic)
    return [
      loss,
      { name: 'β', value: '0', words: 'The code is a point, not a distribution: it has no KL and no ELBO.' },
    ]
  const cards: (Card | false)[] = [
    // Of a plain VAE the loss is −ELBO, which is said already.
    !isElbo(evaluation) && loss,
    { name: 'β', value: numberOf(ledger.beta), words: betaWords(ledger) },
    ledger.betaNorm !== null && {
      name: html`β<sub>norm</sub>`,
      value: short(ledger.betaNorm),
      words: 'β · M / N for M latent and N data dimensions: compares β across sizes.',
    },
    ledger.impliedVariance !== null && {
      name: 'Implied σ²',
      value: short(ledger.impliedVariance),
      words: 'Observation variance at which this loss would be a plain VAE’s.',
    },
  ]
  return cards.filter((one) => one !== false)
}

/** Whether the loss is the ELBO with another sign, to the digits that are shown. */
export const isElbo = ({ loss, elbo }: Pick<Evaluation, 'loss' | 'elbo'>): boolean =>
  elbo !== null && fixed(loss) === fixed(-elbo)

const numberOf = (value: number | null): string => (value === null ? '–' : short(value))

function betaWords({ beta, rate }: Ledger): string {
  if (rate === null) return 'No term weighs the KL from posterior to prior.'
  if (beta === null) return `None: ${rate} holds the KL at a target, whatever its price.`
  if (beta === 1) return 'Price of a nat of KL. At 1 a nat costs what it costs in the ELBO.'
  return beta > 1
    ? 'Price of a nat of KL. Above 1 the code is squeezed: fewer, more separate dimensions.'
    : 'Price of a nat of KL. Below 1 the code is cheap: sharper reconstructions.'
}

/** Says so where a likelihood leaves a constant out. */
function constantNote({ recipe, evaluation }: ReportInput): Markup | undefined {
  const { kind, options } = likelihoodOf(recipe.model)
  const omitted = kind.omitted(options)
  if (omitted === 0) return undefined
  const where = evaluation.elbo === null ? 'Reconstruction leaves' : 'Reconstruction and ELBO leave'
  return html`<p class="note">${where} out a constant of ${short(omitted)} nats for every number of an example: ${kind.summary}.${evaluation.bitsPerDimension === null ? '' : ' Bits per dimension include it.'}</p>`
}
