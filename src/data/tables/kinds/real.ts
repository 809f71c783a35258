import * as z from 'zod/mini'
import { columnReader, numberFormSchema, numberWriter } from '../forms/index.ts'
import { standardizing } from '../moments.ts'
import { numberOf } from '../number-text.ts'
import { backward, chooseTransform, forward, standardizingAfter, transformSchema } from '../real-transform.ts'
import { isNumeric, short, strayRemark } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Numbers with more decimals than this are not rounded when they are read back. */
const MOST_DECIMALS = 12

/** Encoded values are held within this, whose square and sums of it a float32 can hold. */
export const FARTHEST = 1e12

/** The number of decimals with which a number is written; more than `MOST_DECIMALS` where it is tiny. */
function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0
  const [digits, exponent = '0'] = String(value).split('e')
  const fraction = digits.split('.')[1]?.length ?? 0
  return Math.max(0, fraction - Number(exponent))
}

/** The most decimals that any of the numbers has; undefined where that is not a choice somebody made. */
function mostDecimals(values: Float64Array): number | undefined {
  let most = 0
  for (const value of values) {
    most = Math.max(most, decimalsOf(value))
    if (most > MOST_DECIMALS) return undefined
  }
  return most
}

/** The chance that numbers lie on a grid that is none, below which they do not. */
const BY_CHANCE = 1e-4

/** How far apart the numbers of a column lie at least, in units of their last decimal, where that is more than one. */
function stepOf(sorted: Float64Array, decimals: number): number | undefined {
  const unit = 10 ** decimals
  let step = 0
  let different = 0
  for (let at = 1; at < sorted.length; at++) {
    let apart = Math.round((sorted[at] - sorted[at - 1]) * unit)
    if (apart > 0) different++
    // Euclid's algorithm.
    while (apart > 0) [step, apart] = [apart, step % apart]
    if (step === 1) return undefined
  }
  return step > 1 && step ** -different < BY_CHANCE ? step : undefined
}

/** Rounds to a number of decimals, and to every `step`th of such numbers from the lowest on. */
function rounding({ decimals, step = 1, low }: Rounded): (value: number) => number {
  if (decimals === undefined) return (value) => value
  const unit = 10 ** decimals
  const from = Math.round(low * unit)
  if (step > 1) return (value) => (from + Math.round((value * unit - from) / step) * step) / unit + 0
  // A number that has fewer digits than this behind its point cannot be rounded further.
  return (value) => (Math.abs(value) * unit < 2 ** 53 ? Math.round(value * unit) / unit + 0 : value)
}

interface Rounded {
  readonly decimals?: number
  readonly step?: number
  readonly low: number
}

/** Measurements. */
export const real = defineKind({
  name: 'real',
  summary: 'numbers, standardized; first log or normal scores where their shape asks for it',
  fields: {
    transform: transformSchema,
    center: z.number(),
    scale: z.number().check(z.positive()),
    /** To which numbers are rounded when they are read back; absent where they are not. */
    decimals: z.optional(z.int().check(z.minimum(0), z.maximum(MOST_DECIMALS))),
    /** On which of such numbers all lie, from the lowest on: absent for each, else every `step`th. */
    step: z.optional(z.int().check(z.minimum(2))),
    /** How its numbers are written, where that is not how numbers are. */
    form: z.optional(numberFormSchema),
    /** Whether they are seconds, by the type that their source has for durations. */
    areSeconds: z.optional(z.literal(true)),
    low: z.number(),
    high: z.number(),
  },
  suits(summary) {
    if (!isNumeric(summary)) return undefined
    const { low, high, whole, sample, form } = summary.numbers
    const { remark } = chooseTransform(sample)
    const range = `${whole ? 'whole numbers' : 'numbers'} from ${short(low)} to ${short(high)}`
    const written = form === undefined ? '' : `, written as ${numberWriter(form)(sample[sample.length >> 1])}`
    return `${range}${written}${remark === undefined ? '' : `, ${remark}`}${strayRemark(summary)}`
  },
  fit({ numbers, areSeconds }) {
    const { low, high, sample, form } = numbers
    if (numbers.count === 0) return 'it has no number'
    const { transform } = chooseTransform(sample)
    const decimals = mostDecimals(sample)
    const step = decimals === undefined ? undefined : stepOf(sample, decimals)
    // What was counted while all streamed by is of every row; only what is transformed needs the sample.
    const ofAll = transform.name === 'none' && sample.length < numbers.count
    return {
      transform,
      ...(ofAll ? standardizing(numbers) : standardizingAfter(transform, sample)),
      ...(decimals !== undefined && { decimals }),
      ...(step !== undefined && { step }),
      ...(form && { form }),
      ...(areSeconds && { areSeconds }),
      low,
      high,
    }
  },
  oddIn: ({ texts }) => texts.count,
  describe({ transform }) {
    if (transform.name === 'none') return 'standardized'
    if (transform.name === 'quantile') return 'standardized after normal scores, with logarithms in the tails'
    return `standardized after log(x${transform.offset === 0 ? '' : ` + ${short(transform.offset)}`})`
  },
  encoding: {
    group: 'real',
    slots: () => 1,
    write({ transform, center, scale, form, low, ...column }, { refuse }) {
      const map = forward(transform)
      const numberIn = columnReader({ form, ...column })
      const example = numberWriter(form)(low)
      const wanted = Number.isNaN(numberOf(example)) ? `a number such as ${example}` : 'a number'
      return (cell, out, at) => {
        const value = numberIn(cell)
        if (Number.isNaN(value)) return refuse(cell, wanted)
        out[at] = Math.min(Math.max((map(value) - center) / scale, -FARTHEST), FARTHEST)
        return true
      }
    },
    value: columnReader,
    read({ transform, center, scale, decimals, step, form, low, high }, { clip, plain }) {
      const written = numberWriter(plain ? undefined : form)
      const back = backward(transform)
      const round = rounding({ decimals, step, low })
      const [least, most] = clip ? [low, high] : [-Number.MAX_VALUE, Number.MAX_VALUE]
      return (values, at) =>
        written(Math.min(Math.max(round(back(values[at] * scale + center)), least), most))
    },
  },
})
