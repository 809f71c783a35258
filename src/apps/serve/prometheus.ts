/** What is measured, in the text that Prometheus reads. */
import type { ServedModel } from '../../inside.node.ts'
import { driftOf } from './drift.ts'
import type { Histogram } from './histogram.ts'
import type { Measures } from './measures.ts'

type Labels = Readonly<Record<string, string | number>>

const escaped = (text: string | number): string =>
  String(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelled = (labels: Labels): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

interface Sample {
  readonly suffix?: string
  readonly labels: Labels
  readonly value: number
}

const family = (name: string, type: string, help: string, samples: readonly Sample[]): string =>
  samples.length === 0
    ? ''
    : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${samples
        .map(({ suffix = '', labels, value }) => `${name}${suffix}${labelled(labels)} ${value}\n`)
        .join('')}`

function histogram({ bounds, counts, sum, count }: Histogram, labels: Labels): Sample[] {
  let below = 0
  const buckets = counts.map((own, at): Sample => {
    below += own
    return { suffix: '_bucket', labels: { ...labels, le: bounds[at] ?? '+Inf' }, value: below }
  })
  return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: count }]
}

/** The text of `GET /metrics`. */
export function metricsText(measures: Measures, models: readonly ServedModel[]): string {
  const operations = [...measures.operations.values()]
  const named = [...measures.models]
  const drifts = models.flatMap((model) => {
    const { seen, name } = model
    return seen && model.isOpen ? [{ model: name, ...driftOf(model.facts, seen) }] : []
  })
  const ready = models.filter(({ isOpen }) => isOpen)
  return [
    family(
      'betavae_requests_total',
      'counter',
      'Requests, by the status of their answer.',
      operations.flatMap(({ model, operation, statuses }) =>
        [...statuses].map(([status, value]) => ({ labels: { model, operation, status }, value })),
      ),
    ),
    family(
      'betavae_rows_total',
      'counter',
      'Rows that were answered.',
      operations.map(({ model, operation, rows }) => ({ labels: { model, operation }, value: rows })),
    ),
    family(
      'betavae_request_seconds',
      'histogram',
      'Time from a request to its answer.',
      operations.flatMap(({ model, operation, seconds }) => histogram(seconds, { model, operation })),
    ),
    family(
      'betavae_wait_seconds',
      'histogram',
      'Time that requests wait for a thread.',
      named.flatMap(([model, { waited }]) => histogram(waited, { model })),
    ),
    family(
      'betavae_batch_requests',
      'histogram',
      'Requests that are answered together.',
      named.flatMap(([model, { together }]) => histogram(together, { model })),
    ),
    family(
      'betavae_batch_seconds',
      'histogram',
      'Time that a thread takes for those.',
      named.flatMap(([model, { took }]) => histogram(took, { model })),
    ),
    family(
      'betavae_waiting',
      'gauge',
      'Requests that wait for a thread.',
      ready.map(({ name, current }) => ({ labels: { model: name }, value: current.waiting })),
    ),
    family(
      'betavae_running',
      'gauge',
      'Requests that threads work on.',
      ready.map(({ name, current }) => ({ labels: { model: name }, value: current.running })),
    ),
    family(
      'betavae_model_info',
      'gauge',
      'The version of each model.',
      ready.map(({ name, current }) => ({ labels: { model: name, version: current.version }, value: 1 })),
    ),
    family(
      'betavae_model_reloads_total',
      'counter',
      'How often a model was opened anew.',
      named.flatMap(([model, { reloads }]) =>
        (['done', 'failed'] as const).map((result) => ({
          labels: { model, result },
          value: reloads[result],
        })),
      ),
    ),
    family(
      'betavae_score_drift',
      'gauge',
      'Distance of the p-values of scored rows from those of held-out rows.',
      drifts.flatMap(({ model, distance }) =>
        distance === undefined ? [] : [{ labels: { model }, value: distance }],
      ),
    ),
    family(
      'betavae_flagged_share',
      'gauge',
      'Share of scored rows that were flagged.',
      drifts.map(({ model, flagged }) => ({ labels: { model }, value: flagged })),
    ),
    family(
      'betavae_column_drift',
      'gauge',
      'Distance of a column of numbers from training.',
      drifts.flatMap(({ model, columns }) =>
        columns.flatMap(({ name, distance }) =>
          distance === undefined ? [] : [{ labels: { model, column: name }, value: distance }],
        ),
      ),
    ),
    family(
      'betavae_column_missing_share',
      'gauge',
      'Share of cells that are missing.',
      drifts.flatMap(({ model, columns }) =>
        columns.map(({ name, missing }) => ({ labels: { model, column: name }, value: missing })),
      ),
    ),
    family(
      'betavae_event_loop_held_seconds',
      'gauge',
      'How long the event loop was held at most in the last minute.',
      [{ labels: {}, value: measures.loopSeconds }],
    ),
    family('process_resident_memory_bytes', 'gauge', 'Memory that the process holds.', [
      { labels: {}, value: process.memoryUsage.rss() },
    ]),
    family('process_start_time_seconds', 'gauge', 'When the process began.', [
      { labels: {}, value: Math.round(measures.began / 1000) },
    ]),
  ].join('')
}
