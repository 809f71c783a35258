import * as z from 'zod/mini'
import { numberOf } from '../number-text.ts'
import { readBody, splitNumber } from './split-number.ts'
import type { Writing } from './writing.ts'

export const decimalSchema = z.strictObject({
  name: z.literal('decimal'),
  /** What stands before and behind the digits, with its blanks. */
  prefix: z.optional(z.string()),
  suffix: z.optional(z.string()),
  point: z.enum(['.', ',']),
  /** What stands between groups of three digits, in numbers of so many digits or more; default: 4. */
  group: z.optional(z.string()),
  groupedFrom: z.optional(z.int().check(z.minimum(4))),
  /** Whether groups before the last are of two digits, as in 12,34,567. */
  lakhs: z.optional(z.boolean()),
  /** How numbers below 0 are marked; default: by a minus. */
  negative: z.optional(z.enum(['parentheses', 'trailing'])),
  /** The sign of numbers below 0; default: `-`. */
  minus: z.optional(z.string().check(z.length(1))),
  /** Whether it stands behind the prefix. */
  isMinusInside: z.optional(z.boolean()),
  /** Whether numbers above 0 have a plus. */
  plus: z.optional(z.boolean()),
  /** Whether numbers below 1 begin with the point, as in .5. */
  isBare: z.optional(z.boolean()),
  /** The fewest decimals that are written. */
  decimals: z.int().check(z.minimum(0), z.maximum(20)),
  /** Of numbers with exponents: the letter, the digits at least, and whether a plus stands before them. */
  exponent: z.optional(
    z.strictObject({ letter: z.enum(['e', 'E']), digits: z.int().check(z.minimum(1)), plus: z.boolean() }),
  ),
})
export type DecimalForm = z.infer<typeof decimalSchema>

const BLANKS = /[ \u00a0\u202f\u2009]+/g
const bare = (text: string): string => text.replace(BLANKS, '').toLowerCase()

/** Reads what stands exactly as the column mostly writes it, which is most of a large file, without taking it apart. */
function usualReader({ prefix = '', suffix = '', point }: DecimalForm): (text: string) => number {
  return (text) => {
    if (!text.startsWith(prefix) || !text.endsWith(suffix)) return Number.NaN
    const body = text.slice(prefix.length, text.length - suffix.length)
    if (point === '.') return numberOf(body)
    const comma = body.indexOf(',')
    if (body.includes('.')) return Number.NaN
    return numberOf(comma < 0 ? body : `${body.slice(0, comma)}.${body.slice(comma + 1)}`)
  }
}

function reader(form: DecimalForm): (text: string) => number {
  const { prefix = '', suffix = '', point } = form
  const [before, behind] = [bare(prefix), bare(suffix)]
  const isPlain = (text: string) => point === '.' || !text.includes('.')
  const usual = usualReader(form)
  return (text) => {
    const quick = usual(text)
    if (!Number.isNaN(quick)) return quick
    const plain = isPlain(text) ? numberOf(text) : Number.NaN
    if (!Number.isNaN(plain)) return plain
    const parts = splitNumber(text)
    if (parts === undefined) return Number.NaN
    if (parts.prefix !== '' && bare(parts.prefix) !== before) return Number.NaN
    if (parts.suffix !== '' && bare(parts.suffix) !== behind) return Number.NaN
    const value = readBody(parts.body, point)?.value ?? Number.NaN
    return parts.negative === 'no' ? value : -value
  }
}

/** Digits with the fewest decimals that are wanted, a point between. */
function digitsOf(value: number, decimals: number): string {
  const shortest = String(value)
  if (shortest.includes('e')) return value.toFixed(Math.max(decimals, value < 1 ? 20 : 0))
  const own = shortest.length - 1 - (shortest.indexOf('.') < 0 ? shortest.length - 1 : shortest.indexOf('.'))
  return own < decimals ? value.toFixed(decimals) : shortest
}

function withExponent(
  value: number,
  decimals: number,
  exponent: NonNullable<DecimalForm['exponent']>,
): string {
  const [mantissa, power] = value.toExponential(decimals).split('e')
  const size = power.slice(1).padStart(exponent.digits, '0')
  const sign = power.startsWith('-') ? '-' : exponent.plus ? '+' : ''
  return `${mantissa}${exponent.letter}${sign}${size}`
}

function writer(form: DecimalForm): (value: number) => string {
  const {
    prefix = '',
    suffix = '',
    point,
    group = '',
    groupedFrom = 4,
    lakhs = false,
    decimals,
    exponent,
    minus = '-',
  } = form
  const places = lakhs ? /\B(?=(?:\d{2})*\d{3}$)/g : /\B(?=(?:\d{3})+$)/g
  const magnitude = (value: number): string => {
    if (exponent) return withExponent(value, decimals, exponent)
    const [digits, fraction] = digitsOf(value, decimals).split('.')
    const whole = form.isBare && digits === '0' && fraction !== undefined ? '' : digits
    const grouped = group !== '' && whole.length >= groupedFrom ? whole.replace(places, group) : whole
    return fraction === undefined ? grouped : `${grouped}${point}${fraction}`
  }
  return (value) => {
    const digits = magnitude(Math.abs(value))
    if (value < 0) {
      if (form.negative === 'parentheses')
        return form.isMinusInside ? `${prefix}(${digits}${suffix})` : `(${prefix}${digits}${suffix})`
      if (form.negative === 'trailing') return `${prefix}${digits}${suffix}-`
    }
    const sign = value < 0 ? minus : form.plus && value > 0 ? '+' : ''
    return form.isMinusInside ? `${prefix}${sign}${digits}${suffix}` : `${sign}${prefix}${digits}${suffix}`
  }
}

/** Digits with a currency or a unit, thousands set apart, a decimal comma, parentheses for a minus. */
export const decimalWriting = (form: DecimalForm): Writing => ({ read: reader(form), write: writer(form) })
