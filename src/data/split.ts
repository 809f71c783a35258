import { hexCrc32 } from '../base/crc32.ts'
import { fail } from '../base/errors.ts'
import { permutation, streams } from '../base/random.ts'

export interface SplitRequest {
  /** Rows to divide. */
  readonly count: number
  /** Whether the data come with a test set of their own; then no rows are taken for one. */
  readonly hasTest?: boolean
  /** The same of a validation set. */
  readonly hasValidation?: boolean
  /** Fractions of the rows, 0 ≤ fraction < 1. */
  readonly validation?: number
  readonly test?: number
  readonly seed: number
}

/** Row numbers of each part, ascending; every row is in exactly one. */
export interface Split {
  readonly train: Uint32Array
  readonly validation: Uint32Array
  readonly test: Uint32Array
}

/** How many rows a fraction of them is for. Error: `data/split-fraction`. */
export function rowsFor(fraction: number, count: number, part: string): number {
  if (!(fraction >= 0 && fraction < 1))
    fail({
      code: 'data/split-fraction',
      seen: `a ${part} fraction of ${fraction}`,
      wanted: 'a number in the range [0, 1)',
      fix: `give the share of rows to hold out for ${part}, such as 0.1`,
      usage: true,
    })
  return fraction === 0 ? 0 : Math.max(1, Math.round(fraction * count))
}

/** Divides a data set: by chance, or as its own order wants it. */
export const dividedBy = (dataset: { split?(request: SplitRequest): Split }, request: SplitRequest): Split =>
  dataset.split?.(request) ?? splitRows(request)

/**
 * Divides rows by chance, the same way for the same seed; the test rows do not depend on the validation fraction.
 *
 * Errors: `data/split-fraction`, `data/split-empty`.
 */
export function splitRows(request: SplitRequest): Split {
  const { count, hasTest = false, hasValidation = false, validation = 0, test = 0, seed } = request
  const testCount = rowsFor(test, count, 'test') * (hasTest ? 0 : 1)
  const heldOut = testCount + rowsFor(validation, count, 'validation') * (hasValidation ? 0 : 1)
  if (heldOut >= count)
    fail({
      code: 'data/split-empty',
      seen: `${heldOut} of ${count} rows held out`,
      wanted: 'at least one row to train on',
      fix: 'give more rows, or hold out less: --validation 0 --test 0 holds out none',
      usage: true,
    })
  const order = permutation(count, { seed, stream: streams.split, step: 0 })
  return {
    test: order.slice(0, testCount).sort(),
    validation: order.slice(testCount, heldOut).sort(),
    train: order.slice(heldOut).sort(),
  }
}

/** Eight hexadecimal digits that tell one choice of rows from another (CRC-32 of their little-endian bytes). */
export const digest = (rows: Uint32Array): string =>
  hexCrc32(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength))
