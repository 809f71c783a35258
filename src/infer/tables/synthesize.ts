import type { NDArray } from '../../base/arrays.ts'
import type { NameAmong } from '../../base/parts.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import type { Cell } from '../../data/tables/cell.ts'
import { rowDecoder } from '../../data/tables/encode.ts'
import { type TableLayout, tableLayout } from '../../data/tables/layout.ts'
import type { TableSchema } from '../../data/tables/schema.ts'
import type { Engine } from '../../engine/engine.ts'
import { priorOf } from '../../model/spec.ts'
import type { Given } from '../given.ts'
import { drawnConditions } from '../kept-conditions.ts'
import type { Model } from '../model.ts'
import type { ModelParts } from '../model-parts.ts'
import { refuseOtherSampler } from '../on-demand.ts'
import type { HouseSampler } from '../samplers/index.ts'
import { knownCodes } from '../samplers/known.ts'
import { openSamplers } from '../samplers/open.ts'
import { acceptance, type Drawn, drawUntil } from './accepting.ts'
import { openConditionals } from './conditionals.ts'
import { datesInPhase } from './dates-in-phase.ts'
import { cellSampler, realScales } from './draw-cells.ts'
import { conditionCells, splitWhere } from './given-columns.ts'
import { rulesIn } from './kept-rules.ts'
import { poolOf, representativeOf } from './representative.ts'
import { type GapsOf, seenGaps } from './seen-gaps.ts'
import { toSeenMarginals } from './seen-marginals.ts'

const drawing = streamOf('synthesize')
const referring = streamOf('synthesize-reference')

/** Rows drawn once, to know how a model's own numbers are spread. */
const REFERENCE = 4000
const REFERENCE_SEED = 0x7fffffff

/** @inline */
export interface SynthesizeOptions {
  /** Where codes come from, as `sample` has it; default: gmm, which lies closest to the codes of real rows. */
  readonly from?: NameAmong<HouseSampler>
  readonly seed?: number
  /** Conditions that every row meets, such as `species=Adelie,mass>4000`. */
  readonly where?: string
  /** Rules between columns that every row keeps, such as `end >= start` or `a + b = c`. */
  readonly rules?: readonly string[]
  /** Columns that have no value twice. */
  readonly unique?: readonly string[]
  /** Whether the rules that training found in the table are kept; default: true. */
  readonly learned?: boolean
  /** What stands in columns that name rows: nothing, the default, or new names in the column's own pattern. */
  readonly identifiers?: 'empty' | 'new'
  /** Of a model of ordered rows how many series, each of so many rows as are asked for; default: one. */
  readonly series?: number
  readonly signal?: AbortSignal
}

interface Drawing {
  /** Rows that are drawn for one that is taken, at most. */
  readonly mostDrawn?: number
  /** Whether rows are taken as chance has them, rather than those that stand for more. */
  readonly asDrawn?: boolean
}

/** A trained model of a table and what it runs on. */
interface RowSource {
  readonly engine: Engine
  readonly model: Pick<Model, 'decode'>
  readonly parts: ModelParts
}

/** Rows of a table as cells. @inline */
export interface CellTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  /** How new rows came to be. */
  readonly drawn?: Drawn
}

/** Draws new rows of a table, again and again. */
export type Synthesis = (count: number, options?: SynthesizeOptions, drawing?: Drawing) => Promise<CellTable>

