import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import { cellReader, type EncodeOptions, rowDecoder, rowEncoder } from '../../data/tables/encode.ts'
import { tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine } from '../../engine/engine.ts'
import { createModel } from '../create-model.ts'
import type { Model } from '../model.ts'
import type { ModelParts } from '../model-parts.ts'
import { aloneNats } from './alone.ts'
import { openCells } from './cells.ts'
import { DETECTING } from './detecting.ts'
import { combiner, openDetectors } from './detectors.ts'
import { imputeRows } from './impute.ts'
import { scoreRows } from './score.ts'
import { type CellTable, type SynthesizeOptions, synthesizeRows } from './synthesize.ts'

/** What rows of a table cost under a model, in nats. @inline */
export interface RowScores {
  /**
   * How unusual each row is [n]: −log of the share of training rows that are as unusual, as several detectors say it
   * together. Of a model that keeps none it is −ELBO, averaged over draws of the code, and 1.75 times what its cells cost
   * alone, in nats.
   */
  readonly score: Float64Array
  /** −log p(x|z) of all known cells [n]. */
  readonly reconstruction: Float64Array
  readonly kl: Float64Array
  /** −log p(x|z) of each cell [n × columns], columns as in `columns`; 0 where it is missing. */
  readonly cells: Float64Array
  /** −log of each cell's density in its column alone, as if the rest of its row were not known [n × columns]. */
  readonly alone: Float64Array
  /**
   * What speaks against each cell, in nats [n × columns]: how much less unusual its row would be without it, given its other
   * cells as a joint Gaussian, and what it costs alone; of a model without detectors cells + 1.75 · alone.
   */
  readonly shares: Float64Array
  /** Which detector found each row, as its place among `FINDERS` [n]; absent in models without detectors. */
  readonly found?: Uint8Array
  /** What stands for a cell where the others are believed, by the places of its row and its column. */
  expected(row: number, column: number): Cell
}

/** @inline */
export interface ImputeOptions {
  /** Draws of the code for each row. */
  readonly draws?: number
  /** Draws from p(missing | known) to give besides the means; default: none. */
  readonly samples?: number
  readonly signal?: AbortSignal
}

/** Rows with nothing missing, and how sure that is. @inline */
export interface ImputedRows {
  /** Importance-weighted posterior means of what was missing; what was known as it was. */
  readonly rows: readonly (readonly Cell[])[]
  /** Draws from p(missing | known) by importance resampling, as many as were asked for. */
  readonly samples: readonly (readonly (readonly Cell[])[])[]
}

/** A trained model of a table: chunks of its rows go in and come out. */
export interface ChunkModel extends Disposable {
  readonly schema: TableSchema
  /** Names of the modelled columns, in the schema's order. */
  readonly columns: readonly string[]
  /** Scores rows; what is said of a row depends on the row and on nothing else, to the bit on one engine. */
  score(
    chunk: TableChunk,
    options?: { readonly draws?: number; readonly signal?: AbortSignal },
  ): Promise<RowScores>
  /** The same of rows that are encoded already [n × width]. */
  scoreEncoded(rows: Float32Array): Promise<Omit<RowScores, 'expected'>>
  /** Rows as numbers [n × width], and the other way round. */
  encode(chunk: TableChunk): Float32Array
  /** Fills what is missing. Mattei & Frellsen 2019, eq. 11. */
  impute(chunk: TableChunk, options?: ImputeOptions): Promise<ImputedRows>
  /** New rows like those that it was trained on. Errors: `infer/sampler`, `infer/no-codes`, `infer/no-prior`. */
  synthesize(count: number, options?: SynthesizeOptions): Promise<CellTable>
}

/** @inline */
export interface ChunkModelOptions extends EncodeOptions {
  /** Draws of the code that a score is averaged over. */
  readonly draws?: number
}

const SCORE_DRAWS = 4
const IMPUTE_DRAWS = 64

/** Opens a trained model of a table. Errors of its methods: those of `rowEncoder`. */
export async function openChunkModel(
  engine: Engine,
  parts: ModelParts,
  schema: TableSchema,
  options: ChunkModelOptions = {},
): Promise<ChunkModel> {
  const layout = tableLayout(schema)
  const rarity = parts.values[DETECTING.rarity]
  const scorers = {
    aloneNats: await aloneNats(engine, parts, layout),
    cells: await openCells(engine, parts),
    ...(rarity && { detectors: openDetectors(parts.values, layout), combine: combiner(rarity) }),
  }
  const { cells } = scorers
  const encode = rowEncoder(schema, options)
  const decode = rowDecoder(schema)
  const read = cellReader(schema)
  let decoding: Promise<Model> | undefined
  return {
    schema,
    columns: layout.columns.map(({ name }) => name),
    encode,
    scoreEncoded: (rows) => scoreRows(scorers, layout, rows, { draws: options.draws ?? SCORE_DRAWS }),
    async score(chunk, { draws = options.draws ?? SCORE_DRAWS, signal } = {}) {
      const found = await scoreRows(scorers, layout, encode(chunk), { draws, signal })
      const expected = (row: number, column: number) => read(found.center, row * layout.width, column)
      return { ...found, expected }
    },
    async impute(chunk, { draws = IMPUTE_DRAWS, samples = 0, signal } = {}) {
      const rows = encode(chunk)
      const request = { first: chunk.first, draws, samples, signal }
      const filled = await imputeRows(
        { cells, layout, values: parts.values, spec: parts.spec },
        rows,
        request,
      )
      const known = decode(rows)
      const withKnown = (all: Float32Array) =>
        decode(all).map((row, at) => row.map((cell, column) => known[at][column] ?? cell))
      return { rows: withKnown(filled.mean), samples: filled.samples.map(withKnown) }
    },
    async synthesize(count, asked) {
      decoding ??= createModel(engine, parts)
      return synthesizeRows({ engine, model: await decoding, parts }, schema, count, asked)
    },
    [Symbol.dispose]() {
      cells[Symbol.dispose]()
      void decoding?.then((model) => model.dispose())
    },
  }
}
