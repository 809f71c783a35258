/** A model of a table that answers requests. */
import { conditionWidth } from '../../../data/condition.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { rowDecoder } from '../../../data/tables/encode.ts'
import { tableLayout } from '../../../data/tables/layout.ts'
import type { Engine } from '../../../engine/engine.ts'
import { createModel } from '../../../infer/create-model.ts'
import { askedConditions } from '../../../infer/kept-conditions.ts'
import type { Model } from '../../../infer/model.ts'
import type { ModelParts } from '../../../infer/model-parts.ts'
import { type ChunkModel, openChunkModel } from '../../../infer/tables/chunk-model.ts'
import { filledRows } from '../../../infer/tables/filled.ts'
import { conditionCells } from '../../../infer/tables/given-columns.ts'
import { rowsWithConditions } from '../../../infer/tables/joined-rows.ts'
import type { EncodedScores } from '../../../infer/tables/score.ts'
import { type ScoredRow, scoredRows } from '../../../infer/tables/scored-rows.ts'
import {
  expectedThreshold,
  keptCalibration,
  onlyOne,
  promised,
  type Usual,
} from '../../../infer/tables/usual.ts'
import { wholeTable } from '../../../infer/tables/whole-table.ts'
import { checkCount, tableRowsIn } from './bodies.ts'
import { cellsIn } from './body-cells.ts'
import type { AskedOptions, OperationName } from './operations.ts'
import type { ServedFacts, ServingTask } from './protocol.ts'
import { expectedP, rowCounter, type SeenRows, seenOf } from './seen-rows.ts'
import { givenFacts } from './sent-conditions.ts'
import { type Body, eachAlone, type Outcomes, type Served, type TableOf } from './served.ts'
import { cellsAnswered, filledAnswered, scoresAnswered } from './table-answers.ts'
import { type Answer, codeAnswers } from './table-codes.ts'
import { type ReadBody, together } from './together.ts'

const FALSE_ALARM = 0.05
const CAUSES = 5
const SAMPLES = 10

export async function openServedTable(
  engine: Engine,
  parts: ModelParts,
  table: TableOf,
  task: Pick<ServingTask, 'unseen' | 'mostRows'>,
): Promise<Served> {
  const models = {
    missing: await openChunkModel(engine, parts, table.schema, { given: table.given }),
    error: await openChunkModel(engine, parts, table.schema, { unseen: 'error', given: table.given }),
    plain: await createModel(engine, parts),
  }
  const served = new ServedTable(models, parts, table, task)
  const facts = await served.told(engine)
  return { facts, answer: (operation, options, bodies) => served.answers[operation](options, bodies) }
}

interface Models {
  /** By what becomes of a cell that cannot be read. */
  readonly missing: ChunkModel
  readonly error: ChunkModel
  /** The same on encoded rows. */
  readonly plain: Model
}

class ServedTable {
  readonly answers: Readonly<Record<OperationName, Answer>>
  readonly #models: Models
  readonly #parts: ModelParts
  readonly #table: TableOf
  readonly #task: Pick<ServingTask, 'unseen' | 'mostRows'>
  readonly #calibration: ReturnType<typeof keptCalibration>
  readonly #counter: ReturnType<typeof rowCounter>
  readonly #decoded: ReturnType<typeof rowDecoder>
  /** Columns of a row that the model looks at: the modelled ones, then those that it is given. */
  readonly #looksAt: readonly string[]
  readonly #behind: ReturnType<typeof rowsWithConditions>

