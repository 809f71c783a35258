import { startOf } from '../curves.ts'
import { duration, wholeNumber } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { section } from './section.ts'

/** All that it takes to get this run again. */
export function repeatSection(input: ReportInput): Markup {
  const { command, recipe } = input
  return section(
    'repeat',
    'Repeat it',
    'The same command, versions, engine and threads give the same bits.',
    html`<pre class="command"><code>${command}</code></pre>
<details><summary>Recipe</summary><pre><code>${JSON.stringify(recipe, null, 2)}</code></pre></details>
<dl class="facts">${factsOf(input).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  )
}

function factsOf({ events, environment, recipe }: ReportInput): [string, string][] {
  const start = startOf(events)
  const end = events.findLast((event) => event.kind === 'end')
  const speed = events.findLast((event) => event.kind === 'epoch')?.examplesPerSecond
  const facts: ([string, string] | false | undefined)[] = [
    start && ['Engine', start.engine],
    start && !/thread/.test(start.engine) && ['Threads', wholeNumber(start.threads)],
    start && ['Parameters', wholeNumber(start.parameters)],
    start && start.examples.validation > 0 && ['Validation examples', wholeNumber(start.examples.validation)],
    start && ['Batch', wholeNumber(start.batch)],
    ['Seed', String(recipe.training.seed)],
    end && start && start.step > 0 && ['Time since resumed', duration(end.seconds)],
    speed !== undefined && ['Speed', `${wholeNumber(speed)} examples/s`],
    environment.machine !== undefined && ['Machine', environment.machine],
    environment.date !== undefined && ['Date', environment.date],
    ...Object.entries(environment.versions).filter(([, version]) => version !== start?.engine),
  ]
  return facts.filter((fact) => fact !== undefined && fact !== false)
}
