import { htmlDocument } from '../document.ts'
import { counted, fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { section } from '../sections/section.ts'
import { gapChart, spreadChart } from './charts.ts'
import type { ColumnEntry, ColumnsPageInput, Pair } from './input.ts'

/** A table as one HTML document: what each column is and why, how it is spread, what is missing, what depends on what. */
export const columnsPage = (input: ColumnsPageInput): string =>
  htmlDocument({
    title: `${input.title} · betavae inspect`,
    ownStyle: style,
    body: html`${header(input)}
${section('columns', 'Columns', columnsLead(input), html`<div data-csv="Spreads"><div class="entries" data-records data-csv="Columns">${input.columns.map(entry)}</div></div>`)}
${missingSection(input)}
${pairsSection(input)}
${section('repeat', 'Repeat it', undefined, html`<pre class="command"><code>${input.command}</code></pre>`)}`,
  })

function header({ title, rows, columns }: ColumnsPageInput): Markup {
  const kinds = new Map<string, number>()
  for (const { kind } of columns) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const left = columns.filter(({ isLeftOut }) => isLeftOut).map(({ name }) => name)
  const chips = [
    counted(rows, 'row'),
    counted(columns.length, 'column'),
    ...[...kinds].map(([kind, count]) => `${count} ${kind}`),
  ]
  return html`<header class="top">
<p class="overline">betavae inspect</p>
<h1>${title}</h1>
<p class="chips">${chips.map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede">What each column was taken for, and why. ${left.length === 0 ? 'None is left out of a model.' : `Left out of a model: ${left.join(', ')}.`}</p>
</header>`
}

const columnsLead = ({ rows, sampled }: ColumnsPageInput): string =>
  sampled < rows
    ? `Ranges and shares are of all rows, pictures of ${counted(sampled, 'row')} spread evenly over the table.`
    : 'An option under a column says what else it could be taken for.'

function entry({ name, kind, reason, done, isLeftOut, missing, alternatives, spread }: ColumnEntry): Markup {
  const share =
    missing === 0
      ? undefined
      : html`<span><span data-number="missing">${fixed(100 * missing, 1)}%</span> missing</span>`
  return html`<article class="entry-card${isLeftOut ? ' left' : ''}"><header><h3 data-field="column">${name}</h3><p><b data-field="kind">${kind}</b>${share}</p></header>
${spread && spreadChart(name, spread)}
<p class="why"><span data-field="why">${reason}</span>${isLeftOut ? undefined : html` <span class="done">→ <span data-field="done">${done}</span></span>`}</p>
${
  alternatives.length === 0
    ? undefined
    : html`<ul>${alternatives.map(({ option, why }) => html`<li><code>${option}</code> ${why}</li>`)}</ul>`
}</article>`
}

function missingSection({ gaps, sampled }: ColumnsPageInput): Markup | undefined {
  if (gaps.columns.length === 0) return undefined
  const lead = `A strip for each column with gaps; ${counted(sampled, 'row')} from left to right, marks where one has nothing. Marks under each other are missing together.`
  return section('missing', 'Missing cells', lead, html`<figure>${gapChart(gaps, sampled)}</figure>`)
}

const READING =
  'From 0 to 1: |Spearman’s ρ| of two columns of numbers, Cramér’s V of two of levels, the correlation ratio of one with the other.'

function pairsSection({ pairs }: ColumnsPageInput): Markup | undefined {
  if (pairs.length === 0) return undefined
  return section(
    'pairs',
    'Strongest pairs',
    READING,
    html`<ol class="pairs" data-records data-csv="Strongest pairs">${pairs.map(pair)}</ol>`,
  )
}

const pair = ({ first, second, strength }: Pair): Markup =>
  html`<li><span><span data-field="first">${first}</span> <i>and</i> <span data-field="second">${second}</span></span><span class="track"><span style="width:${fixed(100 * strength, 1)}%"></span></span><b data-number="strength">${fixed(strength)}</b></li>`

const style = `
.entries{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,330px),1fr));gap:20px}
.entry-card{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:16px 18px;min-width:0;break-inside:avoid}
.entry-card header{display:flex;justify-content:space-between;align-items:baseline;gap:12px;margin-bottom:10px}
.entry-card h3{font-size:1rem;font-weight:620;margin:0;min-width:0;overflow-wrap:anywhere}
.entry-card header p{display:flex;flex-direction:column;align-items:end;font-size:.84rem;white-space:nowrap}
.entry-card header b{font-weight:560;color:var(--accent)}
.entry-card.left header b{color:var(--second)}
.entry-card header span{font-size:.78rem;color:var(--muted)}
.entry-card .why{font-size:.88rem;margin-top:10px;overflow-wrap:anywhere;text-wrap:pretty}
.entry-card .done{color:var(--muted)}
.entry-card ul{list-style:none;margin:10px 0 0;padding:10px 0 0;border-top:1px solid var(--rule);font-size:.84rem;color:var(--muted)}
.entry-card li+li{margin-top:4px}
.entry-card code{font:.94em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--ink);overflow-wrap:anywhere}
.histogram rect,.levels rect{fill:var(--accent);fill-opacity:.85}
.levels .rest rect{fill:var(--idle)}
.histogram line{stroke:var(--rule)}
.histogram text,.levels text{font-size:12px}
.gaps .ground{fill:var(--faint)}
.gaps path{stroke:var(--second)}
.pairs{list-style:none;margin:0;padding:0;display:grid;gap:10px;font-size:.93rem}
.pairs li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr) 3em;gap:16px;align-items:center}
.pairs li>span:first-child{overflow-wrap:anywhere}
.pairs i{font-style:normal;color:var(--muted)}
.pairs b{text-align:right;font-weight:600;font-variant-numeric:tabular-nums}
.pairs .track{height:12px;background:var(--faint);border-radius:3px;overflow:hidden}
.pairs .track span{display:block;height:100%;background:var(--accent)}
@media screen and (max-width:640px){#missing figure{overflow-x:auto}.gaps{min-width:560px}.pairs li{grid-template-columns:1fr 3em;gap:4px 12px}.pairs .track{grid-row:2;grid-column:1/-1}}
`
