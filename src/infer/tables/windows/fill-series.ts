/** What is missing in a series, from both sides: numbers by the chain of its windows, all else by the model's windows. */
import { streamOf } from '../../../base/random.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { ModelParts } from '../../model-parts.ts'
import { levelFiller } from './fill-levels.ts'
import { numberFiller } from './fill-numbers.ts'
import type { FilledSeries, FillRequest } from './filled-series.ts'
import { SERIES } from './kept.ts'
import type { SeriesRows } from './passes.ts'
import type { SeriesScorer } from './series-scores.ts'
import { seriesView } from './series-view.ts'

const making = streamOf('new-series-numbers')

export interface SeriesFiller {
  fill(series: SeriesRows, request: FillRequest): Promise<FilledSeries>
  /** A new series, as encoded rows with nothing missing. */
  make(elapsed: Float32Array, request: MakeRequest): Promise<Float32Array>
}

type MakeRequest = Pick<FillRequest, 'draws' | 'number' | 'signal'> & { readonly seed: number }

export function seriesFiller(
  scorer: SeriesScorer,
  { values }: Pick<ModelParts, 'values'>,
  schema: TableSchema,
  windows: Windows,
): SeriesFiller {
  const layout = tableLayout(schema)
  const view = seriesView(layout, windows.rows)
  const numbers = SERIES.scale in values ? numberFiller(values, view, layout) : undefined
  const levels = levelFiller(scorer, schema, windows, numbers ? view : undefined)
  return {
    async fill(series, { seed = 0, ...request }) {
      const own = numbers?.fill(series, scorer.evidence(series), request)
      const mean = own?.mean ?? Float32Array.from(series.rows)
      const samples = own?.samples ?? Array.from({ length: request.samples }, () => Float32Array.from(mean))
      const drawn = samples.map((rows, at) => ({ rows, seed: seed + at + 1 }))
      await levels(series, [{ rows: mean }, ...drawn], request)
      return { mean, samples, ...(own?.intervals && { intervals: own.intervals }) }
    },
    async make(elapsed, { seed, ...request }) {
      const noise = { seed, stream: making, step: request.number }
      const rows = numbers?.make(elapsed.length, noise) ?? new Float32Array(elapsed.length * layout.width)
      await levels({ rows: Float32Array.from(rows), elapsed }, [{ rows, seed: seed + 1 }], request)
      return rows
    },
  }
}
