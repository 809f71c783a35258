import { allSteps, type SearchPlan } from '../../sweep/search/plan.ts'
import type { RankedMember, Ranking } from '../../sweep/search/ranking.ts'
import { settingsIn, shownIn } from '../../sweep/search/table.ts'
import { type ParallelLine, parallelChart, parallelStyle } from '../charts/parallel.ts'
import { htmlDocument } from '../document.ts'
import { counted, fixed, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { Environment } from '../input.ts'
import { section } from '../sections/section.ts'

/** All that the page of a search is made of. */
export interface SearchPageInput {
  readonly plan: SearchPlan
  readonly ranking: Ranking
  /** What to type to train the best member again. */
  readonly command: string
  readonly environment: Environment
}

/** A sweep over options as one HTML document: parallel coordinates, and its members, the best first. */
export const searchPage = (input: SearchPageInput): string =>
  htmlDocument({
    title: `${input.ranking.data} · betavae sweep`,
    ownStyle: parallelStyle,
    body: html`${header(input)}
${section('parallel', 'Options and what they come to', READING, html`<figure>${chart(input.ranking)}</figure>`)}
${section('members', 'Members', MEMBERS, memberTable(input.ranking))}
${repeat(input)}`,
  })

const READING =
  'A line for each member: its options, then the number that members are ordered by. Thick is the best; gray were left on a lower rung, where they were judged after fewer steps.'

const MEMBERS =
  'The best first, those that were trained for longer before all others. Each is a run in members/ that every command takes, such as betavae report; betavae resume trains one that was left to its end.'

function header({ plan, ranking }: SearchPageInput): Markup {
  const { data, split, best, eta, rungs, steps, members } = ranking
  const chips = [
    counted(members.length, 'member'),
    ...settingsIn(ranking),
    `ordered by ${best}`,
    ...(rungs > 1 ? [`one in ${eta} goes on, ${rungs} rungs`] : []),
  ]
  const failed = members.filter(({ measures }) => measures === null)
  return html`<header class="top">
<p class="overline">betavae sweep</p>
<h1>${data}</h1>
<p class="chips">${chips.map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede">${wholeNumber(steps.taken)} of the ${wholeNumber(allSteps(plan))} steps were taken that all members would take to their ends. Numbers are averaged over the ${split} split, held out from training and the same for all; nats per example.</p>
${failed.length > 0 ? html`<ul class="notices">${failed.map(({ name, reason }) => html`<li>${name} could not be trained: ${reason}</li>`)}</ul>` : undefined}
</header>`
}

/** The worst member first, so that the best lies on top. */
function chart(ranking: Ranking): Markup {
  const { members, shown, rungs } = ranking
  const settings = settingsIn(ranking)
  const lines = members
    .filter(({ measures }) => measures !== null)
    .map(
      ({ name, settings: own, rung, measures }, at): ParallelLine => ({
        values: [...settings.map((key) => own[key]), measures?.[shown]],
        className: at === 0 ? 'best' : rung < rungs - 1 ? 'left' : 'whole',
        note: `${name}: ${shown} ${fixed(measures?.[shown])}`,
      }),
    )
  return parallelChart({ title: 'Options of members', axes: [...settings, shown], lines: lines.toReversed() })
}

function memberTable(ranking: Ranking): Markup {
  const [settings, shown] = [settingsIn(ranking), shownIn(ranking)]
  const cells = ({ settings: own, step, steps, measures }: RankedMember): [string, string][] => [
    ...settings.map((key): [string, string] => [key, own[key] ?? '']),
    ['Steps', step === steps ? wholeNumber(steps) : `${wholeNumber(step)} of ${wholeNumber(steps)}`],
    ...shown.map((key): [string, string] => [key, fixed(measures?.[key], 3)]),
  ]
  const heads = [...settings, 'Steps', ...shown]
  return html`<table class="ledger"><thead><tr><th scope="col">Member</th>${heads.map((name) => html`<th scope="col" class="entry">${name}</th>`)}</tr></thead><tbody>${ranking.members.map(
    (member) =>
      html`<tr><th scope="row">${member.name}</th>${cells(member).map(([name, text]) => html`<td class="entry" data-name="${name}">${text}</td>`)}</tr>`,
  )}</tbody></table>`
}

const repeat = ({ plan, command, environment }: SearchPageInput): Markup =>
  section(
    'repeat',
    'Repeat it',
    'The best member once more; the same versions, engine and threads give the same model.',
    html`<pre class="command"><code>${command}</code></pre>
<details><summary>Plan</summary><pre><code>${JSON.stringify(plan, null, 2)}</code></pre></details>
<dl class="facts">${[
      ...(environment.machine === undefined ? [] : [['Machine', environment.machine]]),
      ...(environment.date === undefined ? [] : [['Date', environment.date]]),
      ...Object.entries(environment.versions),
    ].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
