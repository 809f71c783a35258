/** Values of typed formats, as they are stored, become cells as people write them. */
import { remembered } from '../remembered.ts'
import { shortFloat } from '../short-float.ts'
import { decimalText } from '../stored-text.ts'
import { type SecondDecimals, type StoredType, USUAL_DECIMALS } from '../stored-type.ts'

/** Changes a value that is there into one that a cell can hold. */
export type StoredForm = (value: unknown) => unknown

const DAY = 86_400_000

const isWhole = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

/** A day as 2020-02-29, from days since 1970. */
function dayForm(): StoredForm {
  const textOf = remembered((days: number) => dateText(days * DAY)?.slice(0, -14))
  return (value) => (isWhole(value) ? textOf(Number(value)) : value)
}

/** ISO 8601; undefined for what no calendar has. */
const dateText = (time: number): string | undefined =>
  Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : undefined

const two = (x: number): string => `${x}`.padStart(2, '0')

/** A time of day from its parts of a second: 07:35:00, 07:35:00.25. */
function timeForm(decimals: SecondDecimals): StoredForm {
  const perSecond = 10 ** decimals
  return (value) => {
    if (!isWhole(value)) return value
    const parts = Number(value)
    const seconds = Math.floor(parts / perSecond)
    const rest = (parts - seconds * perSecond) / perSecond
    const fraction = rest === 0 ? '' : rest.toFixed(9).slice(1).replace(/0+$/, '')
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
  }
}

/** A date and time of day from parts of a second since 1970, with no more decimals than it has. */
function timestampForm(decimals: SecondDecimals, between: ' ' | 'T', zone: '' | 'Z'): StoredForm {
  const perSecond = 10n ** BigInt(decimals)
  return (value) => {
    if (!isWhole(value)) return value
    const parts = BigInt(value)
    const rest = ((parts % perSecond) + perSecond) % perSecond
    const text = dateText(Number((parts - rest) / perSecond) * 1000)
    if (text === undefined) return undefined
    const fraction = rest === 0n ? '' : `.${`${rest}`.padStart(decimals, '0').replace(/0+$/, '')}`
    return `${text.slice(0, -14)}${between}${text.slice(-13, -5)}${fraction}${zone}`
  }
}

/** Seconds from parts of one: a number where that has all digits, else a text. */
function durationForm(decimals: SecondDecimals): StoredForm {
  const perSecond = 10 ** decimals
  return (value) => {
    if (typeof value !== 'bigint') return value
    const seconds = Number(value) / perSecond
    return BigInt(Math.round(seconds * perSecond)) === value ? seconds : decimalText(value, decimals)
  }
}

/** A decimal number from the whole number that is stored, with all of its digits: doubles would lose some. */
const decimalForm =
  (scale: number): StoredForm =>
  (value) =>
    typeof value === 'bigint' ? decimalText(value, scale) : value

/** A number of 32 bits as it was written: as a double it would have digits that nobody wrote. */
const floatForm: StoredForm = (value) =>
  typeof value === 'number' && Math.fround(value) === value ? shortFloat(value) : value

/** How values of a type become cells; those that are cells stay so. Undefined where all are. */
export function formOf(type: StoredType): StoredForm | undefined {
  switch (type.kind) {
    case 'date':
      return dayForm()
    case 'time':
      return timeForm(type.decimals ?? USUAL_DECIMALS)
    case 'timestamp':
      return timestampForm(type.decimals ?? USUAL_DECIMALS, ' ', '')
    case 'instant':
      return timestampForm(type.decimals ?? USUAL_DECIMALS, 'T', 'Z')
    case 'duration':
      return durationForm(type.decimals)
    case 'decimal':
      return decimalForm(type.scale)
    case 'double':
      return type.bits === 32 ? floatForm : undefined
    default:
      return undefined
  }
}
