import * as z from 'zod/mini'
import { logNormalizer } from '../../../base/math/normal.ts'
import { columnReader, numberFormSchema, numberReader, numberWriter } from '../forms/index.ts'
import type { Level } from '../levels.ts'
import type { LevelCount } from '../tally/number-tally.ts'
import type { ColumnSummary, NumberSummary } from '../tally/summary.ts'
import { isNumeric, short, strayRemark } from './evidence.ts'
import { defineKind } from './kind.ts'

/** Nats per row by which the Poisson must beat the normal; above a mean of about 5 it cannot, nor need it. */
const LEAST_GAIN = 0.02
/** Nats per row by which the Poisson may miss the frequencies seen, besides what chance makes of them. */
const MOST_MISSED = 0.03
const HIGHEST = 1000
const LEAST_LEVELS = 3

/** The number of a level, however it is written. */
const numberIn = ({ form }: NumberSummary): ((level: Level) => number) => {
  const read = numberReader(form)
  return (level) => (typeof level === 'string' ? read(level) : Number(level))
}

/** Mean log-likelihood of counts under the Poisson distribution of their mean, in nats. */
function poissonFit(numbers: NumberSummary, levels: readonly LevelCount[]): number {
  const { mean, count } = numbers
  const numberOfLevel = numberIn(numbers)
  let logFactorial = 0
  let factorialOf = 0
  let sum = 0
  for (const { level, count: times } of levels) {
    const value = numberOfLevel(level)
    while (factorialOf < value) logFactorial += Math.log(++factorialOf)
    sum += times * (value * Math.log(mean) - mean - logFactorial)
  }
  return sum / count
}

/** Mean log-likelihood of levels under their own frequencies, less half a nat for each that was free to choose. */
function ownFit(levels: readonly LevelCount[], count: number): number {
  const sum = levels.reduce((total, { count: times }) => total + times * Math.log(times / count), 0)
  return (sum - (levels.length - 1) / 2) / count
}

/** Whether the Poisson distribution tells the numbers well, and better than the normal one of their moments. */
function isPoisson({ numbers }: ColumnSummary): boolean {
  const { levels, deviation, count } = numbers
  if (levels === undefined || levels.length < LEAST_LEVELS || deviation === 0) return false
  const poisson = poissonFit(numbers, levels)
  const normal = -logNormalizer(deviation ** 2) - 0.5
  return poisson - normal > LEAST_GAIN && ownFit(levels, count) - poisson < MOST_MISSED
}

const areCounts = ({ numbers }: ColumnSummary): boolean => numbers.whole && numbers.low >= 0

/** Whether there are more than two numbers, met twice or more on average. */
const recur = ({ numbers: { levels, count } }: ColumnSummary): boolean =>
  levels !== undefined && levels.length >= LEAST_LEVELS && 2 * levels.length <= count

/** Small whole numbers that are spread as a Poisson distribution is; real where in doubt. */
export const count = defineKind({
  name: 'count',
  summary: 'how often something happened: small whole numbers, as they are',
  fields: {
    low: z.int().check(z.minimum(0)),
    high: z.int().check(z.minimum(0)),
    /** How its numbers are written, where that is not how numbers are. */
    form: z.optional(numberFormSchema),
  },
  suits(summary) {
    const { low, high, mean, deviation } = summary.numbers
    if (!isNumeric(summary) || !areCounts(summary) || high > HIGHEST) return undefined
    if (!isPoisson(summary)) return undefined
    const spread = `variance ${short(deviation ** 2 / mean)} times the mean, where counts have 1`
    return `whole numbers from ${low} to ${high}, ${spread}${strayRemark(summary)}`
  },
  doubt: (summary) =>
    isNumeric(summary) && areCounts(summary) && summary.numbers.high <= HIGHEST && recur(summary)
      ? 'its numbers are whole and none is below 0'
      : undefined,
  fit(summary) {
    const { low, high, form, count: numbers } = summary.numbers
    if (numbers === 0) return 'it has no number'
    return areCounts(summary)
      ? { low, high, ...(form && { form }) }
      : 'not all of its numbers are whole and at least 0'
  },
  oddIn: ({ texts }) => texts.count,
  describe: ({ low, high }) => `a count as it is (${low} to ${high} seen)`,
  encoding: {
    group: 'count',
    slots: () => 1,
    write: (column, { refuse }) => {
      const numberIn = columnReader(column)
      return (cell, out, at) => {
        const value = numberIn(cell)
        if (!Number.isInteger(value) || value < 0) return refuse(cell, 'a whole number from 0 on')
        out[at] = value
        return true
      }
    },
    value: columnReader,
    read({ low, high, form }, { clip, plain }) {
      const written = numberWriter(plain ? undefined : form)
      const [least, most] = clip ? [low, high] : [0, Number.POSITIVE_INFINITY]
      return (values, at) => written(Math.min(Math.max(Math.round(values[at]), least), most))
    },
  },
})
