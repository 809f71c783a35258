import { varianceOf } from '../../base/math/variance.ts'
import { nextTurn } from '../../base/yielding.ts'
import { measureOf, nearestRow } from './nearest.ts'
import { isSeen, type ReadColumn, type ReadTable, takeRows } from './read-tables.ts'

const MOST_GUESSED = 300
const MOST_SYNTHETIC = 1500
const MOST_COLUMNS = 12
/** A number is guessed within this many standard deviations. */
const NEAR = 0.1
const Z = 1.96
/** Rows that have a level, up to which it is rare. */
const RARE = 3

/** What synthetic rows tell of single cells of rows that were learned from. @inline */
export interface Disclosure {
  /** Shares of cells that are guessed from the other cells of their row by the nearest synthetic one. */
  readonly guessed: { readonly members: number; readonly others: number }
  /** Members' share less the others', and where it lies with 95% confidence. */
  readonly advantage: number
  readonly interval: readonly [low: number, high: number]
}

/** Values of few rows, and how many of them synthetic and held-out rows have. @inline */
export interface Repeats {
  /** Levels that at most 3 training rows have. */
  readonly rareLevels: { readonly count: number; readonly synthetic: number; readonly heldOut: number }
  /** Least and greatest numbers of the training rows, to the last digit. */
  readonly extremes: { readonly count: number; readonly synthetic: number; readonly heldOut: number }
}

type Tables = Readonly<Record<'train' | 'heldOut' | 'synthetic', ReadTable>>

const evenly = (table: ReadTable, most: number): ReadTable => {
  const step = Math.max(1, table.count / most)
  const count = Math.min(table.count, most)
  return takeRows(
    table,
    Uint32Array.from({ length: count }, (_, row) => Math.floor(row * step)),
  )
}

/** Attribute disclosure: cells guessed by the nearest synthetic row, of rows that were learned from and of others. */
export async function attributeDisclosure(tables: Tables, signal?: AbortSignal): Promise<Disclosure> {
  const [members, others] = [tables.train, tables.heldOut].map((table) => evenly(table, MOST_GUESSED))
  const synthetic = evenly(tables.synthetic, MOST_SYNTHETIC)
  const { columns } = tables.train
  const step = Math.max(1, columns.length / MOST_COLUMNS)
  const hits = { members: new Float64Array(members.count), others: new Float64Array(others.count) }
  let guessed = 0
  for (let place = 0; place < columns.length; place += step) {
    await nextTurn()
    signal?.throwIfAborted()
    const secret = Math.floor(place)
    const without = ({ count, columns: all }: ReadTable): ReadTable => ({
      count,
      columns: all.filter((_, at) => at !== secret),
    })
    if (columns.length < 2) break
    guessed++
    const measure = measureOf(without(tables.train))
    const made = measure(without(synthetic))
    const isHit = hitOf(tables.train.columns[secret])
    for (const [side, table] of [
      ['members', members],
      ['others', others],
    ] as const) {
      const rows = measure(without(table))
      for (let row = 0; row < table.count; row++) {
        const { at } = nearestRow(rows, row, made)
        if (isHit(table.columns[secret].values[row], synthetic.columns[secret].values[at])) hits[side][row]++
      }
    }
  }
  return advantageOf(
    hits.members.map((n) => n / guessed),
    hits.others.map((n) => n / guessed),
  )
}

function hitOf(column: ReadColumn): (own: number, guess: number) => boolean {
  if (column.kind === 'level') return (own, guess) => own === guess
  const near = NEAR * Math.sqrt(varianceOf(column.values.filter((value) => !Number.isNaN(value))))
  return (own, guess) => Math.abs(own - guess) <= near
}

function advantageOf(members: Float64Array, others: Float64Array): Disclosure {
  const mean = (shares: Float64Array) => shares.reduce((sum, share) => sum + share / shares.length, 0)
  const advantage = mean(members) - mean(others)
  const reach = Z * Math.sqrt(varianceOf(members) / members.length + varianceOf(others) / others.length)
  return {
    guessed: { members: mean(members), others: mean(others) },
    advantage,
    interval: [advantage - reach, advantage + reach],
  }
}

/** How many rare levels and extreme numbers of the training rows come again. */
export function repeats({ train, heldOut, synthetic }: Tables): Repeats {
  const rare = { count: 0, synthetic: 0, heldOut: 0 }
  const extremes = { count: 0, synthetic: 0, heldOut: 0 }
  train.columns.forEach((column, at) => {
    const [made, real] = [valuesIn(synthetic, at), valuesIn(heldOut, at)]
    const tally = (sum: typeof rare, values: readonly number[]) => {
      for (const value of values) {
        sum.count++
        if (made.has(value)) sum.synthetic++
        if (real.has(value)) sum.heldOut++
      }
    }
    if (column.kind === 'level') tally(rare, rareLevels(column.values))
    else tally(extremes, endsOf(column.values))
  })
  return { rareLevels: rare, extremes }
}

const valuesIn = (table: ReadTable, at: number): ReadonlySet<number> => {
  const column = table.columns[at]
  return new Set(Array.from(column.values).filter((_, row) => isSeen(column, row)))
}

function rareLevels(values: Int32Array): number[] {
  const times = new Map<number, number>()
  for (const value of values) if (value >= 0) times.set(value, (times.get(value) ?? 0) + 1)
  return [...times].flatMap(([value, count]) => (count <= RARE ? [value] : []))
}

function endsOf(values: Float64Array): number[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  return known.length === 0 ? [] : [...new Set([known[0], known[known.length - 1]])]
}