  constructor(
    models: Models,
    parts: ModelParts,
    table: TableOf,
    task: Pick<ServingTask, 'unseen' | 'mostRows'>,
  ) {
    this.#models = models
    this.#parts = parts
    this.#table = table
    this.#task = task
    this.#calibration = keptCalibration(parts.values)
    this.#counter = rowCounter(table.schema, parts.values)
    this.#decoded = rowDecoder(table.schema)
    const { condition } = parts.spec
    this.#behind = rowsWithConditions(
      tableLayout(table.schema).width,
      condition ? conditionWidth(condition) : 0,
    )
    this.#looksAt = [...models.missing.columns, ...table.known]
    this.answers = {
      score: (options, bodies) => this.#score(options, bodies),
      impute: (options, bodies) => this.#impute(options, bodies),
      ...codeAnswers({
        ...{ plain: models.plain, parts, table, modelled: models.missing.columns },
        ...{ decoded: this.#decoded, modelFor: (options) => this.#modelFor(options) },
        ...{ read: this.#read, chunk: this.#chunk },
      }),
      sample: (options, bodies) => eachAlone(bodies, () => this.#sample(options)),
    }
  }

  /** What is told of it: each column with what stands in it in the middle of the code. */
  async told(engine: Engine): Promise<ServedFacts> {
    const { plain } = this.#models
    const middle = { data: new Float32Array(plain.latent), shape: [1, plain.latent] }
    const { condition } = this.#parts.spec
    const { given } = this.#table
    const usual = askedConditions(this.#parts, { where: {} }, 1)
    const { data } = await plain.decode(middle, { condition: usual })
    const { values } = tableLayout(this.#table.schema)
    const [example] = this.#decoded(data.map((value, slot) => (slot >= values ? 1 : value)))
    return {
      operations: Object.keys(this.answers) as OperationName[],
      latent: plain.latent,
      exampleShape: plain.exampleShape,
      engine: engine.name,
      ...(condition &&
        usual && { given: givenFacts(condition, conditionCells(given, condition)(usual, 0)[0]) }),
      columns: this.#counter.facts.map((facts, at) => ({ ...facts, example: example[at] ?? facts.example })),
      heldOut: this.#calibration?.ascending.length ?? 0,
      ...(this.#calibration && { expectedP: expectedP(this.#calibration) }),
    }
  }

  get #columns(): readonly string[] {
    return this.#models.missing.columns
  }

  #modelFor({ unseen = this.#task.unseen }: AskedOptions): ChunkModel {
    return this.#models[unseen]
  }

  #chunk = (rows: TableChunk['rows'], first: number): TableChunk => ({ columns: this.#looksAt, first, rows })

  #read = async ({ bytes, form, first, most }: Body): Promise<ReadBody> => {
    const rows = await tableRowsIn(bytes, form, most)
    return { rows, cells: cellsIn(rows, this.#looksAt, this.#table, first) }
  }

  #usual({ falseAlarm, contamination }: AskedOptions): Usual {
    const calibration = this.#calibration
    onlyOne({ falseAlarm, contamination })
    if (contamination !== undefined)
      return { calibration, threshold: expectedThreshold(this.#parts.values, contamination) }
    return falseAlarm === undefined
      ? { calibration, falseAlarm: FALSE_ALARM }
      : promised(falseAlarm, calibration)
  }

  async #score(options: AskedOptions, bodies: readonly Body[]): Promise<Outcomes> {
    const usual = this.#usual(options)
    const model = this.#modelFor(options)
    const columns = this.#columns
    let seen: SeenRows | undefined
    const make = async (chunk: TableChunk): Promise<readonly ScoredRow[]> => {
      let encoded: Float32Array = new Float32Array()
      const scores = await model.scoreBy(chunk, (joined) => {
        encoded = this.#behind.split(joined).rows
        return model.scoreEncoded(joined) as Promise<EncodedScores>
      })
      const scored = scoredRows(columns, chunk, scores, usual, options.causes ?? CAUSES)
      seen = seenOf(seen, { counted: this.#counter.count(encoded), scored, columns })
      return scored
    }
    const way = { read: this.#read, chunk: this.#chunk, make }
    const each = await together(bodies, way, (_, rows) => scoresAnswered(rows))
    return { each, ...(seen && { seen }) }
  }

  async #impute(options: AskedOptions, bodies: readonly Body[]): Promise<Outcomes> {
    const model = this.#modelFor(options)
    const columns = this.#columns
    const make = async (chunk: TableChunk) => {
      const { rows } = await model.impute(chunk)
      return filledRows(chunk, { schema: this.#table.schema, columns, rows })
    }
    const way = { read: this.#read, chunk: this.#chunk, make }
    const each = await together(bodies, way, ({ rows, cells }, filled) =>
      filledAnswered(rows, columns, cells, filled),
    )
    return { each }
  }

  async #sample({ count = SAMPLES, seed = 0, from, where }: AskedOptions) {
    checkCount(count, this.#task.mostRows)
    const made = await this.#models.missing.synthesize(count, { seed, from, where })
    const { columns, rows } = wholeTable(this.#table.schema, made, { seed })
    return { answered: cellsAnswered(columns, rows), rows: count }
  }
}
