/** A model of a table that answers requests. */
import { joinedFloats } from '../../../base/arrays.ts'
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Engine } from '../../../engine/engine.ts'
import { createModel } from '../../../infer/create-model.ts'
import type { Float32Rows, Model } from '../../../infer/model.ts'
import type { ModelParts } from '../../../infer/model-parts.ts'
import { type ChunkModel, openChunkModel, type RowScores } from '../../../infer/tables/chunk-model.ts'
import { filledRows } from '../../../infer/tables/filled.ts'
import { type ScoredRow, scoredRows } from '../../../infer/tables/scored-rows.ts'
import { expectedThreshold, keptCalibration, onlyOne, promised } from '../../../infer/tables/usual.ts'
import { wholeTable } from '../../../infer/tables/whole-table.ts'
import { type BodyRows, checkCount, numbersIn, tableRowsIn } from './bodies.ts'
import { cellsIn } from './body-cells.ts'
import { arrayOf, codesAnswered } from './codes.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { ServingTask } from './protocol.ts'
import { expectedP, rowCounter, type SeenRows, seenOf } from './seen-rows.ts'
import { type Body, eachAlone, type Outcome, type Outcomes, type Served } from './served.ts'
import { cellsAnswered, filledAnswered, scoresAnswered } from './table-answers.ts'

/** Rows that a model looks at together. */
const TOGETHER = 1024
const FALSE_ALARM = 0.05
const CAUSES = 5

/** What a table is besides its model's parts. */
export interface TableOf {
  readonly schema: TableSchema
  /** Names of columns that training left out. */
  readonly left: readonly string[]
}

interface Read {
  readonly rows: BodyRows
  readonly cells: Cell[][]
}

