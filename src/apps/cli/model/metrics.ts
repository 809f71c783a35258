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
import { aligned } from '../terminal/table.ts'
import type { Style } from '../terminal/terminal.ts'

const names = metrics.map(({ name }) => name)

/** `--metrics` as the public API takes it. */
export const metricsOption: OptionSpec<'all' | readonly string[]> = {
  argument: '<names|all>',
  description: `how well codes tell factors apart: all, or some of ${names.join(', ')}, with commas`,
  // Whoever measures says which names there are: a run may know metrics of its own.
  read: (given) => (given === 'all' ? 'all' : given.split(',').map((name) => name.trim())),
}

/**
 * A line for each metric: its score, where the mean lies, what codes without any meaning would get, and the score of each
 * factor where it has them.
 */
export function metricLines(
  results: Disentanglement,
  { factors, parts }: { readonly factors?: readonly string[] | undefined; readonly parts: readonly Part[] },
  { bold, dim }: Style,
): string[] {
  const shown = registered('metric', metrics, broughtBy(parts)).filter(
    ({ name }) => results[name] !== undefined,
  )
  const columns = factors ?? Array.from({ length: widest(results) }, (_, k) => `factor ${k}`)
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
  const [head, ...lines] = aligned([title, ...rows], `lrlr${'r'.repeat(columns.length)}`)
  return [`${bold('Disentanglement')}`, dim(head), ...lines]
}

const widest = (results: Disentanglement): number =>
  Math.max(0, ...Object.values(results).map(({ perFactor }: MetricResult) => perFactor?.length ?? 0))
