import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine, Feeds } from '../../engine/engine.ts'
import { growForest, NODE_NUMBERS } from '../../statistics/anomaly/kept/forest.ts'
import { middleOf } from '../../statistics/anomaly/kept/middle.ts'
import { MOST_SUMMARIZED, prototypesOf } from '../../statistics/anomaly/kept/prototypes.ts'
import { RARITY_NUMBERS, rarityOf } from '../../statistics/anomaly/kept/rarity.ts'
import {
  fitRobustGaussian,
  inGaussian,
  type JointGaussian,
} from '../../statistics/anomaly/kept/robust-gaussian.ts'
import type { ModelParts } from '../model-parts.ts'
import type { ReadExamples } from '../scoring.ts'
import { openChunkModel } from './chunk-model.ts'
import { DETECTING, FINDERS } from './detecting.ts'
import { detectorView, scaleOf, viewRow } from './detector-view.ts'
import { combiner, type ModelNats, natsReader, openDetectors, weightsFor } from './detectors.ts'
import { spreadEvenly } from './held-out-scores.ts'
import { joinedExamples } from './joined-rows.ts'
import { TRAINED_SCORES } from './usual.ts'

/** Training rows that detectors learn from, at most. */
const MOST_LEARNED = 2000
/** Of fewer rows than these nothing is learned that the model does not say. */
const FEWEST = 8
/** Rows for each column, of which there are two numbers, from which on what is fitted to rows may measure them. */
const ENOUGH = 4
/** Parts of the rows of a wider table, each measured by what was fitted to the others. */
const FOLDS = 3

/**
 * Fits the detectors of strange rows that a model keeps, to up to 2,000 of its training rows, spread evenly; nothing where
 * there are too few. No row is kept: means, medians and variances, and means of three rows or more.
 */
export async function fitDetectors(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  { count, read }: { readonly count: number; readonly read: ReadExamples },
): Promise<Feeds> {
  if (count < FEWEST) return {}
  const layout = tableLayout(schema)
  const seen = await read(spreadEvenly(count, MOST_LEARNED))
  const rows = Float32Array.from(seen.x.data)
  using table = await openChunkModel(engine, parts, schema)
  const nats = await table.scoreEncoded(joinedExamples(seen))
  const kept = fitted(layout, rows, nats)
  const isWide = rows.length / layout.width < ENOUGH * layout.columns.length
  const measures = isWide ? acrossFolds(layout, rows, nats) : openDetectors(kept, layout)!.measure(rows, nats)
  const rarities = FINDERS.map((_, finder) =>
    rarityOf(measures.filter((_, at) => at % FINDERS.length === finder)),
  )
  const rarity = {
    data: Float32Array.from(rarities.flatMap((own) => [...own])),
    shape: [FINDERS.length, RARITY_NUMBERS],
  }
  const weights = { data: weightsFor(count / layout.columns.length), shape: [FINDERS.length] }
  const scores = Float32Array.from(combiner(rarity, weights)(measures).score)
  return {
    ...kept,
    [DETECTING.rarity]: rarity,
    [DETECTING.weights]: weights,
    [TRAINED_SCORES]: { data: scores, shape: [scores.length] },
  }
}

const fitted = (layout: TableLayout, rows: Float32Array, nats: ModelNats): Feeds => ({
  ...ofCells(layout, rows),
  ...ofNats(layout, rows, nats),
})

/**
 * Measures of rows [n × finders], each by detectors that were not fitted to it: in a wide table of few rows those that they
 * learned from lie close, and any other row would be rare.
 */
function acrossFolds(layout: TableLayout, rows: Float32Array, nats: ModelNats): Float64Array {
  const count = rows.length / layout.width
  const out = new Float64Array(count * FINDERS.length)
  const all = Array.from({ length: count }, (_, row) => row)
  for (let fold = 0; fold < FOLDS; fold++) {
    const own = all.filter((row) => row % FOLDS === fold)
    const others = taken(
      layout,
      rows,
      nats,
      all.filter((row) => row % FOLDS !== fold),
    )
    const { rows: fresh, nats: ofFresh } = taken(layout, rows, nats, own)
    const measures = openDetectors(fitted(layout, others.rows, others.nats), layout)!.measure(fresh, ofFresh)
    for (const [place, row] of own.entries())
      out.set(measures.subarray(place * FINDERS.length, (place + 1) * FINDERS.length), row * FINDERS.length)
  }
  return out
}