/** What rows are drawn by and no request changes: the sampler, and rows that tell how the model's numbers are spread. */
export async function openSynthesis(
  { engine, model, parts }: RowSource,
  schema: TableSchema,
  from: NonNullable<SynthesizeOptions['from']> = priorOf(parts.spec).kind.isConditional ? 'prior' : 'gmm',
  given?: TableSchema,
): Promise<Synthesis> {
  const { spec, values } = parts
  const conditions = openConditions(parts, given)
  refuseOtherSampler(spec, from)
  const layout = tableLayout(schema)
  const columns = layout.columns.map(({ name }) => name)
  const codesOf = await openSamplers(parts.spec, knownCodes(engine, parts))(from)
  const draw = cellSampler(layout, spec, values)
  const gaps = seenGaps(values)
  const conditionals = openConditionals(values, schema)
  const drawn = async (
    rows: number,
    own: number,
    stream: number,
    { signal, where }: { readonly signal?: AbortSignal | undefined; readonly where?: Given } = {},
  ) => {
    const condition = conditions?.draw(where, rows, own)
    const codes = await codesOf(rows, own, condition)
    const centers = await model.decode(codes, { condition, signal })
    const decoded = Float32Array.from(centers.data)
    return { codes, condition, rows: draw(decoded, { seed: own, stream, first: 0 }) }
  }
  // Ranks among the rows themselves would make each depend on how many are asked for.
  const reference = await drawn(REFERENCE, REFERENCE_SEED, referring)
  const toSeen = toSeenMarginals(values, reference.rows, layout.width)
  const inPhase = datesInPhase(schema, layout, realScales(values))
  const finished = ({ codes, rows }: Awaited<ReturnType<typeof drawn>>, own: number) => {
    toSeen(rows)
    inPhase(rows)
    leaveGaps(rows, codes, layout, gaps)
    conditionals?.(rows, own)
    return rows
  }
  const cellsOf = (own: number) => rowDecoder(schema, { clip: true, chance: (at) => chanceOf(own, at) })
  const usual = finished(reference, REFERENCE_SEED)
  const known = { found: rulesIn(values), reference: rowDecoder(schema)(usual) }
  return async (count, { seed = 0, signal, ...asked } = {}, { mostDrawn, asDrawn = false } = {}) => {
    const { given: where, rest } = conditions?.split(asked.where) ?? { rest: asked.where }
    const rules = asked.rules ?? []
    const accepting = acceptance(schema, columns, { ...asked, ...whereOf(rest), rules }, known)
    const drawCells = async (rows: number, round: number) => {
      const own = (seed + round * ROUND) % Number.MAX_SAFE_INTEGER
      // Later rounds make up for rows that were refused.
      const pooled = asDrawn || round > 0 ? rows : poolOf(rows)
      if (conditions) {
        // Rows that stand for all would stand for other conditions than those that are asked for.
        const made = await drawn(rows, own, drawing, { signal, where })
        return conditions.beside(cellsOf(own)(finished(made, own)), made.condition, own)
      }
      const pool = finished(await drawn(pooled, own, drawing, { signal }), own)
      const request = { reference: usual, count: rows, seed: own, signal }
      const encoded = await representativeOf(schema, pool, request)
      return cellsOf(own)(encoded)
    }
    const made = await drawUntil(count, accepting, drawCells, mostDrawn)
    return { columns: [...columns, ...(conditions?.names ?? [])], ...made }
  }
}

/**
 * New rows of a table: codes of a sampler, then a draw of each cell. Numbers are spread as training saw them, column by
 * column, and what belongs together is the model's; gaps are those of the training row whose code lies nearest. Rules of
 * the table are kept: what follows from other columns is made from them, and rows that break one are drawn anew. Of more
 * rows than were asked for those are taken that stand for all.
 *
 * Errors: those of the sampler, `infer/where`, `infer/rule`, `infer/unique`, `infer/rare`.
 */
export async function synthesizeRows(
  source: RowSource,
  schema: TableSchema,
  count: number,
  options: SynthesizeOptions = {},
  drawing: Drawing = {},
): Promise<CellTable> {
  options.signal?.throwIfAborted()
  return (await openSynthesis(source, schema, options.from))(count, options, drawing)
}

const whereOf = (where: string | undefined) => ({ where }) as Pick<SynthesizeOptions, 'where'>

/** What rows are made under, and how that is written beside them; undefined of a model that is given nothing. */
function openConditions({ spec: { condition }, values }: ModelParts, given: TableSchema | undefined) {
  if (!condition) return undefined
  const cells = conditionCells(given, condition)
  return {
    names: condition.map(({ name }) => name),
    split: (where: string | undefined) => splitWhere(where, given, condition),
    draw: (where: Given | undefined, count: number, seed: number) =>
      drawnConditions(condition, values, { ...(where && { where }), count, seed }),
    beside: (rows: Cell[][], own: NDArray<Float32Array> | undefined, seed: number): Cell[][] => {
      const more = own ? cells(own, seed) : []
      return rows.map((row, at) => [...row, ...(more[at] ?? [])])
    },
  }
}

/** How far apart the seeds of two rounds of draws lie. */
const ROUND = 0x9e3779b1

const rarely = streamOf('synthesize-rare')
const one = new Float32Array(1)

/** The draw that tells which of several rare levels the slot at a place stands for. */
const chanceOf = (seed: number, at: number): number => fillUniform(one, { seed, stream: rarely, step: at })[0]

/** Clears the masks of cells that are to be missing, in place. */
function leaveGaps(rows: Float32Array, codes: NDArray, { width, values }: TableLayout, gaps?: GapsOf): void {
  if (!gaps) return
  const [count, latent] = codes.shape
  for (let row = 0; row < count; row++)
    rows.set(gaps(codes.data.subarray(row * latent, (row + 1) * latent)), row * width + values)
}
