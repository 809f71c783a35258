import type { NDArray, NumericArray } from '../base/arrays.ts'
import type { Binarize, Dataset } from './dataset.ts'
import { type BinarizeDraw, binarizeRows } from './transforms/binarize.ts'

/** The rows that a part of a run is made of. @inline */
export interface Rows {
  readonly dataset: Dataset
  readonly indices: Uint32Array
  /** True for rows of a test set that has numbers of its own. */
  readonly ownTest: boolean
}

/** Rows that are judged at most: what is kept of each while they are judged comes to some hundred megabytes. */
const MOST_JUDGED = 100_000

/** The rows that stand for a part where it is judged: all, or of very many so many, spread evenly. */
export function judgedRows(rows: Rows): Rows {
  const { length } = rows.indices
  if (length <= MOST_JUDGED) return rows
  const indices = Uint32Array.from(
    { length: MOST_JUDGED },
    (_, i) => rows.indices[Math.floor((i * length) / MOST_JUDGED)],
  )
  return { ...rows, indices }
}

/** Examples as programs take them, by input: `x`, and `condition` where a model is given one. @inline */
export type Examples = Readonly<Record<string, NDArray>> & { readonly x: NDArray }

/** Reads examples as a program takes them: stored values, or pixels drawn black or white. */
export interface ExampleReader {
  /** A training batch, its rows in `into` where they can be; dynamic binarization draws afresh at every step. */
  training(rows: Rows, indices: Uint32Array, step: number, into?: NumericArray): Promise<Examples>
  /** Examples to be judged: binarized once each, so that every judgement sees the same. */
  heldOut(rows: Rows, indices: Uint32Array): Promise<Examples>
}

type ReadRows = (rows: Rows, indices: Uint32Array, step: number, into?: NumericArray) => Promise<NDArray>

/** Rows, with what a model is given beside them. */
const withCondition =
  (read: ReadRows) =>
  async (rows: Rows, indices: Uint32Array, step = 0, into?: NumericArray): Promise<Examples> => {
    const { condition } = rows.dataset
    const x = await read(rows, indices, step, into)
    return condition ? { x, condition: condition.read(indices) } : { x }
  }

/** Binds a binarization and a seed to the reading of examples; the element type stays the data set's. */
export function exampleReader(binarize: Binarize, seed: number): ExampleReader {
  const stored = withCondition(async ({ dataset }, indices, _step, into) => dataset.read(indices, into))
  const fixed = withCondition(async ({ dataset, ownTest }, indices) =>
    drawn(await dataset.read(indices), { mode: 'fixed', seed, indices, test: ownTest }),
  )
  const dynamic = withCondition(async ({ dataset }, indices, step, into) =>
    drawn(await dataset.read(indices, into), { mode: 'dynamic', seed, step }, into),
  )
  if (binarize === 'none') return { training: stored, heldOut: stored }
  return { training: binarize === 'fixed' ? fixed : dynamic, heldOut: fixed }
}

/** Binarized rows in the rows' own type: bytes 0 and 255, or floats 0 and 1; in place where they are `own`. */
function drawn(rows: NDArray, draw: BinarizeDraw, own?: NumericArray): NDArray {
  const bytes = binarizeRows(rows, draw, rows.data === own && own instanceof Uint8Array ? own : undefined)
  return rows.data instanceof Uint8Array
    ? bytes
    : { data: Float32Array.from(bytes.data, (byte) => byte / 255), shape: rows.shape }
}

/** Reads the examples of a part by their position in it, for judging. */
export const heldOutReader =
  (reader: ExampleReader, rows: Rows) =>
  (positions: Uint32Array): Promise<Examples> =>
    reader.heldOut(
      rows,
      positions.map((position) => rows.indices[position]),
    )
