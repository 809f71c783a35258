import type { Drift } from '../../statistics/anomaly/drift/drift.ts'
import { htmlDocument } from '../document.ts'
import { counted, fixed, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { pairPanels, pairStyle } from '../pairs/chart.ts'
import type { PairedSpread } from '../pairs/spread.ts'
import { section } from '../sections/section.ts'

/** All that the page about what moved between two tables is made of. */
export interface DriftPageInput extends Drift {
  /** The two tables, or the run whose table the first is. */
  readonly names: readonly [string, string]
  readonly rows: { readonly reference: number; readonly current: number }
  /** Share of falsely named columns among those named. */
  readonly level: number
  /** How columns are spread on both sides, in the order of `columns`, and of how many cells of a side at most. */
  readonly spreads: readonly PairedSpread[]
  readonly mostCells: number
  /** What else is to be known of the new table. */
  readonly remarks: readonly string[]
  /** What to type to train on the new table, and to get this page again. */
  readonly again: string
  readonly command: string
}

const SIDES = ['before', 'now'] as const
/** Pictures of columns that have not moved, where none has. */
const MOST_STILL = 6

/** What moved from one table to another as one HTML document. */
export function driftPage(input: DriftPageInput): string {
  const moved = input.columns.filter(({ drifted }) => drifted).length
  return htmlDocument({
    title: `${input.names[1]} · betavae drift`,
    ownStyle: pairStyle,
    body: html`${header(input, moved)}
${section('columns', 'Columns', READING, columnTable(input))}
${spreadSection(input, moved)}
${scoresSection(input)}
${section('repeat', 'Repeat it', undefined, html`<pre class="command"><code>${input.command}</code></pre>`)}`,
  })
}

const READING =
  'Distance: the largest difference of the two distribution functions (Kolmogorov–Smirnov), or of levels the share that changed; of what is missing, where that moved further. p: how often chance alone does as much; adjusted for the number of columns (Benjamini–Hochberg).'

function header(
  { names, rows, level, columns, scores, remarks, again }: DriftPageInput,
  moved: number,
): Markup {
  const [first] = columns
  const said =
    moved === 0
      ? `${scores?.drifted ? 'No single column is distributed otherwise than before, but rows as a whole are: the model scores the new ones otherwise than those that it held out' : 'No column is distributed otherwise than before, as far as these rows tell'}.`
      : `${moved} of ${counted(columns.length, 'column')} ${moved === 1 ? 'is' : 'are'} not distributed as before${moved > 1 ? `, ${first.column} least of all` : `: ${first.column}`}${scores ? (scores.drifted ? ', nor are the scores of whole rows' : ', though scores of whole rows are') : ''}.`
  const next =
    moved === 0 && !scores?.drifted
      ? html`What was learned from the old rows holds for these.`
      : html`If what changed is here to stay, learn from the new rows: <code>${again}</code>.`
  return html`<header class="top">
<p class="overline">betavae drift</p>
<h1>${names[1]}</h1>
<p class="chips">${[`${wholeNumber(rows.current)} rows now`, `${wholeNumber(rows.reference)} before, of ${names[0]}`, `false discoveries at most ${Number((100 * level).toPrecision(3))}%`].map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede verdict">${said} ${next}</p>
${remarks.length > 0 ? html`<ul class="notices">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul>` : undefined}
</header>`
}

const probability = (p: number): string => (p < 1e-4 ? p.toExponential(1) : fixed(p, 4))

function columnTable({ columns }: DriftPageInput): Markup {
  const hasGaps = columns.some(({ missing }) => missing.reference + missing.current > 0)
  const head = (name: string) => html`<th scope="col" class="entry">${name}</th>`
  const cell = (name: string, text: string) => html`<td class="entry" data-name="${name}">${text}</td>`
  const share = (value: number) => `${fixed(100 * value, 1)} %`
  return html`<table class="ledger"><thead><tr><th scope="col">Column</th><th scope="col">Verdict</th>${['Distance', 'p', 'Adjusted'].map(head)}${hasGaps ? ['Missing before', 'Missing now'].map(head) : undefined}</tr></thead><tbody>${columns.map(
    ({ column, drifted, distance, pValue, adjusted, missing }) =>
      html`<tr><th scope="row">${column}</th><td data-name="Verdict">${drifted ? html`<strong>moved</strong>` : 'as before'}</td>${cell('Distance', fixed(distance, 3))}${cell('p', probability(pValue))}${cell('Adjusted', probability(adjusted))}${hasGaps ? html`${cell('Missing before', share(missing.reference))}${cell('Missing now', share(missing.current))}` : undefined}</tr>`,
  )}</tbody></table>`
}

function spreadSection({ spreads, rows, mostCells }: DriftPageInput, moved: number): Markup | undefined {
  if (spreads.length === 0) return undefined
  const isSample = Math.max(rows.reference, rows.current) > mostCells
  const cells = isSample
    ? `Shares of the known cells among at most ${wholeNumber(mostCells)} of each side, taken evenly from all its rows,`
    : 'Shares of the known cells of each side,'
  return section(
    'spreads',
    moved === 0 ? 'How columns are spread' : 'How they moved',
    `${cells} in bins of one width or by level; what moved most comes first.`,
    pairPanels('Spreads', spreads, SIDES, moved === 0 ? MOST_STILL : Math.max(moved, 3)),
  )
}

function scoresSection({ scores }: DriftPageInput): Markup | undefined {
  if (!scores) return undefined
  const facts = [
    ['Verdict', scores.drifted ? 'moved' : 'as before'],
    ['Distance', fixed(scores.distance, 3)],
    ['p', probability(scores.pValue)],
  ]
  return section(
    'scores',
    'Rows as a whole',
    'How unusual the model finds the new rows, against those that it held out from training.',
    html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
}
