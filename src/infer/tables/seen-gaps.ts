import type { Feeds } from '../../engine/engine.ts'
import { CODES } from '../model-parts.ts'
import { SEEN } from './seen-columns.ts'

/** Which cells of a row with this code are known [columns, in the order of the slots]. */
export type GapsOf = (code: ArrayLike<number>) => Float32Array

/** Rows that have the same gaps, from which on they stand for many. */
const COMMON = 5

/**
 * Gaps as the training row had them whose code lies nearest; undefined where a model keeps none.
 *
 * A row that is mostly empty, and in its own way, is left aside: what it still knows could be told from its gaps alone.
 */
export function seenGaps(values: Feeds): GapsOf | undefined {
  const masks = values[SEEN.masks]
  const codes = values[CODES]
  if (!masks || !codes) return undefined
  const [count, columns] = masks.shape
  const latent = codes.shape[1]
  const rows = Array.from({ length: count }, (_, row) => ({
    known: Float32Array.from(masks.data.slice(row * columns, (row + 1) * columns)),
    code: codes.data.slice(row * latent, (row + 1) * latent),
  }))
  const lenders = lending(rows)
  return (code) => {
    let nearest = lenders[0]
    let least = Number.POSITIVE_INFINITY
    for (const lender of lenders) {
      let distance = 0
      for (let at = 0; at < latent && distance < least; at++) distance += (lender.code[at] - code[at]) ** 2
      if (distance < least) [nearest, least] = [lender, distance]
    }
    return nearest.known
  }
}

/** The rows whose gaps many share, or that know at least half of their cells; all, where there are none of these. */
function lending<Row extends { readonly known: Float32Array }>(rows: readonly Row[]): readonly Row[] {
  const times = new Map<string, number>()
  for (const { known } of rows) times.set(known.join(), (times.get(known.join()) ?? 0) + 1)
  const lenders = rows.filter(
    ({ known }) =>
      2 * known.reduce((sum, mask) => sum + mask, 0) >= known.length ||
      (times.get(known.join()) as number) >= COMMON,
  )
  return lenders.length > 0 ? lenders : rows
}
