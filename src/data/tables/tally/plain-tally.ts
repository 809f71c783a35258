import type { DecimalForm } from '../forms/decimal.ts'
import type { Level } from '../levels.ts'
import type { NumberTally } from './number-tally.ts'

const GROUPED = /^-?[1-9]\d{0,2}\.\d{3}$/
const EXPONENT = /^([+-]?\d+(?:\.(\d*))?)([eE])([+-]?)(\d+)$/

/** Numbers such as 12.5 that a column of decimal commas does not have; so many are mistakes. */
const MOST_AGAINST = 3
const SHARE_AGAINST = 0.01

/**
 * Begins a tally of how plain numbers are written, and of what they are should the column turn out to have points
 * between thousands: 539.875 is 539875 then.
 */
export function plainTally(numbers: NumberTally) {
  let texts = 0
  let leastDecimals = Number.POSITIVE_INFINITY
  let trailing = false
  let mostDigits = 0
  let plus = 0
  let exponents: { form: NonNullable<DecimalForm['exponent']>; count: number; decimals: number } | undefined
  let grouped: NumberTally | undefined
  let against = 0
  const addExponent = (text: string): boolean => {
    const [, , fraction = '', letter, sign, power] = EXPONENT.exec(text) ?? []
    if (letter === undefined) return false
    const digits = Math.min(power.length, exponents?.form.digits ?? power.length)
    exponents = {
      form: {
        letter: letter === 'E' ? 'E' : 'e',
        digits,
        plus: sign === '+' || (exponents?.form.plus ?? false),
      },
      count: (exponents?.count ?? 0) + 1,
      decimals: Math.max(fraction.length, exponents?.decimals ?? 0),
    }
    return true
  }
  const addGrouped = (text: string, value: number, slot: number) => {
    if (against > MOST_AGAINST + SHARE_AGAINST * texts) {
      grouped = undefined
      return
    }
    const hasPoint = text.includes('.')
    if (hasPoint && !GROUPED.test(text)) against++
    else if (hasPoint) {
      grouped ??= numbers.clone()
      grouped.add(Math.round(value * 1000), text, slot)
    } else grouped?.add(value, text, slot)
  }
  return {
    forget: (slot: number) => grouped?.forget(slot),
    /** Takes in a number, before it is added to the numbers themselves. */
    add(text: string, value: number, slot: number) {
      texts++
      addGrouped(text, value, slot)
      const point = text.indexOf('.')
      const decimals = point < 0 ? 0 : text.length - point - 1
      if (decimals > 0 && text.charCodeAt(text.length - 1) === 48) trailing = true
      if (text.charCodeAt(0) === 43) plus++
      if ((text.includes('e') || text.includes('E')) && addExponent(text)) return
      leastDecimals = Math.min(leastDecimals, decimals)
      if (point < 0) mostDigits = Math.max(mostDigits, text.length)
    },
    /** Takes in a number that is no text. */
    addNative(value: number, cell: Level, slot: number) {
      if (Number.isInteger(value)) grouped?.add(value, cell, slot)
      else against++
    },
    /** What is seen of how the texts are written. */
    seen: () => ({ leastDecimals, mostDigits }),
    /** The numbers where points stand between thousands; undefined where they cannot. */
    grouped: () => (against > MOST_AGAINST + SHARE_AGAINST * texts ? undefined : (grouped ?? numbers)),
    /** Whether some of them have such points. */
    hasGroups: () => grouped !== undefined,
    /** The form of the texts, where none of numbers alone tells how they are written. */
    form(count: number): DecimalForm | undefined {
      const plain = { name: 'decimal', point: '.' } as const
      if (texts < count || texts === 0) return undefined
      if (exponents !== undefined && exponents.count === texts)
        return { ...plain, decimals: exponents.decimals, exponent: exponents.form }
      if (exponents !== undefined) return undefined
      const decimals = trailing ? leastDecimals : 0
      return decimals === 0 && plus === 0
        ? undefined
        : { ...plain, ...(plus > 0 && { plus: true }), decimals }
    },
  }
}
