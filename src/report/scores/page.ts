import { htmlDocument } from '../document.ts'
import { counted, fixed, short, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { section } from '../sections/section.ts'
import { foundMap, rocChart, scoreChart } from './charts.ts'
import type { DetectorEntry, FoundRow, OddCell, ScoresPageInput } from './input.ts'
import { linesSection, linesStyle } from './lines.ts'

/** Scored rows as one HTML document: how scores are spread, the rows found and their odd cells, what causes them. */
export const scoresPage = (input: ScoresPageInput): string =>
  htmlDocument({
    title: `${input.title} · betavae score`,
    ownStyle: input.series ? style + linesStyle : style,
    body: html`${header(input)}
${section('scores', 'Scores', scoresLead(input), html`<figure>${legend(input)}${scoreChart(input)}</figure>`)}
${linesSection(input)}
${causesSection(input)}
${detectorsSection(input)}
${foundSection(input)}
${section('repeat', 'Repeat it', undefined, html`<pre class="command"><code>${input.command}</code></pre>`)}`,
  })

function header({ title, run, rows, flagged, threshold, found, series }: ScoresPageInput): Markup {
  const chips = [
    counted(rows, 'row'),
    ...(flagged === undefined ? [] : [`${wholeNumber(flagged)} flagged`]),
    ...(threshold?.isAsked ? [`false alarms at most ${percent(threshold.share)}`] : []),
  ]
  const lede =
    flagged === undefined
      ? series
        ? `The oddest stretches of ${counted(rows, 'row')}, what they look like, and the cells that make them so.`
        : `The ${counted(found.length, 'most unusual row')} of ${wholeNumber(rows)}, and the cells that make them so.`
      : flagged === 0
        ? 'No row scores above the threshold; the most unusual ones are shown.'
        : `${counted(flagged, 'row')} of ${wholeNumber(rows)} score${flagged === 1 ? 's' : ''} above the threshold.`
  return html`<header class="top">
<p class="overline">betavae score</p>
<h1>${title}</h1>
<p class="chips">${chips.map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede">${lede} Scored by ${run}.</p>
</header>`
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`

function scoresLead({ threshold, bins }: ScoresPageInput): string {
  const rest = bins.heldOut ? ' The line shows the rows that training held out.' : ''
  const line = threshold
    ? ` Of normal rows ${percent(threshold.share)} score more than the dashed line${threshold.isAsked ? '' : '; --false-alarm asks for another share'}.`
    : ''
  return `The greater, the less usual. Bars are as tall as the roots of shares, so that few rows can be seen.${rest}${line}`
}

const legend = ({ bins, threshold }: ScoresPageInput): Markup =>
  html`<p class="legend"><span class="usual">these rows</span>${threshold && html`<span class="found">above the threshold</span>`}${bins.heldOut && html`<span class="held">held-out rows</span>`}</p>`

const FOUND_STRETCHES =
  'Of each odd stretch its oddest row; p is the share of held-out rows that score at least as much. Of that row the cells that belong there least, with what the rows around it lead to expect.'

const FOUND =
  'p is the share of held-out rows that score at least as much; beside it stands which detector found the row. Of each row the cells that belong there least, with what its others lead to expect.'

function foundSection({ found, series }: ScoresPageInput): Markup {
  const title = series ? 'Stretches that stand out' : 'Rows that stand out'
  const rows = html`<ol class="found-rows" data-records data-csv="${title}">${found.map(foundRow)}</ol>`
  return section('found', title, series ? FOUND_STRETCHES : FOUND, rows)
}

function foundRow({ row, p, score, isFlagged, foundBy, stretch, odd, cells }: FoundRow): Markup {
  const isOdd = new Set(odd.map(({ column }) => column))
  const unusual =
    p === undefined
      ? html`score <span data-number="score">${short(score)}</span>`
      : html`p <span data-number="p">${probability(p)}</span>`
  return html`<li${isFlagged ? html` class="flagged"` : undefined}><div class="row-head"><b>row <span data-number="row">${wholeNumber(row)}</span></b><span>${unusual}</span>${foundBy && html`<span class="found-by" data-field="found by">${foundBy}</span>`}</div>
${stretch && html`<p class="stretch"><b class="rank" data-number="rank">${stretch.rank}</b> ${stretch.what && html`<b data-field="what">${stretch.what}</b>, `}<span data-field="when">${stretch.when}</span></p>`}${odd.length === 0 ? html`<p class="odd-cells">nothing is known of it</p>` : html`<ul class="odd-cells">${odd.map((cell, at) => oddCell(cell, at + 1, odd[0].nats))}</ul>`}
<details><summary>the whole row</summary><dl class="cells">${cells.map(
    ({ column, text }) =>
      html`<div${isOdd.has(column) ? html` class="odd"` : undefined}><dt>${column}</dt><dd>${text}</dd></div>`,
  )}</dl></details></li>`
}

/** Two digits that count. */
const probability = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(p < 0.1 ? 4 : 2))

const oddCell = ({ column, text, expected, nats }: OddCell, place: number, most: number): Markup =>
  html`<li><span class="what"><b data-field="cause ${place}">${column}</b> <mark>${text}</mark> ${expected === text ? 'seldom seen' : html`<span class="expected">expected <span data-field="expected ${place}">${expected}</span></span>`}</span><span class="track"><span style="width:${fixed(100 * Math.max(0, nats / most), 1)}%"></span></span><span class="nats"><span data-number="nats ${place}">${fixed(nats, 1)}</span> nats</span></li>`

function causesSection({ blamed, map, found }: ScoresPageInput): Markup | undefined {
  if (blamed.length === 0 && !map) return undefined
  const most = blamed[0]?.rows ?? 1
  const bars = html`<figure><figcaption>Columns that come first</figcaption><ol class="blamed" data-records data-csv="Columns that come first">${blamed.map(
    ({ column, rows }) =>
      html`<li><span data-field="column">${column}</span><span class="track"><span style="width:${fixed((100 * rows) / most, 1)}%"></span></span><b data-number="rows">${wholeNumber(rows)}</b></li>`,
  )}</ol></figure>`
  return section(
    'causes',
    'What causes them, and where they lie',
    `Of the ${counted(found.length, 'most unusual row')}: how often a column is the first cause${map ? '; and where the encoder puts them among other rows: a found row amid the others has cells that do not belong together' : ''}.`,
    html`<div class="halves figures">${bars}${map && foundMap(map)}</div>`,
  )
}

function detectorsSection({ detectors }: ScoresPageInput): Markup | undefined {
  if (!detectors) return undefined
  const table = html`<figure><figcaption>On the labeled rows</figcaption><table class="detectors"><thead><tr><th scope="col">detector</th><th scope="col">ROC AUC</th><th scope="col">average precision</th></tr></thead><tbody>${detectors.map(detectorRow)}</tbody></table></figure>`
  return section(
    'detectors',
    'Beside other detectors',
    'ROC AUC: how often an anomaly scores above a normal row. The others learned from the same training rows.',
    html`<div class="halves figures">${table}${rocChart(detectors)}</div>`,
  )
}

const detectorRow = ({ name, isModel, rocAuc, averagePrecision }: DetectorEntry): Markup =>
  html`<tr${isModel ? html` class="model"` : undefined}><th scope="row">${name}</th><td class="entry">${fixed(rocAuc, 3)}</td><td class="entry">${fixed(averagePrecision, 3)}</td></tr>`

const style = `
.found{--tone:var(--second)}.usual{--tone:var(--accent)}.held{--tone:var(--ink)}
.scores rect{fill:var(--accent);fill-opacity:.85}
.scores rect.odd{fill:var(--second)}
.scores .held-out{fill:none;stroke:var(--ink);stroke-width:1.2;stroke-opacity:.75}
.scores .threshold{stroke:var(--second);stroke-width:1.4;stroke-dasharray:5 4}
.chart.scores text{font-size:12px}
.found-rows{list-style:none;margin:0;padding:0;display:grid;gap:14px}
.found-rows>li{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:14px 18px;min-width:0;display:grid;grid-template-columns:9.5em minmax(0,1fr);gap:4px 20px;break-inside:avoid}
.found-rows>li.flagged{border-left:4px solid var(--second)}
.row-head{display:flex;flex-direction:column;font-variant-numeric:tabular-nums}
.row-head span{font-size:.88rem;color:var(--muted)}
.odd-cells{list-style:none;margin:0;padding:0;display:grid;gap:6px;font-size:.93rem}
.odd-cells li{display:grid;grid-template-columns:minmax(0,1fr) 120px 6.5em;gap:16px;align-items:center}
.odd-cells .what{overflow-wrap:anywhere}
.odd-cells mark{background:color-mix(in oklab,var(--second) 22%,transparent);color:var(--ink);padding:0 5px;border-radius:4px}
.odd-cells .expected{color:var(--muted)}
.nats{text-align:right;font-size:.84rem;color:var(--muted);font-variant-numeric:tabular-nums;white-space:nowrap}
.stretch,.stretch~.odd-cells{grid-column:2}
.stretch{overflow-wrap:anywhere;margin-bottom:6px}
.stretch .rank{color:var(--second);margin-right:4px}
.found-rows details{grid-column:2;margin-top:6px}
.found-rows summary{font-size:.84rem}
.cells{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:8px 20px;margin:10px 0 0;font-size:.86rem}
.cells dt{color:var(--muted);font-size:.78rem;overflow-wrap:anywhere}
.cells dd{margin:0;overflow-wrap:anywhere}
.cells .odd dd{color:var(--second);font-weight:620}
.track{height:10px;background:var(--faint);border-radius:3px;overflow:hidden}
.track span{display:block;height:100%;background:var(--second)}
.blamed{list-style:none;margin:0;padding:0;display:grid;gap:8px;font-size:.93rem}
.blamed li{display:grid;grid-template-columns:minmax(0,11em) minmax(0,1fr) 2.5em;gap:14px;align-items:center}
.blamed li>span:first-child{overflow-wrap:anywhere}
.blamed b{text-align:right;font-weight:600;font-variant-numeric:tabular-nums}
.detectors{width:100%;border-collapse:collapse;font-size:.93rem}
.detectors th,.detectors td{padding:8px 12px 8px 0;border-bottom:1px solid var(--rule);text-align:left;font-weight:400}
.detectors thead th{font-size:.82rem;color:var(--muted)}
.detectors td,.detectors thead th:not(:first-child){text-align:right;font-variant-numeric:tabular-nums}
.detectors .model th,.detectors .model td{font-weight:650;color:var(--second)}
@media screen and (max-width:640px){
.chart.scores text{font-size:21px}
.found-rows>li{grid-template-columns:minmax(0,1fr)}
.row-head{flex-direction:row;justify-content:space-between;align-items:baseline}
.found-rows details,.stretch,.stretch~.odd-cells{grid-column:1}
.odd-cells li{grid-template-columns:minmax(0,1fr) 5.5em;gap:2px 12px}
.odd-cells .track{display:none}
}
`
