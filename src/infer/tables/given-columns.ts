/** Columns of a table that a model is given: read from its rows, asked for, and written into new ones. */
import type { NDArray } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import { fillUniform, streamOf } from '../../base/random.ts'
import {
  type Condition,
  type ConditionColumn,
  conditionValue,
  conditionWidth,
  placedColumns,
  writeCondition,
} from '../../data/condition.ts'
import type { Cell, TableChunk } from '../../data/tables/cell.ts'
import { cellWriter, type EncodeRequest, valueReader } from '../../data/tables/encode.ts'
import { givenLevels, knownReader } from '../../data/tables/known-columns.ts'
import { levelFinder } from '../../data/tables/levels.ts'
import { type ColumnSchema, kindOf, type TableSchema } from '../../data/tables/schema.ts'
import type { Given } from '../given.ts'

/** A column of a condition, and what its table knows of it. */
interface GivenColumn {
  readonly column: ConditionColumn
  readonly schema: ColumnSchema
  /** Its place in the schema. */
  readonly place: number
  readonly at: number
  readonly width: number
}

/** Columns of a condition. Error, usage: `infer/condition` where a model is given what is no column of its table. */
export function givenColumns(given: TableSchema | undefined, condition: Condition): GivenColumn[] {
  return placedColumns(condition).map((placed) => {
    const place = given?.columns.findIndex(({ name }) => name === placed.column.name) ?? -1
    const schema = given?.columns[place] ?? refuseGivenColumn(placed.column.name)
    return { ...placed, schema, place }
  })
}

const refuseGivenColumn = (name: string): never =>
  fail({
    code: 'infer/condition',
    seen: `a model that is given "${name}", which is no column of its table`,
    wanted: 'a model whose condition its table holds',
    fix: 'train it again, with the columns that it is given',
    usage: true,
  })

/** The conditions of the rows of a chunk [rows × width]. Errors: `infer/condition`, and those of `rowEncoder`. */
export function chunkConditions(
  given: TableSchema | undefined,
  condition: Condition,
  options: EncodeRequest = {},
): (chunk: TableChunk) => Float32Array {
  const width = conditionWidth(condition)
  const columns = givenColumns(given, condition).map((own) => ({ ...own, value: valueIn(own) }))
  const read = knownReader(given as TableSchema, options)
  return (chunk) => {
    const known = read(chunk)
    const rows = known[0]?.length ?? 0
    const out = new Float32Array(rows * width)
    for (const { column, place, at, value } of columns)
      for (let row = 0; row < rows; row++)
        writeCondition(column, value(known[place][row]), out, row * width + at)
    return out
  }
}

/** What a column's own number means to the condition: places of levels may differ, where they were told anew. */
function valueIn({ column, schema }: GivenColumn): (value: number) => number {
  if (!('levels' in column)) return (value) => value
  const find = levelFinder(column.levels)
  const places = (givenLevels(schema) ?? []).map((level) => find(level))
  return (value) => (places[value] >= 0 ? places[value] : Number.NaN)
}

const rarely = streamOf('condition-rare')
const one = new Float32Array(1)

/** The cells of conditions, as their columns write them. */
export function conditionCells(
  given: TableSchema | undefined,
  condition: Condition,
): (rows: NDArray<Float32Array>, seed: number) => Cell[][] {
  const width = conditionWidth(condition)
  const columns = givenColumns(given, condition).map((own) => ({ ...own, read: cellIn(own) }))
  return ({ data, shape: [count] }, seed) =>
    Array.from({ length: count }, (_, row) =>
      columns.map(({ read, at, width: own }) => {
        const from = row * width + at
        const chance = () => fillUniform(one, { seed, stream: rarely, step: from })[0]
        return read(data.subarray(from, from + own), chance)
      }),
    )
}

type ReadCell = (values: Float32Array, chance: () => number) => Cell

function cellIn({ column, schema }: GivenColumn): ReadCell {
  if (!('levels' in column)) {
    const write = cellWriter(schema)
    return (values) => {
      const value = conditionValue(column, values)
      return value === null ? null : write(value as number)
    }
  }
  const { encoding } = kindOf(schema)
  return (values, chance) => {
    const level = conditionValue(column, values)
    // What rare levels are called together is no cell: one of them is drawn.
    const isRare = schema.kind === 'categorical' && level === schema.other
    return isRare && encoding ? encoding.read(schema, { chance })(values, 0) : level
  }
}

/** A text of conditions taken apart: what a model is given, and what rows that it makes are to meet. */
export interface AskedWhere {
  readonly given: Given
  readonly rest: string | undefined
}

/**
 * Takes values of columns that a model is given out of a text such as `age=40,mass>4000`.
 *
 * Error, usage: `infer/where` where one of them is compared in another way.
 */
export function splitWhere(
  text: string | undefined,
  given: TableSchema | undefined,
  condition: Condition,
): AskedWhere {
  const parts = text?.match(/(?:"[^"]*"|[^,"])+/g) ?? []
  const asked: Record<string, Cell> = {}
  const rest: string[] = []
  const columns = givenColumns(given, condition)
  for (const part of parts) {
    const named = columns
      .filter(({ column }) => part.trim().startsWith(column.name))
      .sort((a, b) => b.column.name.length - a.column.name.length)[0]
    const [, sign, written = ''] =
      /^\s*(<=|>=|!=|==|=|<|>)\s*(.*?)\s*$/s.exec(part.trim().slice(named?.column.name.length ?? 0)) ?? []
    if (!named || sign === undefined) rest.push(part)
    else if (sign !== '=' && sign !== '==') refuseSign(part.trim(), named.column.name)
    else asked[named.column.name] = cellOf(named.schema, written.replace(/^"(.*)"$/s, '$1'))
  }
  return { given: asked, rest: rest.length > 0 ? rest.join(',') : undefined }
}

/** What people write of columns that a model is given, as it takes it: dates and other numbers as numbers. */
export function givenCells(given: TableSchema | undefined, condition: Condition, asked: Given): Given {
  const columns = givenColumns(given, condition)
  const read = (name: string, cell: Cell): Cell => {
    const own = columns.find(({ column }) => column.name === name)
    return own && typeof cell === 'string' ? cellOf(own.schema, cell) : cell
  }
  return Object.fromEntries(
    Object.entries(asked).map(([name, cells]) => [
      name,
      Array.isArray(cells) ? cells.map((cell) => read(name, cell)) : read(name, cells as Cell),
    ]),
  )
}

/** A number as the column writes it; another text as it stands. */
function cellOf(schema: ColumnSchema, text: string): Cell {
  const value = valueReader(schema)?.(text)
  return value === undefined || Number.isNaN(value) ? text : value
}

const refuseSign = (part: string, name: string): never =>
  fail({
    code: 'infer/where',
    seen: `"${part}"`,
    wanted: `${name}=value, since the model is given ${name}`,
    fix: 'ask for one value; make rows of several values one after the other',
    usage: true,
  })