export async function openServedTable(
  engine: Engine,
  parts: ModelParts,
  { schema, left }: TableOf,
  { unseen: usual, mostRows }: Pick<ServingTask, 'unseen' | 'mostRows'>,
): Promise<Served> {
  const lenient = await openChunkModel(engine, parts, schema)
  const strict = await openChunkModel(engine, parts, schema, { unseen: 'error' })
  const model = await createModel(engine, parts)
  const calibration = keptCalibration(parts.values)
  const counter = rowCounter(schema, parts.values)
  const { columns } = lenient
  const decode = rowDecoder(schema)
  const tableFor = ({ unseen = usual }: AskedOptions): ChunkModel => (unseen === 'error' ? strict : lenient)
  const chunkOf = (rows: readonly (readonly Cell[])[], first: number): TableChunk => ({
    columns,
    first,
    rows,
  })

  const read = async ({ bytes, form, first }: Body): Promise<Read> => {
    const rows = await tableRowsIn(bytes, form, mostRows)
    return { rows, cells: cellsIn(rows, columns, { schema, left }, first) }
  }

  /** Of rows of one or several requests, what each is, in parts that the model looks at together. */
  async function inParts<Made>(
    cells: readonly (readonly Cell[])[],
    first: number,
    make: (chunk: TableChunk) => Promise<readonly Made[]>,
  ): Promise<Made[]> {
    const made: Made[] = []
    for (let from = 0; from < cells.length; from += TOGETHER)
      for (const one of await make(chunkOf(cells.slice(from, from + TOGETHER), first + from))) made.push(one)
    return made
  }

  /** Answers rows that come together as each would be answered alone: what is said of a row hangs on the row. */
  async function together<Made>(
    bodies: readonly Body[],
    make: (chunk: TableChunk) => Promise<readonly Made[]>,
    answered: (read: Read, made: readonly Made[]) => Outcome['answered'],
  ): Promise<Outcome[]> {
    const reads = await Promise.all(bodies.map((body) => read(body).catch((error: unknown) => ({ error }))))
    const known = reads.flatMap((own) => ('error' in own ? [] : own.cells))
    try {
      const all = await inParts(known, bodies.length === 1 ? bodies[0].first : 0, make)
      let from = 0
      return reads.map((own) => {
        if ('error' in own) return { error: own.error, rows: 0 }
        const part = all.slice(from, from + own.cells.length)
        from += own.cells.length
        return { answered: answered(own, part), rows: own.cells.length }
      })
    } catch (error) {
      if (bodies.length === 1) return [{ error, rows: 0 }]
      // One of them is at fault, and only that one is told.
      const each: Outcome[] = []
      for (const body of bodies) each.push(...(await together([body], make, answered)))
      return each
    }
  }

  const usualFor = ({ falseAlarm, contamination }: AskedOptions) => {
    onlyOne({ falseAlarm, contamination })
    if (contamination !== undefined)
      return { calibration, threshold: expectedThreshold(parts.values, contamination) }
    return falseAlarm === undefined
      ? { calibration, falseAlarm: FALSE_ALARM }
      : promised(falseAlarm, calibration)
  }

  async function score(options: AskedOptions, bodies: readonly Body[]): Promise<Outcomes> {
    const usual = usualFor(options)
    const table = tableFor(options)
    let seen: SeenRows | undefined
    const make = async (chunk: TableChunk): Promise<readonly ScoredRow[]> => {
      let encoded = new Float32Array()
      const scores: RowScores = await table.scoreBy(chunk, async (rows) => {
        encoded = rows as Float32Array<ArrayBuffer>
        return table.scoreEncoded(rows) as ReturnType<Parameters<ChunkModel['scoreBy']>[1]>
      })
      const scored = scoredRows(columns, chunk, scores, usual, options.causes ?? CAUSES)
      seen = seenOf(seen, { counted: counter.count(encoded), scored, columns })
      return scored
    }
    const each = await together(bodies, make, (_, rows) => scoresAnswered(rows))
    return { each, ...(seen && { seen }) }
  }

  async function impute(options: AskedOptions, bodies: readonly Body[]): Promise<Outcomes> {
    const table = tableFor(options)
    const make = async (chunk: TableChunk) => {
      const { rows } = await table.impute(chunk)
      return filledRows(chunk, { schema, columns, rows })
    }
    return {
      each: await together(bodies, make, ({ rows, cells }, filled) =>
        filledAnswered(rows, columns, cells, filled),
      ),
    }
  }

  /** What a model of plain numbers makes of encoded rows. */
  const ofEncoded =
    (
      options: AskedOptions,
      make: (rows: Float32Rows, model: Model) => Promise<NonNullable<Outcome['answered']>>,
    ) =>
    async (body: Body) => {
      const { cells } = await read(body)
      const table = tableFor(options)
      if (cells.length === 0) return { answered: cellsAnswered(columns, []), rows: 0 }
      const encoded = await inParts(cells, body.first, async (chunk) => [table.encode(chunk)])
      const data = joinedFloats(encoded)
      return {
        answered: await make({ data, shape: [cells.length, data.length / cells.length] }, model),
        rows: cells.length,
      }
    }
  const cellsOf = ({ data }: Float32Rows) => cellsAnswered(columns, decode(data))

  const answers: Record<
    OperationName,
    (options: AskedOptions, bodies: readonly Body[]) => Promise<Outcomes>
  > = {
    score,
    impute,
    encode: (options, bodies) =>
      eachAlone(
        bodies,
        ofEncoded(options, async (rows) => codesAnswered(await model.encode(rows))),
      ),
    reconstruct: (options, bodies) =>
      eachAlone(
        bodies,
        ofEncoded(options, async (rows) => cellsOf(await model.reconstruct(rows))),
      ),
    decode: (_, bodies) =>
      eachAlone(bodies, async ({ bytes, form }) => {
        const codes = numbersIn(bytes, form, 'codes', mostRows)
        const rows =
          codes.length === 0
            ? []
            : decode((await model.decode(arrayOf(codes, [model.latent], 'float32'))).data)
        return { answered: cellsAnswered(columns, rows), rows: codes.length }
      }),
    sample: ({ count = 10, seed = 0, from, where }, bodies) =>
      eachAlone(bodies, async () => {
        checkCount(count, mostRows)
        const made = await lenient.synthesize(count, { seed, from, where })
        const { columns: names, rows } = wholeTable(schema, made, { seed })
        return { answered: cellsAnswered(names, rows), rows: count }
      }),
  }
  const example = decode(
    middleRow((await model.decode({ data: new Float32Array(model.latent), shape: [1, model.latent] })).data),
  )[0]
  return {
    facts: {
      operations: Object.keys(answers) as OperationName[],
      latent: model.latent,
      exampleShape: model.exampleShape,
      engine: engine.name,
      columns: counter.facts.map((facts, at) => ({ ...facts, example: example[at] ?? facts.example })),
      heldOut: calibration?.ascending.length ?? 0,
      ...(calibration && { expectedP: expectedP(calibration) }),
    },
    answer: (operation, options, bodies) => answers[operation](options, bodies),
  }

  /** A row whose cells are all known. */
  function middleRow(row: Float32Array): Float32Array {
    return row.map((value, slot) => (slot >= tableLayout(schema).values ? 1 : value))
  }
}
