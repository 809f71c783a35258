import { likelihoodOf } from '../../model/spec.ts'
import type { Frontier } from '../../sweep/frontier.ts'
import type { SweepPlan } from '../../sweep/plan.ts'
import { htmlDocument } from '../document.ts'
import { counted, short } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { Environment } from '../input.ts'
import { section } from '../sections/section.ts'
import { frontierChart, frontierStyle } from './chart.ts'
import { suggestionSection } from './suggestion.ts'
import { memberTable, pointTable } from './tables.ts'

/** All that the page of a sweep is made of. */
export interface FrontierPageInput {
  readonly plan: SweepPlan
  readonly frontier: Frontier
  /** What to type to get this sweep again. */
  readonly command: string
  readonly environment: Environment
}

/** A sweep as one HTML document: its frontier, what it suggests and why, and every number behind it. */
export const frontierPage = (input: FrontierPageInput): string =>
  htmlDocument({
    title: `${input.frontier.data} · betavae sweep`,
    ownStyle: frontierStyle,
    body: html`${header(input)}
${suggestionSection(input.frontier)}
${section('frontier', 'Rate and distortion', READING, html`<figure>${frontierChart(input.frontier)}</figure>${constantNote(input.plan)}`)}
${section('points', 'By β', pointsLead(input), pointTable(input.frontier))}
${section('members', 'Members', membersLead(input.frontier), memberTable(input.frontier))}
${repeat(input)}`,
  })

const READING =
  'Left is a shorter code, low is a closer reconstruction; no model can be left of and below what the data allow. A ' +
  'greater β walks up and to the left. Dashed: the line between the ends, from which the knee lies farthest.'

function header({ plan, frontier }: FrontierPageInput): Markup {
  const { data, split, count } = frontier
  const { recipe, betas, seeds, warmStart } = plan
  const chips = [
    `${counted(betas.length, 'value')} of β`,
    counted(seeds.length, 'seed'),
    recipe.objective.name,
    counted(recipe.model.latent.size, 'latent dimension'),
    `${recipe.model.likelihood.name} likelihood`,
    recipe.model.architecture.name,
    ...(warmStart ? ['each starts from the next smaller β'] : []),
  ]
  return html`<header class="top">
<p class="overline">betavae sweep</p>
<h1>${data}</h1>
<p class="chips">${chips.map((chip) => html`<span>${chip}</span>`)}</p>
<p class="lede">Each member was trained for ${counted(recipe.training.steps, 'step')}. Numbers are nats per example, averaged over the ${split} split (${counted(count, 'example')}), held out from training and the same for all.</p>
${notices(frontier)}
</header>`
}

/** What keeps the frontier from being one. */
function notices({ monotone, failed }: Frontier): Markup | undefined {
  const texts = [
    ...(monotone.rate ? [] : ['The rate does not fall with every step of β.']),
    ...(monotone.distortion ? [] : ['The distortion does not rise with every step of β.']),
    ...(monotone.rate && monotone.distortion
      ? []
      : [
          'Training was too short for some members, or seeds differ by more than neighboring β do: train for longer, or with more seeds.',
        ]),
    ...failed.map(({ name, reason }) => `${name} could not be trained: ${reason}`),
  ]
  return texts.length > 0
    ? html`<ul class="notices">${texts.map((text) => html`<li>${text}</li>`)}</ul>`
    : undefined
}

/** Says so where a likelihood leaves a constant out. */
function constantNote({ recipe }: SweepPlan): Markup | undefined {
  const { kind, options } = likelihoodOf(recipe.model)
  const omitted = kind.omitted(options)
  return omitted === 0
    ? undefined
    : html`<p class="note">Distortion and ELBO leave out a constant of ${short(omitted)} nats for every number of an example: ${kind.summary}.</p>`
}

const pointsLead = ({ plan: { seeds } }: FrontierPageInput): string =>
  seeds.length > 1
    ? `Means over ${seeds.length} seeds, ± their standard deviation.`
    : 'Of one seed each; more of them (--seeds 3) say how far numbers move by chance.'

const membersLead = ({ ranking, members }: Frontier): string =>
  ranking
    ? `Each is a run in members/. In the order of UDR (Duan et al. 2020): how well a member's dimensions agree, up to order and sign, with those of other seeds at its β on ${counted(ranking.rows, 'held-out example')}; no labels are used. It compares informative dimensions alone (KL above 0.01 nats), and few of them agree easily.`
    : `Each is a run in members/ that every command takes, such as betavae report. ${members.length > 0 ? 'To rank them without labels, sweep with two seeds or more.' : ''}`

const repeat = ({ plan, command, environment }: FrontierPageInput): Markup =>
  section(
    'repeat',
    'Repeat it',
    'The same command, versions, engine and threads give the same table.',
    html`<pre class="command"><code>${command}</code></pre>
<details><summary>Plan</summary><pre><code>${JSON.stringify(plan, null, 2)}</code></pre></details>
<dl class="facts">${[
      ...(environment.machine === undefined ? [] : [['Machine', environment.machine]]),
      ...(environment.date === undefined ? [] : [['Date', environment.date]]),
      ...Object.entries(environment.versions),
    ].map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
