import type { NDArray } from '../../base/arrays.ts'
import type { Feeds } from '../../engine/engine.ts'
import { blocksOf, COLUMNS, type EncodedColumn, valuesOf } from '../../model/likelihoods/column-blocks.ts'
import { likelihoodOf, type ModelSpec } from '../../model/spec.ts'
import { keptExamples } from '../codes.ts'
import type { ReadExamples } from '../scoring.ts'

/** Names under which a model of a table keeps how its columns looked; each is absent where there is nothing to say. */
export const SEEN = {
  /** Quantiles of every real number [numbers, 256], the least and the greatest included. */
  quantiles: 'columns.quantiles',
  /** 1 where a real number only takes values among its quantiles [numbers]. */
  steps: 'columns.steps',
  /** Which cells of the examples whose codes are kept were known [examples, columns], in the order of the slots. */
  masks: 'columns.masks',
} as const

export const KNOTS = 256

/** What a model of a table keeps of its columns to make new rows like them; nothing for other models. */
export async function seenColumns(
  spec: ModelSpec,
  { count, read }: { readonly count: number; readonly read: ReadExamples },
): Promise<Feeds> {
  const columns = columnsIn(spec)
  return columns ? columnsOf(columns, (await read(keptExamples(count))).x) : {}
}

/** Shapes of what `seenColumns` may give where codes of `examples` examples are kept. */
export function seenShapes(spec: ModelSpec, examples: number): [string, readonly number[]][] {
  const columns = columnsIn(spec)
  if (!columns) return []
  const numbers = owners(columns).length
  return [
    [SEEN.quantiles, [numbers, KNOTS]],
    [SEEN.steps, [numbers]],
    [SEEN.masks, [examples, columns.length]],
  ]
}

function columnsIn(spec: ModelSpec): readonly EncodedColumn[] | undefined {
  const { kind, options } = likelihoodOf(spec)
  if (kind.name !== COLUMNS) return undefined
  return (options as { readonly columns: readonly EncodedColumn[] }).columns
}

function columnsOf(columns: readonly EncodedColumn[], { data, shape: [count, width] }: NDArray): Feeds {
  const values = valuesOf(columns)
  const masks = Float32Array.from({ length: count * columns.length }, (_, at) => {
    const row = Math.floor(at / columns.length)
    return data[row * width + values + (at % columns.length)]
  })
  const known = owners(columns).map((column, slot) => {
    const rows = Array.from({ length: count }, (_, row) => row).filter(
      (row) => masks[row * columns.length + column],
    )
    return Float32Array.from(rows, (row) => data[row * width + slot]).sort()
  })
  return {
    ...(known.length > 0 && {
      [SEEN.quantiles]: {
        data: Float32Array.from(known.flatMap(knotsOf)),
        shape: [known.length, KNOTS],
      },
      [SEEN.steps]: {
        data: Float32Array.from(known, (sorted) => (isStepped(sorted) ? 1 : 0)),
        shape: [known.length],
      },
    }),
    ...(masks.includes(0) && { [SEEN.masks]: { data: masks, shape: [count, columns.length] } }),
  }
}

/** Of each real number of a row, the column that it belongs to. */
function owners(columns: readonly EncodedColumn[]): number[] {
  const real = blocksOf(columns).find(({ group }) => group === 'real')
  return (real?.columns ?? []).flatMap(({ slots }, place) => new Array<number>(slots).fill(place))
}

/** Whether most values recur, and are few enough for each to be kept. */
function isStepped(sorted: Float32Array): boolean {
  let different = 0
  let recurring = 0
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && sorted[at] === sorted[at - 1]) continue
    different++
    if (sorted[at + 1] === sorted[at]) recurring++
  }
  return different <= KNOTS / 2 && 2 * recurring >= different
}

/** Quantiles at even shares from 0 to 1: values that were seen where they recur, and between two of them elsewhere. */
function knotsOf(sorted: Float32Array): number[] {
  const last = sorted.length - 1
  if (last < 0) return new Array<number>(KNOTS).fill(0)
  const stepped = isStepped(sorted)
  return Array.from({ length: KNOTS }, (_, knot) => {
    const at = (knot / (KNOTS - 1)) * last
    const below = Math.floor(at)
    if (stepped) return sorted[Math.round(at)]
    return sorted[below] + (at - below) * (sorted[Math.min(below + 1, last)] - sorted[below])
  })
}
