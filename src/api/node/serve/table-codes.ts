/** What a model of a table answers by its code: codes of rows, rows of codes, and rows through their codes. */
import { joinedFloats, type NDArray } from '../../../base/arrays.ts'
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import type { Given } from '../../../infer/given.ts'
import { askedConditions } from '../../../infer/kept-conditions.ts'
import type { Model } from '../../../infer/model.ts'
import type { ModelParts } from '../../../infer/model-parts.ts'
import type { ChunkModel } from '../../../infer/tables/chunk-model.ts'
import { conditionCells } from '../../../infer/tables/given-columns.ts'
import { numbersIn } from './bodies.ts'
import { arrayOf, codesAnswered } from './codes.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import { whereIn } from './sent-conditions.ts'
import { type Body, eachAlone, type Outcome, type Outcomes, type TableOf } from './served.ts'
import { cellsAnswered } from './table-answers.ts'
import { inParts, type ReadBody } from './together.ts'
import type { Answered } from './written.ts'

export type Answer = (options: AskedOptions, bodies: readonly Body[]) => Promise<Outcomes>

interface CodesOf {
  readonly plain: Model
  readonly parts: ModelParts
  readonly table: TableOf
  readonly modelled: readonly string[]
  /** Cells of encoded rows. */
  decoded(rows: Float32Array): Cell[][]
  modelFor(options: AskedOptions): ChunkModel
  read(body: Body): Promise<ReadBody>
  chunk(rows: TableChunk['rows'], first: number): TableChunk
}

/** Rows of one request as the model takes them. */
interface EncodedBody {
  readonly rows: NDArray
  readonly condition: NDArray | undefined
  readonly cells: ReadBody['cells']
}

type Answering = Outcome & { readonly answered: Answered }

export function codeAnswers({
  plain,
  parts,
  table,
  modelled,
  ...own
}: CodesOf): Readonly<Record<Extract<OperationName, 'encode' | 'decode' | 'reconstruct'>, Answer>> {
  const { condition: conditions } = parts.spec
  const written = conditions && conditionCells(table.given, conditions)
  const names = [...modelled, ...table.known]
  const whereOf = ({ where }: AskedOptions) => whereIn(where, conditions, table.given)
  /** Modelled cells of decoded rows, and what these were given. */
  const answered = (rows: NDArray<Float32Array>, given: (row: number) => readonly Cell[]): Answered =>
    cellsAnswered(
      names,
      own.decoded(rows.data).map((cells, row) => [...cells, ...given(row)]),
    )
  const ofEncoded =
    (make: (encoded: EncodedBody, options: AskedOptions) => Promise<Answered>): Answer =>
    (options, bodies) =>
      eachAlone(bodies, async (body): Promise<Answering> => {
        const { cells } = await own.read(body)
        if (cells.length === 0) return { answered: cellsAnswered(names, []), rows: 0 }
        const model = own.modelFor(options)
        const parts = await inParts(cells, body.first, own.chunk, async (chunk) => [
          { rows: model.encode(chunk), condition: model.conditions?.(chunk) },
        ])
        const joined = (all: readonly Float32Array[]): NDArray => {
          const data = joinedFloats([...all])
          return { data, shape: [cells.length, data.length / cells.length] }
        }
        const condition = parts.flatMap((part) => (part.condition ? [part.condition] : []))
        const encoded = {
          cells,
          rows: joined(parts.map(({ rows }) => rows)),
          condition: condition.length > 0 ? joined(condition) : undefined,
        }
        return { answered: await make(encoded, options), rows: cells.length }
      })
  const decode = async (options: AskedOptions, { bytes, form, most }: Body): Promise<Answering> => {
    const { lists, condition } = numbersIn(bytes, form, 'codes', most)
    if (lists.length === 0) return { answered: cellsAnswered(names, []), rows: 0 }
    const given = askedConditions(parts, { condition, where: whereOf(options) }, lists.length)
    const codes = arrayOf(lists, [plain.latent], 'float32')
    const rows = await plain.decode(codes, { condition: given })
    const beside = given && written?.(given, 0)
    return { answered: answered(rows, (row) => beside?.[row] ?? []), rows: lists.length }
  }
  return {
    encode: ofEncoded(async ({ rows, condition }) => codesAnswered(await plain.encode(rows, { condition }))),
    reconstruct: ofEncoded(async ({ rows, condition, cells }, options) => {
      const where = whereOf(options)
      const made = await plain.reconstruct(rows, { condition, where })
      return answered(made, (row) => asIsAsked(table.known, cells[row].slice(modelled.length), where))
    }),
    decode: (options, bodies) => eachAlone(bodies, (body) => decode(options, body)),
  }
}

/** What a row was given, with what was asked for in its place. */
const asIsAsked = (names: readonly string[], own: readonly Cell[], where: Given = {}): Cell[] =>
  names.map((name, at) => (name in where ? (where[name] as Cell) : own[at]))
