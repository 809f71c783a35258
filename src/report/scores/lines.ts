/** Series as lines with their odd stretches marked. */
import { seriesChart } from '../charts/series.ts'
import { wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { section } from '../sections/section.ts'
import type { ScoresPageInput, SeriesLines } from './input.ts'

/** Lines of the oddest series, of which the first is unfolded. */
export function linesSection({ series }: ScoresPageInput): Markup | undefined {
  if (!series || series.shown.length === 0) return undefined
  const { shown, of } = series
  const [first, ...others] = shown
  const more = of > shown.length ? ` Of ${of} series the ${shown.length} oddest.` : ''
  return section(
    'lines',
    'Lines, and where they are odd',
    `Odd stretches are marked in their column, numbered by how odd they are. Each place of a line has the least and the greatest number there; lines end where numbers or rows are missing.${more}`,
    html`${of > 1 ? folded(first, true) : charts(first)}${others.map((own) => folded(own, false))}`,
  )
}

function folded(own: SeriesLines, isOpen: boolean): Markup {
  const odd = own.columns.reduce((sum, { bands }) => sum + bands.length, 0)
  const told = `${own.name ?? ''} · ${odd === 0 ? 'no odd stretch' : `${wholeNumber(odd)} odd ${odd === 1 ? 'stretch' : 'stretches'}`}`
  return html`<details class="one-series"${isOpen ? html` open` : undefined}><summary>${told}</summary>${charts(own)}</details>`
}

const charts = ({ columns, times, ends, left }: SeriesLines): Markup =>
  html`<div class="lines">${columns.map(
    ({ name, values, bands }, place) =>
      html`<figure><figcaption>${name}</figcaption>${seriesChart({ name, times, values, bands, ...(place === columns.length - 1 && { ends }) })}</figure>`,
  )}</div>${left.length > 0 ? html`<p class="note">Not drawn: ${left.join(', ')}.</p>` : undefined}`

export const linesStyle = `
.lines{display:grid;gap:10px}
.lines figcaption{margin-bottom:2px}
.one-series{margin-top:20px}
.one-series summary{margin-bottom:12px;overflow-wrap:anywhere}
.series .course{fill:none;stroke:var(--accent);stroke-width:1.3;stroke-linejoin:round;stroke-linecap:round}
.series .course.odd{stroke:var(--second)}
.series .band{fill:var(--second);fill-opacity:.2}
.chart.series text{font-size:9.5px}
.chart.series .ranks text{fill:var(--second);font-weight:650}
@media screen and (max-width:640px){
.chart.series text{font-size:20px}
.series .course{stroke-width:2}
}
`
