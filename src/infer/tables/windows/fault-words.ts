/** What odd stretches look like, in words. */
import type { Cell } from '../../../data/tables/cell.ts'
import { DAY, HOUR, MINUTE } from '../../../data/tables/dates/calendar.ts'
import type { Fault } from '../../../statistics/series/faults/fault.ts'

/** What words are said of: a column's own way of writing. */
export interface Wording {
  /** The cell that most of the stretch holds. */
  readonly seen: Cell
  /** By how much the stretch is off, in the column's own units; undefined where these are no numbers. */
  off(by: number): number | undefined
  /** The name of another column. */
  nameOf(column: number): string
  /** Milliseconds from a row to the next as a rule; undefined where rows are ordered by no time. */
  readonly tick: number | undefined
}

/** Says what a stretch looks like. */
export function faultWords(fault: Fault, { seen, off, nameOf, tick }: Wording): string {
  switch (fault.kind) {
    case 'stuck':
      return `stuck at ${String(seen)}`
    case 'swap':
      return `as if swapped with ${nameOf(fault.with)}`
    case 'rhythm':
      return `${rhythmName(fault.period, tick)} missing`
    case 'spike':
      return `spike${signed(off(fault.by))}`
    case 'shift':
      return `level shift${signed(off(fault.by))}`
    case 'trend':
      return `${fault.by < 0 ? 'falling' : 'rising'}${unsigned(off(fault.by))}`
  }
}

/** A difference with its sign: " of +2.4". */
export const signed = (by: number | undefined): string =>
  by === undefined || !Number.isFinite(by) ? '' : ` of ${by < 0 ? '−' : '+'}${digits(by)}`

const unsigned = (by: number | undefined): string =>
  by === undefined || !Number.isFinite(by) ? '' : ` by ${digits(by)}`

const digits = (by: number): string => String(Number(Math.abs(by).toPrecision(2)))

/** Rhythms that have names, in milliseconds. */
const NAMED = [
  [MINUTE, 'minutely rhythm'],
  [HOUR, 'hourly rhythm'],
  [DAY, 'daily rhythm'],
  [7 * DAY, 'weekly rhythm'],
  [365.25 * DAY, 'yearly rhythm'],
] as const
/** A rhythm has a name where it is as long but for this share. */
const NEAR = 0.03

function rhythmName(period: number, tick: number | undefined): string {
  const [, name] =
    NAMED.find(([length]) => tick !== undefined && Math.abs(period * tick - length) <= NEAR * length) ?? []
  return name ?? `rhythm of ${period} rows`
}
