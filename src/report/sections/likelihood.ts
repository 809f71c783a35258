import type { Evaluation } from '../../evaluate/evaluation.ts'
import { counted, fixed, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { isElbo } from './headline.ts'
import { section } from './section.ts'

type Split = NonNullable<Evaluation['klSplit']>
type Classes = NonNullable<Evaluation['classes']>

/** Classes beyond this are counted, not listed. */
const MOST_CLASSES = 30
/** Nats of KL from which on it is worth a bar. */
const LEAST_BAR = 0.05

/** What the KL is made of, how far codes lie from the prior, and what each class comes to. */
export function likelihoodSection({ evaluation }: ReportInput): Markup | undefined {
  const { klSplit, classes, split } = evaluation
  if (!klSplit && !classes) return undefined
  return section(
    'kl',
    klSplit ? 'The KL taken apart' : 'By class',
    klSplit ? howWords(klSplit, split) : undefined,
    html`${klSplit ? splitFigure(klSplit) : undefined}${classes ? classTable(classes, klSplit !== null) : undefined}`,
  )
}

const howWords = ({ examples, draws }: Split, split: string): string =>
  `q(z) is the mean posterior of ${counted(examples, 'example')} of the ${split} split, all of them compared at ` +
  `${counted(draws, 'drawn code')}.`

interface Part {
  readonly name: string
  readonly formula: string
  readonly value: number
  readonly error: number
  readonly words: string
}

function partsOf({ standardErrors: errors, ...split }: Split): Part[] {
  const information: Part = {
    name: 'Index–code information',
    formula: 'I(z; n)',
    value: split.indexCodeMutualInformation,
    error: errors.indexCodeMutualInformation,
    words: 'What a code tells of which example it is from: what the KL is worth.',
  }
  const correlation: Part = {
    name: 'Total correlation',
    formula: 'KL(q(z) ‖ Πⱼ q(zⱼ))',
    value: split.totalCorrelation,
    error: errors.totalCorrelation,
    words: 'What dimensions of the code tell of each other; 0 where they are independent.',
  }
  if (split.dimensionWiseKl === null || errors.dimensionWiseKl === null) return [information, correlation]
  const dimensions: Part = {
    name: 'Dimension-wise KL',
    formula: 'Σⱼ KL(q(zⱼ) ‖ p(zⱼ))',
    value: split.dimensionWiseKl,
    error: errors.dimensionWiseKl,
    words: 'How far each dimension, over all examples, is from its prior.',
  }
  return [information, correlation, dimensions]
}

function splitFigure(split: Split): Markup {
  const parts = partsOf(split)
  const gap: Part = {
    name: 'Aggregate gap',
    formula: 'KL(q(z) ‖ p(z))',
    value: split.aggregateGap,
    error: split.standardErrors.aggregateGap,
    words:
      split.dimensionWiseKl === null
        ? 'How far codes of data lie from the learned prior, which is no product over dimensions. With the information it makes up the KL.'
        : 'The last two together: how far codes of data lie from where samples are drawn.',
  }
  const sum = parts.reduce((total, { value }) => total + Math.max(0, value), 0)
  const shares = parts.map(({ name, value }, i) =>
    value > 0
      ? html`<span class="part-${i}" style="flex-grow:${(value / sum).toFixed(4)}" title="${name}: ${fixed(value)} nats"></span>`
      : undefined,
  )
  const isShown = split.dimensionWiseKl !== null && split.kl > LEAST_BAR
  const bar = isShown ? html`<div class="stack" aria-hidden="true">${shares}</div>` : undefined
  return html`<figure class="kl-split">${bar}<table class="ledger"><thead><tr><th scope="col">Part</th><th scope="col">Formula</th><th scope="col" class="entry">nats</th><th scope="col">Read as</th></tr></thead><tbody>${parts.map((part, i) => row(part, `part-${i}`))}${row(gap)}</tbody></table></figure>${boundNote(split)}`
}

const row = ({ name, formula, value, error, words }: Part, tone?: string): Markup =>
  html`<tr><th scope="row"${tone ? html` class="${tone}"` : undefined}>${name}</th><td data-name="Formula">${formula}</td><td class="entry" data-name="nats">${fixed(value, 3)}<small>± ${fixed(error, 3)}</small></td><td data-name="Read as">${words}</td></tr>`

const boundNote = ({ saturated, mutualInformationBound, examples }: Split): Markup | undefined =>
  saturated
    ? html`<p class="note">${counted(examples, 'example')} can show no more than log ${wholeNumber(examples)} = ${fixed(mutualInformationBound)} nats of information, and nearly that was found: of all data it may be more, and total correlation and gap less.</p>`
    : undefined

function classTable(classes: Classes, isSecond: boolean): Markup {
  const shown = classes.slice(0, MOST_CLASSES)
  const drawn = classes[0].kl !== null
  const hasLoss = !classes.every(isElbo)
  const head = (name: string) => html`<th scope="col" class="entry">${name}</th>`
  const cell = (name: string, value: number | null) =>
    value === null ? undefined : html`<td class="entry" data-name="${name}">${fixed(value)}</td>`
  const rest = classes.length - shown.length
  return html`<table class="ledger classes"><caption>${isSecond ? 'By class' : 'Averages of each class'}, nats per example</caption><thead><tr><th scope="col">Class</th>${head('Examples')}${drawn ? head('ELBO') : undefined}${head('Reconstruction')}${drawn ? head('KL') : undefined}${hasLoss ? head('Loss') : undefined}</tr></thead><tbody>${shown.map(
    ({ label, count, loss, reconstruction, kl, elbo }) =>
      html`<tr><th scope="row">${label}</th><td class="entry" data-name="Examples">${wholeNumber(count)}</td>${cell('ELBO', elbo)}${cell('Reconstruction', reconstruction)}${cell('KL', kl)}${hasLoss ? cell('Loss', loss) : undefined}</tr>`,
  )}</tbody></table>${rest > 0 ? html`<p class="note">and ${wholeNumber(rest)} more.</p>` : undefined}`
}
