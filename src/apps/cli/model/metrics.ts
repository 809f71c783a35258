import {
  broughtBy,
  type Disentanglement,
  format,
  type MetricResult,
  metrics,
  type Part,
  registered,
} from '../../../inside.node.ts'
import type { OptionSpec } from '../options.ts'
import { measured, type ShownRecords } from '../terminal/records.ts'
import { aligned } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'

const names = metrics.map(({ name }) => name)

/** `--metrics` as the public API takes it. */
export const metricsOption: OptionSpec<'all' | readonly string[]> = {
  argument: '<names|all>',
  description: `how well codes tell factors apart: all, or some of ${names.join(', ')}, with commas`,
  read: namesReader,
}

/** Names with commas, or all. Whoever uses them says which there are: a run may know parts of its own. */
export function namesReader(given: string): 'all' | readonly string[] {
  return given === 'all' ? 'all' : given.split(',').map((name) => name.trim())
}

/**
 * A line for each metric: its score, where the mean lies, what codes without any meaning would get, and the score of each
 * factor where it has them.
 */
export function metricLines(
  results: Disentanglement,
  measuredOn: MeasuredOn,
  { bold, dim, width }: Sheet,
): string[] {
  const { rows, sides } = shownMetrics(results, measuredOn)
  return [
    bold('Disentanglement'),
    ...aligned(rows, sides, width, (line, at) => (at === 0 ? dim(line) : line)),
  ]
}

/** A style, and the columns that there are. */
export interface Sheet extends Style {
  readonly width: number
}

export interface MeasuredOn {
  /** Names of the factors. */
  readonly factors?: readonly string[] | undefined
  readonly parts: readonly Part[]
}

const measuredMetrics = (results: Disentanglement, parts: readonly Part[]) =>
  registered('metric', metrics, broughtBy(parts)).filter(({ name }) => results[name] !== undefined)

const namesOf = (results: Disentanglement, { factors }: MeasuredOn): readonly string[] =>
  factors ?? Array.from({ length: widest(results) }, (_, k) => `factor ${k}`)

/** The same as rows of a table, of which the first is the head. */
export function shownMetrics(results: Disentanglement, measuredOn: MeasuredOn): ShownRecords {
  const shown = measuredMetrics(results, measuredOn.parts)
  const columns = namesOf(results, measuredOn)
  const rows = shown.map(({ name, title, better }) => {
    const { score, interval, chance, perFactor = [] } = results[name]
    return [
      better === 'smaller' ? `${title} (low is good)` : title,
      format.fixed(score, 4),
      interval ? `± ${format.fixed((interval.high - interval.low) / 2, 4)}` : '',
      typeof chance === 'number' ? format.fixed(chance, 2) : '',
      ...columns.map((_, k) => (perFactor.length > 0 ? format.fixed(perFactor[k], 3) : '')),
    ]
  })
  const several = Object.values(results).some(({ interval }) => interval)
  const title = ['', 'score', several ? '95%' : '', 'chance', ...columns]
  return { rows: [title, ...rows], sides: `krkr${'n'.repeat(columns.length)}` }
}

/** The same for programs: a record for each metric, by its name. */
export function metricRecords(results: Disentanglement, measuredOn: MeasuredOn) {
  const columns = namesOf(results, measuredOn)
  const rows = measuredMetrics(results, measuredOn.parts).map(({ name }) => {
    const { score, interval, chance, perFactor = [] } = results[name]
    return [
      name,
      ...[score, interval?.low, interval?.high].map(measured),
      typeof chance === 'number' ? measured(chance) : null,
      ...columns.map((_, k) => measured(perFactor[k])),
    ]
  })
  return { columns: ['metric', 'score', 'low', 'high', 'chance', ...columns], rows }
}

const widest = (results: Disentanglement): number =>
  Math.max(0, ...Object.values(results).map(({ perFactor }: MetricResult) => perFactor?.length ?? 0))
