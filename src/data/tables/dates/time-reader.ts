import type { Cell } from '../cell.ts'
import { numberOf } from '../number-text.ts'
import { remembered } from '../remembered.ts'
import { currentFormat } from './format.ts'
import { isNumericPattern, numericReader, reachedTime } from './numeric-dates.ts'
import { dateReader } from './pattern.ts'
import { dateSplitter, timeOf } from './split-date.ts'

/** What a reader knows of a column of dates. */
interface Dated {
  readonly format: Parameters<typeof currentFormat>[0]
  readonly low: number
  readonly high: number
  readonly odd?: number
}

/** Times that a column's cells stand for; NaN where one stands for none. */
export function timeReader({ format: stored, low, high, odd }: Dated): (cell: Cell) => number {
  const format = currentFormat(stored)
  const read = dateReader(format)
  const split = dateSplitter()
  const order = format.order ?? 'said'
  const ofNumber = isNumericPattern(format.pattern) ? numericReader(format.pattern) : undefined
  const timeOfText = remembered((text: string) => {
    const time = read(text)
    if (!Number.isNaN(time)) return time
    const date = split(text)
    return date === undefined ? Number.NaN : timeOf(date, date.orders.includes(order) ? order : 'said')
  })
  return (cell) => {
    const time = typeof cell === 'string' ? timeOfText(cell) : Number.NaN
    if (!Number.isNaN(time)) return time
    const value = numberOf(cell)
    if (ofNumber !== undefined) return ofNumber(value)
    return odd === undefined ? reachedTime(value, low, high) : Number.NaN
  }
}