/** Some of the rows, with what the model says of them. */
function taken(layout: TableLayout, rows: Float32Array, nats: ModelNats, chosen: readonly number[]) {
  const some = <Numbers extends Float32Array | Float64Array>(data: Numbers): Numbers => {
    const width = (data.length * layout.width) / rows.length
    const out = data.slice(0, chosen.length * width) as Numbers
    for (const [place, row] of chosen.entries())
      out.set(data.subarray(row * width, (row + 1) * width), place * width)
    return out
  }
  const { kl, reconstruction, cells, alone } = nats
  return {
    rows: some(rows),
    nats: { kl: some(kl), reconstruction: some(reconstruction), cells: some(cells), alone: some(alone) },
  }
}

const gaussianFeeds = (
  { mean, factor }: JointGaussian,
  names: readonly [mean: string, factor: string],
): Feeds => ({
  [names[0]]: { data: mean, shape: [mean.length] },
  [names[1]]: { data: factor, shape: [factor.length] },
})

function ofCells(layout: TableLayout, rows: Float32Array): Feeds {
  const view = detectorView(layout)
  const { width } = view
  if (width === 0) return {}
  const count = rows.length / layout.width
  const scale = scaleOf(view, rows, layout.width)
  const seen = { width, data: new Float64Array(count * width), known: new Uint8Array(count * width) }
  const own = (row: number) => ({
    out: seen.data.subarray(row * width, (row + 1) * width),
    known: seen.known.subarray(row * width, (row + 1) * width),
  })
  for (let row = 0; row < count; row++) viewRow(view, scale, rows, row * layout.width, own(row))
  const middle = middleOf(seen)
  const gaussian = fitRobustGaussian(seen)
  const { fill } = inGaussian(gaussian)
  for (let row = 0; row < count; row++) fill(own(row).out, own(row).known)
  const summarized = spreadEvenly(count, MOST_SUMMARIZED)
  const filled = Float64Array.from(
    { length: summarized.length * width },
    (_, at) => seen.data[summarized[Math.floor(at / width)] * width + (at % width)],
  )
  const prototypes = prototypesOf(filled, width)
  const forest = growForest({ count, width, data: seen.data })
  return {
    [DETECTING.scale]: { data: scale, shape: [2, width] },
    ...gaussianFeeds(gaussian, [DETECTING.mean, DETECTING.factor]),
    [DETECTING.middle]: { data: middle, shape: [middle.length] },
    [DETECTING.forest]: { data: forest.nodes, shape: [forest.nodes.length / NODE_NUMBERS, NODE_NUMBERS] },
    [DETECTING.roots]: { data: forest.roots, shape: [forest.roots.length] },
    [DETECTING.prototypes]: { data: prototypes, shape: [prototypes.length / width, width] },
  }
}

function ofNats(layout: TableLayout, rows: Float32Array, nats: ModelNats): Feeds {
  const columns = layout.columns.length
  const width = 2 * columns
  const count = rows.length / layout.width
  const scale = new Float32Array(2 * width).fill(1, width)
  for (let column = 0; column < columns; column++)
    for (const [at, all] of [
      [column, nats.alone],
      [column + columns, nats.cells],
    ] as const) {
      const known = Float64Array.from({ length: count }, (_, row) => row)
        .filter((row) => rows[row * layout.width + layout.columns[column].mask] === 1)
        .map((row) => all[row * columns + column])
      const mean = known.reduce((sum, x) => sum + x / known.length, 0)
      const deviation = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2 / known.length, 0))
      scale[at] = mean
      if (deviation >= 1e-6) scale[width + at] = deviation
    }
  const read = natsReader(layout, scale)
  const seen = { width, data: new Float64Array(count * width), known: new Uint8Array(count * width) }
  for (let row = 0; row < count; row++)
    read(rows, row, nats, {
      out: seen.data.subarray(row * width, (row + 1) * width),
      known: seen.known.subarray(row * width, (row + 1) * width),
    })
  return {
    [DETECTING.natsScale]: { data: scale, shape: [2, width] },
    ...gaussianFeeds(fitRobustGaussian(seen), [DETECTING.natsMean, DETECTING.natsFactor]),
  }
}
