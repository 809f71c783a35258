/** Dates, times and decimals of typed formats as people write them. */

import { remembered } from '../remembered.ts'
import { decimalText } from '../stored-text.ts'

/** Changes a value that is there into one that a cell can hold. */
export type StoredForm = (value: unknown) => unknown

/** A day without a time: 2020-02-29. */
export function dayForm(): StoredForm {
  const textOf = remembered((time: number) => new Date(time).toISOString().slice(0, 10))
  return (value) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? textOf(value.getTime()) : value
}

const two = (x: number): string => `${x}`.padStart(2, '0')

/** A time of day from its parts of a second, `perSecond` of them in one: 07:35:00, 07:35:00.25. */
export const timeForm =
  (perSecond: number): StoredForm =>
  (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return value
    const parts = Number(value)
    const seconds = Math.floor(parts / perSecond)
    const rest = (parts - seconds * perSecond) / perSecond
    const fraction = rest === 0 ? '' : rest.toFixed(9).slice(1).replace(/0+$/, '')
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
  }

/** A decimal number from the whole number that is stored, with all of its digits: doubles would lose some. */
export const decimalForm =
  (scale: number): StoredForm =>
  (value) =>
    typeof value === 'number' || typeof value === 'bigint' ? decimalText(value, scale) : value
