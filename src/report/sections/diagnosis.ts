import { countActive } from '../../infer/units.ts'
import type { ModelSpec } from '../../model/spec.ts'
import { diagnose } from '../../runs/diagnosis/diagnose.ts'
import type { Finding } from '../../runs/diagnosis/finding.ts'
import type { EpochEvent } from '../../train/events.ts'
import { heatMap } from '../charts/heat.ts'
import { lineChart } from '../charts/line.ts'
import { fixed } from '../format.ts'
import { html, type Markup } from '../html.ts'
import type { ReportInput } from '../input.ts'
import { section } from './section.ts'
import { waysOf } from './verdict.ts'

/** Columns of the heat map at most. */
const MOST_COLUMNS = 80
/** Nats that fill a cell at least, so that cells that are nothing look it. */
const LEAST_FULL = 0.1
/** An option and its value. */
const OPTION = /(--[\w-]+ (?:'[^']+'|[\w.,-]*\w))/

/** What the run's record says about it, and how its units fared; nothing where no epoch has ended. */
export function diagnosisSection({ recipe, events }: ReportInput): Markup | undefined {
  const epochs = events.filter((event) => event.kind === 'epoch')
  const { findings } = diagnose({ recipe, events })
  if (epochs.length === 0 && findings.length === 0) return undefined
  const figures = [kl(epochs), units(epochs, recipe.model)].filter((figure) => figure !== undefined)
  return section(
    'diagnosis',
    'Diagnosis',
    findings.length > 0
      ? 'What the numbers of the training show, and what led to it.'
      : 'How the code filled while the model trained.',
    html`${findings.length > 0 ? html`<ul class="findings">${findings.map((one, at) => findingMarkup(one, at === 0))}</ul>` : undefined}${
      figures.length > 0 ? html`<div class="halves figures">${figures}</div>` : undefined
    }`,
  )
}

/** The page begins with the first way to mend the worst, so that here stand the others. */
function findingMarkup(finding: Finding, isWorst: boolean): Markup {
  const { code, severity, said } = finding
  const ways = waysOf(finding).slice(isWorst ? 1 : 0)
  const remedy =
    ways.length === 0
      ? undefined
      : html`<p class="remedy"><b>${isWorst ? 'Or:' : 'To mend it:'}</b> ${withOptions(ways.join('; or '))}.</p>`
  return html`<li class="${severity}"><p>${said[0].toUpperCase()}${said.slice(1)}.</p>${remedy}<p class="code">${code}</p></li>`
}

/** Options set apart as what is typed. */
const withOptions = (text: string): Markup =>
  html`${text.split(OPTION).map((part) => (OPTION.test(part) ? html`<code>${part}</code>` : part))}`

/**
 * For epochs evenly spaced from the first to the last the line of each, or the last one before: a log keeps ever fewer
 * lines of a long training.
 */
function evenly<Line extends { readonly epoch: number }>(lines: readonly Line[]): Line[] {
  const first = lines[0].epoch
  const last = lines[lines.length - 1].epoch
  const count = Math.min(MOST_COLUMNS, last - first + 1)
  return Array.from({ length: count }, (_, column) => {
    const epoch = first + Math.round((column * (last - first)) / Math.max(1, count - 1))
    return lines.findLast((line) => line.epoch <= epoch) ?? lines[0]
  })
}

/** KL of each dimension over time, the strongest at the end on top. */
function kl(epochs: readonly EpochEvent[]): Markup | undefined {
  const told = epochs.flatMap(({ epoch, klPerDimension }) =>
    klPerDimension ? [{ epoch, klPerDimension }] : [],
  )
  if (told.length < 2) return undefined
  const columns = evenly(told)
  const isAll = columns.length === told[told.length - 1].epoch - told[0].epoch + 1
  const last = told[told.length - 1].klPerDimension
  const order = last.map((_, unit) => unit).sort((a, b) => last[b] - last[a])
  const full = Math.max(LEAST_FULL, ...columns.flatMap(({ klPerDimension }) => klPerDimension))
  return html`<figure><figcaption>KL per dimension over the epochs <span class="readout">full: ${fixed(full)} nats</span></figcaption>${heatMap(
    {
      title: 'KL per dimension over time',
      description: `A row for each of ${last.length} dimensions, a column for each ${isAll ? 'epoch' : `of ${columns.length} epochs evenly spaced`}; the strongest at the end is z${order[0]} with ${fixed(last[order[0]])} nats.`,
      xLabel: 'epoch',
      full,
      places: columns.map(({ epoch }) => epoch),
      rows: order.map((unit) => ({
        name: `z${unit}`,
        values: columns.map(({ klPerDimension }) => klPerDimension[unit]),
      })),
    },
  )}</figure>`
}

/** How many units moved with the example. */
function units(epochs: readonly EpochEvent[], model: ModelSpec): Markup | undefined {
  const points = epochs.flatMap(({ epoch, activity }) =>
    activity ? [[epoch, countActive(activity, model)] as const] : [],
  )
  if (points.length < 2) return undefined
  const [, count] = points[points.length - 1]
  const all = epochs[0].activity?.length ?? 0
  return html`<figure><figcaption>Active units</figcaption>${lineChart({
    title: 'Active units over time',
    description: `Units whose means move with the example, on validation examples; ${count} at the end.`,
    xLabel: 'epoch',
    wholeX: true,
    reach: [0, all],
    series: [{ name: 'active units', tone: 'validation', points }],
  })}</figure>`
}
