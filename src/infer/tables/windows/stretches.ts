/** The odd stretches of one series of a table, and what they look like. */
import type { Cell, TableChunk } from '../../../data/tables/cell.ts'
import { valueReader } from '../../../data/tables/encode.ts'
import type { TableSchema } from '../../../data/tables/schema.ts'
import type { Windows } from '../../../data/tables/windows/windows.ts'
import type { Fault, Named } from '../../../statistics/series/faults/fault.ts'
import { faultsOf } from '../../../statistics/series/faults/index.ts'
import { type OddSpan, oddSpans } from '../../../statistics/series/odd-spans.ts'
import type { OddStretch, StretchOf } from '../odd-stretch.ts'
import { faultWords } from './fault-words.ts'
import type { SeriesScorer, SeriesScores } from './series-scores.ts'

/** What a table's stretches are told by. */
export interface StretchTable {
  readonly scorer: Pick<SeriesScorer, 'narrow' | 'view' | 'numbers' | 'encoded'>
  readonly schema: TableSchema
  readonly windows: Windows
  readonly chunk: TableChunk
  /** When rows were. */
  readonly times: Float64Array
  /** Encodes rows, of which what cannot be read counts as missing. */
  encode(chunk: TableChunk): Float32Array
  /** A cell of an encoded row [width]. */
  read(row: Float32Array, column: number): Cell
}

/** What is said of a series, and where its rows stand in the table, in their order. */
export interface JudgedPlaces {
  readonly said: Pick<SeriesScores, 'shares' | 'judged'>
  readonly places: Uint32Array
}

/** Finds the odd stretches of all series of a table. */
export function stretchFinder(table: StretchTable, all: readonly JudgedPlaces[]): StretchOf {
  const { length } = table.scorer.narrow.columns
  const known = new Map<number, OddStretch>()
  // Where stretches of a column overlap the odder one counts.
  for (const own of all)
    for (const { stretch, column, rows } of stretchesOf(table, own))
      for (const row of rows) if (!known.has(row * length + column)) known.set(row * length + column, stretch)
  return (row, column) => known.get(row * length + column)
}

/** A stretch with its rows: their places in the table. */
interface PlacedStretch {
  readonly stretch: OddStretch
  /** The place of its column. */
  readonly column: number
  readonly rows: Uint32Array
}

/** Odd stretches of a series, the oddest first. */
function stretchesOf(
  table: StretchTable,
  { said: { shares, judged }, places }: JudgedPlaces,
): PlacedStretch[] {
  const { narrow, view } = table.scorer
  const spans = oddSpans(shares, narrow.columns.length)
  const viewed = spans.flatMap((span) => {
    const column = view.place[span.column]
    return column < 0 ? [] : [{ span, own: { ...span, column } }]
  })
  const named = judged
    ? faultsOf({
        ...{ gaussian: judged.gaussian, series: judged.numbers, expected: judged.expected },
        spans: viewed.map(({ own }) => own),
        exchanged: (columns, from, to) => exchangedIn(table, places.subarray(from, to), columns),
      })
    : []
  const nameOf = new Map(viewed.map(({ span }, at) => [span, named[at]]))
  return spans.map((span) => placed(table, judged?.numbers.data, places, span, nameOf.get(span)))
}

/** Cells of two columns, each read as the other's. */
function exchangedIn(
  { scorer: { narrow, view, numbers }, chunk, encode }: StretchTable,
  rows: Uint32Array,
  pair: readonly [number, number],
): Float64Array {
  const [a, b] = pair.map((place) => chunk.columns.indexOf(narrow.columns[view.columns[place].column].name))
  const columns = chunk.columns.map((name, at) =>
    at === a ? chunk.columns[b] : at === b ? chunk.columns[a] : name,
  )
  const some = { columns, first: 0, rows: Array.from(rows, (row) => chunk.rows[row]) }
  const read = numbers?.(encode(some))
  return Float64Array.from(
    pair.flatMap((place) => Array.from(rows, (_, row) => read?.data[row * view.columns.length + place] ?? 0)),
  )
}

function placed(
  table: StretchTable,
  numbers: Float64Array | undefined,
  places: Uint32Array,
  span: OddSpan,
  named: Named | undefined,
): PlacedStretch {
  const { scorer, windows, chunk } = table
  const { from = span.from, to = span.to, fault } = named ?? {}
  const { name } = scorer.narrow.columns[span.column]
  const rows = places.subarray(from, to)
  const when = chunk.columns.indexOf(windows.order)
  const stretch = {
    column: name,
    from: chunk.rows[rows[0]][when],
    to: chunk.rows[rows[rows.length - 1]][when],
    rows: rows.length,
  }
  const words = fault && numbers && wordsOf(table, { column: span.column, fault, numbers, places, from, to })
  return { stretch: { ...stretch, ...words }, column: span.column, rows }
}

interface Told {
  readonly column: number
  readonly fault: Fault
  readonly numbers: Float64Array
  readonly places: Uint32Array
  readonly from: number
  readonly to: number
}

function wordsOf(
  table: StretchTable,
  { column, fault, numbers, places, from, to }: Told,
): Pick<OddStretch, 'kind' | 'what'> {
  const { scorer, chunk } = table
  const { view, narrow } = scorer
  const middle = (from + to) >> 1
  const own = view.place[column]
  const x = numbers[middle * view.columns.length + own]
  const what = faultWords(fault, {
    seen: chunk.rows[places[middle]][chunk.columns.indexOf(narrow.columns[column].name)],
    off: (by) => difference(table, column, x, by),
    nameOf: (place) => narrow.columns[view.columns[place].column].name,
    tick: tickOf(table, places),
  })
  return { kind: fault.kind, what }
}

/** By how much a number is off, in its column's own units. */
function difference(
  { scorer: { narrow, view, encoded }, schema, read }: StretchTable,
  column: number,
  x: number,
  by: number,
): number | undefined {
  const { name, slots } = narrow.columns[column]
  const own = schema.columns.find((one) => one.name === name)
  const value = own && own.kind !== 'datetime' ? valueReader(own) : undefined
  if (!value) return undefined
  const row = new Float32Array(narrow.width).fill(1)
  const numberAt = (z: number) => {
    row[slots[0]] = encoded(view.place[column], z)
    return value(read(row, column))
  }
  return numberAt(x) - numberAt(x - by)
}

/** The usual time from a row of a series to the next, where rows are ordered by time. */
function tickOf({ windows, times }: StretchTable, places: Uint32Array): number | undefined {
  if (windows.schema?.columns[0]?.kind !== 'datetime') return undefined
  const gaps = Float64Array.from(places.subarray(1), (row, at) => times[row] - times[places[at]]).sort()
  return gaps.length > 0 ? gaps[gaps.length >> 1] : undefined
}
