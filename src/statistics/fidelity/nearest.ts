import { quantile } from '../../base/math/quantile.ts'
import { varianceOf } from '../../base/math/variance.ts'
import { nextTurn } from '../../base/yielding.ts'
import { rocAuc } from '../roc-auc.ts'
import { isSeen, type ReadTable } from './read-tables.ts'

/** Rows between two turns of the event loop. */
const BLOCK = 64

/** Distances of rows to the training row that is nearest. @inline */
export interface NearestDistances {
  readonly median: number
  /** The 5% quantile. */
  readonly low: number
  /** Share of rows at distance 0. */
  readonly atZero: number
}

/** Whether synthetic rows keep to training rows more closely than real rows that were held out do. @inline */
export interface Nearest {
  readonly synthetic: NearestDistances
  readonly heldOut: NearestDistances
  /** Median of synthetic rows over that of held-out ones; well below 1 is leakage. Null where the latter is 0. */
  readonly medianRatio: number | null
  /** How often a synthetic row is nearer to the training rows than a held-out one, ties half: 0.5 is no leakage. */
  readonly nearer: number
}

/**
 * Distance to closest record. The distance of two rows is the mean over columns: of numbers |a − b| in standard
 * deviations of the training rows, of levels 0 or 1; missing is 0 from missing and 1 from all else. Gower 1971, with
 * deviations for ranges.
 *
 * Tables were read together. Throws the signal's reason.
 */
export async function nearestRecords(
  { train, heldOut, synthetic }: Readonly<Record<'train' | 'heldOut' | 'synthetic', ReadTable>>,
  signal?: AbortSignal,
): Promise<Nearest> {
  const measure = measureOf(train)
  const training = measure(train)
  const ofSynthetic = await nearestDistances(measure(synthetic), training, signal)
  const ofHeldOut = await nearestDistances(measure(heldOut), training, signal)
  const [made, real] = [summaryOf(ofSynthetic), summaryOf(ofHeldOut)]
  const nearness = [...ofSynthetic, ...ofHeldOut].map((distance) => -distance)
  return {
    synthetic: made,
    heldOut: real,
    medianRatio: real.median > 0 ? made.median / real.median : null,
    nearer: rocAuc(nearness, (row) => row < ofSynthetic.length),
  }
}

/** Rows that distances are taken between. */
export interface Measured {
  readonly count: number
  /** `[count, numbers]` in standard deviations; NaN where missing. */
  readonly numbers: Float64Array
  /** `[count, levels]`. */
  readonly levels: Int32Array
}

/** How to measure a table, in units of another. A number that is constant there keeps its own unit. */
export function measureOf(train: ReadTable): (table: ReadTable) => Measured {
  const deviations = train.columns.map((column) => {
    const seen = Float64Array.from(column.values).filter((_, row) => isSeen(column, row))
    return Math.sqrt(varianceOf(seen)) || 1
  })
  return ({ count, columns }) => {
    const of = (kind: 'number' | 'level') =>
      columns.flatMap((column, at) =>
        column.kind === kind
          ? [kind === 'number' ? column.values.map((value) => value / deviations[at]) : column.values]
          : [],
      )
    const [numbers, levels] = [of('number'), of('level')]
    return {
      count,
      numbers: Float64Array.from({ length: count * numbers.length }, (_, at) => {
        const row = Math.floor(at / numbers.length)
        return numbers[at - row * numbers.length][row]
      }),
      levels: Int32Array.from({ length: count * levels.length }, (_, at) => {
        const row = Math.floor(at / levels.length)
        return levels[at - row * levels.length][row]
      }),
    }
  }
}

/** Distances to the nearest of other rows; `sameRows` where these are the rows themselves, of which each leaves itself out. */
export async function nearestDistances(
  rows: Measured,
  training: Measured,
  signal?: AbortSignal,
  sameRows = false,
): Promise<Float64Array> {
  const distances = new Float64Array(rows.count)
  for (let from = 0; from < rows.count; from += BLOCK) {
    await nextTurn()
    signal?.throwIfAborted()
    const to = Math.min(rows.count, from + BLOCK)
    for (let row = from; row < to; row++)
      distances[row] = nearestRow(rows, row, training, sameRows ? row : -1).distance
  }
  const columns = (rows.numbers.length + rows.levels.length) / rows.count
  return distances.map((sum) => sum / columns)
}

/** The nearest row but one, and the sum over columns to it; a row is left as soon as it is farther than the nearest so far. */
export function nearestRow(
  rows: Measured,
  row: number,
  training: Measured,
  but = -1,
): { readonly distance: number; readonly at: number } {
  const width = rows.numbers.length / rows.count
  const depth = rows.levels.length / rows.count
  const own = rows.numbers.subarray(row * width, (row + 1) * width)
  const ownLevels = rows.levels.subarray(row * depth, (row + 1) * depth)
  const { numbers, levels } = training
  let best = Number.POSITIVE_INFINITY
  let nearest = -1
  for (let other = 0; other < training.count && best > 0; other++) {
    if (other === but) continue
    let sum = 0
    for (let i = 0, at = other * depth; i < depth; i++, at++) if (ownLevels[i] !== levels[at]) sum++
    for (let i = 0, at = other * width; i < width && sum < best; i++, at++) {
      const gap = Math.abs(own[i] - numbers[at])
      // NaN where one is missing.
      sum += gap >= 0 ? gap : missingGap(own[i], numbers[at])
    }
    if (sum < best) [best, nearest] = [sum, other]
  }
  return { distance: best, at: nearest }
}

const missingGap = (a: number, b: number): number => (Number.isNaN(a) && Number.isNaN(b) ? 0 : 1)

function summaryOf(distances: Float64Array): NearestDistances {
  const sorted = distances.toSorted()
  const atZero = sorted.filter((distance) => distance === 0).length / sorted.length
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.05), atZero }
}
