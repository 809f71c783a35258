import { currentFormat } from '../../data/tables/dates/format.ts'
import { dateWriter } from '../../data/tables/dates/pattern.ts'
import { isDuration, numberWriter } from '../../data/tables/forms/index.ts'
import type { ColumnSchema } from '../../data/tables/schema.ts'
import type { FidelityTable } from '../../statistics/fidelity/table.ts'
import type { BinEnds, Spread } from './input.ts'

const BINS = 30
const MOST_BARS = 6

/**
 * How the cells of a column are spread, of rows as numbers and levels in which it stands at a place; undefined where all are
 * missing.
 */
export function columnSpread(
  column: ColumnSchema,
  { columns, rows }: FidelityTable,
  at: number,
): Spread | undefined {
  const cells = rows.map((row) => row[at]).filter((cell) => cell !== null)
  if (cells.length === 0) return undefined
  if (columns[at].kind === 'level')
    return levelSpread(cells.map(String), column.kind === 'categorical' ? column.other : undefined)
  const numbers = cells.map(Number)
  const low = numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const counts = new Array<number>(BINS).fill(0)
  for (const value of numbers)
    counts[Math.min(BINS - 1, Math.floor(((value - low) / (high - low || 1)) * BINS))]++
  return { kind: 'numbers', counts, ...binEnds(column, low, high) }
}

/** The ends of the bins of a column, from its least and its greatest number. */
export function binEnds(column: ColumnSchema, low: number, high: number): BinEnds {
  const writer = writerOf(column)
  const written = { low: writer(low), high: writer(high) }
  const isNumber = column.kind !== 'datetime' && !isDuration(formOf(column))
  return { ...written, told: isNumber ? { low, high } : written }
}

const formOf = (column: ColumnSchema) =>
  column.kind === 'real' || column.kind === 'count' ? column.form : undefined

/** Numbers as the column writes them. */
function writerOf(column: ColumnSchema): (value: number) => string {
  if (column.kind === 'datetime') return dateWriter(currentFormat(column.format))
  const written = numberWriter(formOf(column))
  return (value) => {
    const text = written(value)
    return typeof text === 'number' ? String(Number(text.toPrecision(6))) : text
  }
}

/** The commonest levels; `other` is what rare ones are called together. */
function levelSpread(cells: readonly string[], other: string | undefined): Spread {
  const counts = new Map<string, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const levels = [...counts]
    .flatMap(([name, count]) => (name === other ? [] : [{ name, count }]))
    .sort((a, b) => b.count - a.count)
  const shown = levels.slice(0, MOST_BARS)
  const others = cells.length - shown.reduce((sum, { count }) => sum + count, 0)
  return { kind: 'levels', levels: shown, others }
}
