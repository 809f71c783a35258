/** What callers say of the rows or codes that they give to a conditional model. */
import type { NDArray } from '../base/arrays.ts'
import { fail } from '../base/errors.ts'
import { formatShape } from '../base/shape.ts'
import {
  type Condition,
  conditionReader,
  conditionWidth,
  type PlacedColumn,
  placedColumns,
  writeCondition,
} from '../data/condition.ts'
import type { Cell } from '../data/tables/cell.ts'
import { levelList } from '../data/tables/levels.ts'
import { CONDITION } from '../model/condition.ts'
import type { ModelSpec } from '../model/spec.ts'

/** What is known of rows, by name: one value for all of them, or one for each; null where it is not known. @inline */
export type Given = Readonly<Record<string, Cell | readonly Cell[]>>

/** The same as a model takes it: values by name, or encoded rows [n, width]. @inline */
export type GivenRows = Given | NDArray

type Conditional = Pick<ModelSpec, 'condition'>

const isEncoded = (given: GivenRows): given is NDArray => ArrayBuffer.isView(given.data)

const namesOf = (condition: Condition): string => condition.map(({ name }) => name).join(', ')

/**
 * Rows or codes, and the condition of each, by program input.
 *
 * Errors, usage: `infer/condition` where it is missing, not wanted or of another size, `condition/value`.
 */
export function withGiven(
  input: 'x' | 'z',
  rows: NDArray,
  spec: Conditional,
  given: GivenRows | undefined,
): Readonly<Record<string, NDArray>> {
  const condition = givenRows(spec, given, rows.shape[0])
  return condition ? { [input]: rows, [CONDITION]: condition } : { [input]: rows }
}

/** The encoded condition of so many rows; undefined of a model that is given none. Errors: those of `withGiven`. */
export function givenRows(
  { condition }: Conditional,
  given: GivenRows | undefined,
  count: number,
): NDArray<Float32Array> | undefined {
  if (!condition) return given === undefined ? undefined : refuseGiven()
  if (given === undefined) return refuseLacking(condition, namesOf(condition))
  if (isEncoded(given)) return encodedRows(condition, given, count)
  const width = conditionWidth(condition)
  const lacking = condition.filter(({ name }) => given[name] === undefined)
  if (lacking.length > 0) refuseLacking(condition, namesOf(lacking))
  return changed(condition, { data: new Float32Array(count * width), shape: [count, width] }, given)
}

function encodedRows(condition: Condition, { data, shape }: NDArray, count: number): NDArray<Float32Array> {
  const width = conditionWidth(condition)
  const [rows] = shape
  if (shape.length !== 2 || shape[1] !== width || (rows !== count && rows !== 1))
    refuseConditions(
      `a condition of shape ${formatShape(shape)}`,
      `[${count}, ${width}]`,
      'give a row for each',
    )
  const own = Float32Array.from({ length: count * width }, (_, at) => data[rows === 1 ? at % width : at])
  return { data: own, shape: [count, width] }
}

/** The rows with other values in columns that are named. Errors: those of `withGiven`. */
export function changed(
  condition: Condition,
  { data, shape }: NDArray<Float32Array>,
  where: Given,
): NDArray<Float32Array> {
  const [count, width] = shape
  const own = Float32Array.from(data)
  for (const { placed, values } of namedColumns(condition, where, count)) {
    const read = conditionReader(placed.column)
    for (let row = 0; row < count; row++) {
      const at = row * width + placed.at
      own.fill(0, at, at + placed.width)
      writeCondition(placed.column, read(values[values.length === 1 ? 0 : row]), own, at)
    }
  }
  return { data: own, shape: [count, width] }
}

/** The columns that somebody names, each with one value, or one for each row. */
function namedColumns(
  condition: Condition,
  where: Given,
  count: number,
): { readonly placed: PlacedColumn; readonly values: readonly Cell[] }[] {
  const placed = placedColumns(condition)
  return Object.entries(where).map(([name, given]) => {
    const own =
      placed.find(({ column }) => column.name === name) ??
      refuseConditions(
        `the condition "${name}"`,
        `one of ${namesOf(condition)}`,
        'name what the model is given',
      )
    const values = Array.isArray(given) ? given : [given as Cell]
    if (values.length !== 1 && values.length !== count)
      refuseConditions(
        `${values.length} values of ${name}`,
        `1 or ${count}`,
        'give one for all, or one for each row',
      )
    return { placed: own, values }
  })
}

const refuseConditions = (seen: string, wanted: string, fix: string): never =>
  fail({ code: 'infer/condition', seen, wanted, fix, usage: true })

const refuseGiven = (): never =>
  refuseConditions(
    'a condition for a model that is given none',
    'rows or codes alone',
    'leave --where out (in code the condition), or train with --condition',
  )

const refuseLacking = (condition: Condition, lacking: string): never =>
  refuseConditions(
    `rows or codes without ${lacking}`,
    `the condition of each, ${condition
      .map((column) =>
        'levels' in column ? `${column.name}: ${levelList(column.levels)}` : `${column.name}: a number`,
      )
      .join('; ')}`,
    `give the condition as an object with ${condition.map(({ name }) => name).join(', ')}, each one value for all or one for each`,
  )
