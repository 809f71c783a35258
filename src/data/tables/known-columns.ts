/** Columns of a table that a model is given instead of modelling them. */
import { joinedRows } from '../../base/arrays.ts'
import { fail } from '../../base/errors.ts'
import type { KnownColumn } from '../dataset.ts'
import type { TableChunk } from './cell.ts'
import { cellsOfColumn, rowCount } from './chunk-columns.ts'
import { type EncodeOptions, type EncodeRequest, valueReader, watchedEncoder } from './encode.ts'
import { tableLayout } from './layout.ts'
import type { Level } from './levels.ts'
import { type ColumnSchema, kindNameOf, type TableSchema } from './schema.ts'

/** What each row of a chunk says of each column: its number, or the place of its level; NaN where nothing is known. */
export type ReadKnown = (chunk: TableChunk) => Float64Array[]

/** The levels of a column that a model is given, the rare ones together last; undefined where it holds numbers. */
export function givenLevels(column: ColumnSchema): readonly Level[] | undefined {
  if (valueReader(column)) return undefined
  if (column.kind === 'categorical')
    return column.other === undefined ? column.levels : [...column.levels, column.other]
  return column.kind === 'binary' || column.kind === 'ordinal' ? column.levels : refuseColumn(column)
}

const refuseColumn = (column: ColumnSchema): never =>
  fail({
    code: 'data/condition',
    seen: `the condition "${column.name}", a column of the kind ${kindNameOf(column)}`,
    wanted: 'a column of numbers or of levels',
    fix: 'name another with --condition, or say of which kind it is with --kind',
    usage: true,
  })

/**
 * Reads columns of these kinds, by their names.
 *
 * Errors: `data/condition` for a column of neither numbers nor levels, and those of `rowEncoder`.
 */
export function knownReader(schema: TableSchema, options: EncodeRequest = {}): ReadKnown {
  schema.columns.forEach(givenLevels)
  const encode = watchedEncoder(schema, options)
  const { width, columns } = tableLayout(schema)
  const numbers = schema.columns.map((column) => valueReader(column))
  return (chunk) => {
    const encoded = encode(chunk)
    return columns.map(({ name, slots, mask }, place) => {
      const cells = cellsOfColumn(chunk, chunk.columns.indexOf(name))
      const value = numbers[place]
      return Float64Array.from({ length: rowCount(chunk) }, (_, row) => {
        const from = row * width
        if (encoded[from + mask] !== 1) return Number.NaN
        if (value) return value(cells[row])
        return placeOf(schema.columns[place], encoded, from, slots)
      })
    })
  }
}

/** The place of the level that an encoded row holds. */
function placeOf(
  column: ColumnSchema,
  encoded: Float32Array,
  from: number,
  slots: readonly number[],
): number {
  const first = encoded[from + slots[0]]
  if (column.kind === 'ordinal') return Math.round(first * column.scale + column.center)
  return column.kind === 'binary' ? first : slots.findIndex((slot) => encoded[from + slot] === 1)
}

/** Collects what all rows of a table say of such columns. */
export function knownCollector(schema: TableSchema, options: EncodeOptions = {}) {
  const read = knownReader(schema, options)
  const collected = schema.columns.map((): Float64Array[] => [])
  return {
    add(chunk: TableChunk): void {
      read(chunk).forEach((values, place) => {
        collected[place].push(values)
      })
    },
    /** By name, once all rows have passed by. */
    known: (): Readonly<Record<string, KnownColumn>> =>
      Object.fromEntries(
        schema.columns.map((column, place) => [
          column.name,
          knownColumn(givenLevels(column), joined(collected[place])),
        ]),
      ),
  }
}

const joined = (parts: readonly Float64Array[]): Float64Array =>
  parts.length === 0
    ? new Float64Array()
    : joinedRows(parts.map((data) => ({ data, shape: [data.length] }))).data

const knownColumn = (levels: readonly Level[] | undefined, values: Float64Array): KnownColumn => ({
  ...(levels && { levels }),
  hasGaps: values.some(Number.isNaN),
  read: (indices) => Float64Array.from(indices, (index) => values[index]),
})
