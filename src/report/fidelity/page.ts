import type { FidelityReport } from '../../statistics/fidelity/report.ts'
import { type FidelityRow, fidelityRows, unsaidLines } from '../../statistics/fidelity/report-rows.ts'
import { htmlDocument } from '../document.ts'
import { counted, fixed, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { pairPanels, pairStyle } from '../pairs/chart.ts'
import type { PairedSpread } from '../pairs/spread.ts'
import { section } from '../sections/section.ts'

/** All that the page about new rows is made of. */
export interface FidelityPageInput {
  /** The table whose rows the new ones are like, and the run that made them. */
  readonly title: string
  readonly run: string
  readonly report: FidelityReport
  /** How columns are spread on both sides, those that differ most first. */
  readonly spreads: readonly PairedSpread[]
  /** What all rows keep, in words. */
  readonly rules: readonly string[]
  /** What to type to get this page again. */
  readonly command: string
}

const SIDES = ['real rows', 'new rows'] as const
const MOST_PAIRS = 12
const MOST_OPEN = 12

/** How like the real rows new ones are, and what they give away, as one HTML document. */
export const fidelityPage = (input: FidelityPageInput): string =>
  htmlDocument({
    title: `${input.title} · betavae synthesize`,
    ownStyle: pairStyle,
    body: html`${header(input)}
${section('numbers', 'In numbers', READING, numberTable(input.report))}
${section('columns', 'Columns', COLUMNS, pairPanels('Spreads', input.spreads, SIDES, MOST_OPEN))}
${section('distances', 'Column by column', 'Distance: from 0, spread alike, to 1, nothing in common.', columnTable(input.report))}
${pairsSection(input.report)}
${rulesSection(input)}
${section('repeat', 'Repeat it', undefined, html`<pre class="command"><code>${input.command}</code></pre>`)}`,
  })

const READING =
  'Real: what rows as good as real ones would come to, by rows that training held out where that is needed.'
const COLUMNS = 'Shares of known cells, in bins of one width or by level; what differs most comes first.'

function header({ title, run, report }: FidelityPageInput): Markup {
  const { rows, unsaid } = report
  const chips = [
    `${wholeNumber(rows.synthetic)} new rows`,
    `${wholeNumber(rows.train + rows.heldOut)} real ones, ${wholeNumber(rows.heldOut)} of them held out`,
    run,
  ]
  return html`<header class="top">
<p class="overline">betavae synthesize</p>
<h1>New rows of ${title}</h1>
<p class="chips">${chips.map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede verdict">${likeness(report)} ${privacy(report)}</p>
${unsaid.length > 0 ? html`<ul class="notices">${unsaidLines(report).map((line) => html`<li>${line}</li>`)}</ul>` : undefined}
</header>`
}

/** From these areas on a classifier tells new rows from real ones so often. */
const TELLING = [
  { above: 0.8, words: 'tells new rows from real ones most of the time' },
  { above: 0.65, words: 'often tells new rows from real ones' },
  { above: 0.55, words: 'tells new rows from real ones a little better than by chance' },
  { above: Number.NEGATIVE_INFINITY, words: 'hardly tells new rows from real ones' },
] as const

function likeness({ twoSample, marginals }: FidelityReport): string {
  if (!twoSample)
    return `Columns are a distance of ${fixed(marginals.meanDistance)} from the real ones on average.`
  const { words } = TELLING.find(({ above }) => twoSample.auc > above) as (typeof TELLING)[number]
  const by = twoSample.auc > 0.55 ? `, mostly by ${twoSample.columns[0].name}` : ''
  return `A classifier ${words}${by}.`
}

/** Whether something speaks for training rows being given away, and what to do about it. */
function privacy({ privacy: found, copies, rows }: FidelityReport): string {
  const more =
    copies.synthetic / rows.synthetic > 2 * (copies.heldOut / Math.max(rows.heldOut, 1)) &&
    copies.synthetic > 0
  if (more)
    return `${counted(copies.synthetic, 'row')} ${copies.synthetic === 1 ? 'is' : 'are'} a training row cell for cell: leave these out before the rows are shared.`
  if (!found)
    return 'There are too few rows to say whether they give training rows away: do not share them for that.'
  const leaks = found.membership.interval[0] > 0 || found.attributes.interval[0] > 0
  return leaks
    ? 'They give something of the training rows away: do not share them where those are private.'
    : 'No attack tried here learned anything of the training rows beyond chance; that is no guarantee.'
}

const numberTable = (report: FidelityReport): Markup =>
  html`<table class="ledger"><thead><tr><th scope="col">What</th><th scope="col" class="entry">New rows</th><th scope="col" class="entry">Real</th><th scope="col">Where</th></tr></thead><tbody>${fidelityRows(
    report,
  ).map(numberRow)}</tbody></table>`

const numberRow = ({ name, value, real, detail }: FidelityRow): Markup =>
  html`<tr><th scope="row">${name}</th><td class="entry" data-name="New rows">${fixed(value, 3)}</td><td class="entry" data-name="Real">${real === undefined ? '–' : fixed(real, 3)}</td><td data-name="Where">${detail}</td></tr>`

function columnTable({ marginals }: FidelityReport): Markup {
  const columns = marginals.columns.toSorted((a, b) => b.distance - a.distance)
  const hasGaps = columns.some(({ missing }) => missing.real + missing.synthetic > 0)
  const share = (value: number) => `${fixed(100 * value, 1)} %`
  const cell = (name: string, text: string) => html`<td class="entry" data-name="${name}">${text}</td>`
  return html`<table class="ledger"><thead><tr><th scope="col">Column</th><th scope="col" class="entry">Distance</th>${hasGaps ? html`<th scope="col" class="entry">Missing in real rows</th><th scope="col" class="entry">in new rows</th>` : undefined}</tr></thead><tbody>${columns.map(
    ({ name, distance, missing }) =>
      html`<tr><th scope="row">${name}</th>${cell('Distance', fixed(distance, 3))}${hasGaps ? html`${cell('Missing in real', share(missing.real))}${cell('in new rows', share(missing.synthetic))}` : undefined}</tr>`,
  )}</tbody></table>`
}

function pairsSection({ dependence }: FidelityReport): Markup | undefined {
  if (!dependence) return undefined
  const { columns, real, synthetic } = dependence
  const pairs = columns
    .flatMap((second, a) =>
      columns
        .slice(0, a)
        .map((first, b) => ({ first, second, real: real[a][b], synthetic: synthetic[a][b] })),
    )
    .sort((a, b) => Math.abs(b.real - b.synthetic) - Math.abs(a.real - a.synthetic))
    .slice(0, MOST_PAIRS)
  if (pairs.length === 0) return undefined
  return section(
    'pairs',
    'Pairs of columns',
    'How strongly two columns depend on each other, from 0 to 1; the pairs that differ most.',
    html`<table class="ledger"><thead><tr><th scope="col">First</th><th scope="col">Second</th><th scope="col" class="entry">Real</th><th scope="col" class="entry">New</th></tr></thead><tbody>${pairs.map(
      (pair) =>
        html`<tr><th scope="row">${pair.first}</th><td data-name="Second">${pair.second}</td><td class="entry" data-name="Real">${fixed(pair.real, 3)}</td><td class="entry" data-name="New">${fixed(pair.synthetic, 3)}</td></tr>`,
    )}</tbody></table>`,
  )
}

function rulesSection({ rules }: FidelityPageInput): Markup | undefined {
  if (rules.length === 0) return undefined
  return section(
    'rules',
    'What every row keeps',
    'Rules that hold in all rows of the table, or were asked for.',
    html`<ul class="rules" data-records data-csv="Rules">${rules.map((rule) => html`<li><span data-field="rule">${rule}</span></li>`)}</ul>`,
  )
}
