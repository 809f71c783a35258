import { differencesOf, incomparable } from '../../recipe/differences.ts'
import { htmlDocument } from '../document.ts'
import { counted, fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { section } from '../sections/section.ts'
import { curvesSection, unitsSection } from './curves.ts'
import type { ComparedRun, ComparisonInput } from './input.ts'
import { numberTable } from './numbers.ts'

/** Two runs beside each other as one HTML document: their numbers, curves over one axis, and where recipes differ. */
export function comparisonPage(input: ComparisonInput): string {
  const { runs } = input
  const reason = incomparable(runs.map(({ recipe }) => recipe))
  return htmlDocument({
    title: `${runs[0].name} and ${runs[1].name} · betavae comparison`,
    ownStyle: STYLE,
    body: html`${header(input, reason)}
${section('numbers', 'Numbers', NUMBERS, numberTable(runs, reason === undefined))}
${section('recipes', 'Where the recipes differ', undefined, differenceTable(runs))}
${curvesSection(runs)}
${unitsSection(runs)}
${repeat(input)}`,
  })
}

const STYLE = `
.line.background path{stroke-opacity:.45}
.pair{margin:0;display:grid;gap:4px}
.ledger td.value{white-space:normal;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.key{display:inline-block;width:14px;height:14px;border-radius:3px;background:var(--tone);margin-right:10px;print-color-adjust:exact}
`

const NUMBERS = 'Nats per example, averaged over the examples that each held out.'

function header({ runs }: ComparisonInput, reason: string | undefined): Markup {
  const [a, b] = runs
  return html`<header class="top">
<p class="overline">betavae comparison</p>
<h1 class="pair">${runs.map(({ name }, at) => html`<span><i class="key part-${at}"></i>${'AB'[at]}: ${name}</span>`)}</h1>
<p class="lede">${reason === undefined ? verdict(a, b) : `${reason}, so that their nats are not about the same thing: none is the better one.`} ${heldOut(a, b)}</p>
</header>`
}

/** Which has the higher ELBO, by how much, and what it spends on its code. */
function verdict(a: ComparedRun, b: ComparedRun): string {
  const [first, second] = [a.evaluation.elbo, b.evaluation.elbo]
  if (first === null || second === null) {
    const more = b.evaluation.reconstruction - a.evaluation.reconstruction
    return `${more > 0 ? 'A' : 'B'} reconstructs better, by ${fixed(Math.abs(more))} nats; not both have an ELBO.`
  }
  const gain = second - first
  if (gain === 0) return 'Their ELBO is the same.'
  const [better, other] = gain > 0 ? [b, a] : [a, b]
  const kl = (better.evaluation.kl ?? 0) - (other.evaluation.kl ?? 0)
  return `${gain > 0 ? 'B' : 'A'} has the higher ELBO, by ${fixed(Math.abs(gain))} nats: its code costs ${fixed(Math.abs(kl))} nats ${kl < 0 ? 'less' : 'more'}.`
}

const heldOut = (a: ComparedRun, b: ComparedRun): string => {
  const words = ({ data, evaluation: { split, count } }: ComparedRun) =>
    `the ${split} split of ${data} (${counted(count, 'example')})`
  return words(a) === words(b)
    ? `Both are judged on ${words(a)}.`
    : `A is judged on ${words(a)}, B on ${words(b)}.`
}

/** Places of the recipes that differ, and what stands there in each. */
function differenceTable(runs: readonly [ComparedRun, ComparedRun]): Markup {
  const differences = differencesOf(runs.map(({ recipe }) => recipe))
  if (differences.length === 0) return html`<p>Nowhere: their recipes are the same.</p>`
  const cell = (name: string, value: string | undefined) =>
    html`<td class="value" data-name="${name}">${value ?? '–'}</td>`
  return html`<table class="ledger"><thead><tr><th scope="col">Place</th><th scope="col">A</th><th scope="col">B</th></tr></thead><tbody>${differences.map(
    ({ at, values: [first, second] }) =>
      html`<tr><th scope="row">${at}</th>${cell('A', first)}${cell('B', second)}</tr>`,
  )}</tbody></table>`
}

const repeat = ({ command, environment }: ComparisonInput): Markup =>
  section(
    'repeat',
    'Repeat it',
    undefined,
    html`<pre class="command"><code>${command}</code></pre>
<dl class="facts">${[
      ...(environment.machine === undefined ? [] : [['Machine', environment.machine]]),
      ...(environment.date === undefined ? [] : [['Date', environment.date]]),
      ...Object.entries(environment.versions),
    ].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
