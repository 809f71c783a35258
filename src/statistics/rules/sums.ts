import { cholesky, solveLower, solveLowerTransposed } from '../../base/math/cholesky.ts'
import { quantile } from '../../base/math/quantile.ts'
import { varianceOf } from '../../base/math/variance.ts'
import { FEWEST_ROWS, type NumberColumn, type RuleColumn } from './columns.ts'
import type { RuleOf } from './rule.ts'

/** Columns that a sum is looked for among, and rows that it is fitted to. */
const MOST_COLUMNS = 30
const MOST_FITTED = 2000
/** A sum may miss by this share of the deviation at most: a wider one is no sum, but chance. */
const WIDEST = 0.02
/** Parts of a float32's size by which numbers may be off. */
const FLOAT = 2e-6
/** Terms that move the sum by less than this share of its deviation are none. */
const LEAST_TERM = 1e-3
const DIGITS = [1, 2, 3, 4, 5, 6, 8, 12]

interface Numbers {
  readonly column: NumberColumn
  readonly values: Float64Array
  readonly deviation: number
  readonly mean: number
}

/**
 * Columns of numbers that are a sum of others, each times a factor, as far as their decimals say: b = 2a, a + b = c.
 *
 * They are looked for from the narrowest to the widest column, so that a total is told by its parts.
 */
export function findSums(columns: readonly RuleColumn[]): (RuleOf<'sum'> | RuleOf<'near'>)[] {
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? knownNumbers(column) : []))
  const free: Numbers[] = []
  const found: (RuleOf<'sum'> | RuleOf<'near'>)[] = []
  for (const target of numbers.sort((a, b) => a.deviation - b.deviation).slice(0, MOST_COLUMNS)) {
    const rule = free.length > 0 ? sumOf(target, free) : undefined
    if (rule) found.push(rule)
    else free.push(target)
  }
  return found
}

function knownNumbers(column: NumberColumn): Numbers[] {
  const { values } = column
  const known = values.some(Number.isNaN) ? values.filter((value) => !Number.isNaN(value)) : values
  const deviation = Math.sqrt(varianceOf(known))
  const mean = known.reduce((sum, value) => sum + value / known.length, 0)
  return known.length >= FEWEST_ROWS && deviation > 0 ? [{ column, values, deviation, mean }] : []
}

function sumOf(target: Numbers, free: readonly Numbers[]): RuleOf<'sum'> | RuleOf<'near'> | undefined {
  const rows = completeRows([target, ...free])
  if (rows.length < FEWEST_ROWS + 3 * free.length) return undefined
  const weights = fitted(target, free, rows)
  const terms = free.filter((_, at) => Math.abs(weights[at]) > LEAST_TERM)
  if (terms.length === 0) return undefined
  const exact = fitted(target, terms, completeRows([target, ...terms]))
  for (const digits of DIGITS) {
    const factors = factorsOf(target, terms, exact).map((factor) => rounded(factor, digits))
    const rule = checkedSum(target, terms, factors)
    if (rule) return rule
  }
  return nearSum(target, terms, factorsOf(target, terms, exact))
}

const factorsOf = (target: Numbers, terms: readonly Numbers[], weights: Float64Array): number[] =>
  terms.map(({ deviation }, at) => (weights[at] * target.deviation) / deviation)

/** A column that differs from a sum by so small a part of its variance lies near it. */
const NEAR = 0.005
/** Terms of such a sum at most: many explain anything. */
const MOST_TERMS = 8
const QUANTILES = 33

function nearSum(
  target: Numbers,
  terms: readonly Numbers[],
  factors: readonly number[],
): RuleOf<'near'> | undefined {
  const rows = completeRows([target, ...terms])
  const left = Float64Array.from(rows, (row) =>
    terms.reduce((rest, { values }, at) => rest - factors[at] * values[row], target.values[row]),
  )
  const few = terms.length > MOST_TERMS || rows.length < FEWEST_ROWS + 10 * terms.length
  if (few || !(varianceOf(left) < NEAR * target.deviation ** 2)) return undefined
  const constant = left.reduce((sum, value) => sum + value / left.length, 0)
  const sorted = left.map((value) => value - constant).sort()
  return {
    kind: 'near',
    column: target.column.name,
    terms: terms.map(({ column }, at) => ({ column: column.name, factor: factors[at] })),
    constant,
    residuals: Array.from({ length: QUANTILES }, (_, knot) => quantile(sorted, knot / (QUANTILES - 1))),
  }
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits))

/** Rows in which all are known, spread evenly where there are many. */
function completeRows(all: readonly Numbers[]): number[] {
  const isComplete = (row: number) => all.every(({ values }) => !Number.isNaN(values[row]))
  const count = all[0].values.length
  let complete = 0
  for (let row = 0; row < count; row++) if (isComplete(row)) complete++
  const step = Math.max(1, Math.floor(complete / MOST_FITTED))
  const rows: number[] = []
  for (let row = 0, at = 0; row < count; row++) if (isComplete(row) && at++ % step === 0) rows.push(row)
  return rows
}

/** Least squares in standard deviations, with a ridge that only keeps equal columns apart. */
function fitted(target: Numbers, free: readonly Numbers[], rows: readonly number[]): Float64Array {
  const size = free.length
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  const own = new Float64Array(size)
  for (const row of rows) {
    free.forEach(({ values, mean, deviation }, at) => {
      own[at] = (values[row] - mean) / deviation
    })
    const y = (target.values[row] - target.mean) / target.deviation
    for (let i = 0; i < size; i++) {
      right[i] += own[i] * y
      for (let j = 0; j <= i; j++) matrix[i * size + j] += own[i] * own[j]
    }
  }
  for (let i = 0; i < size; i++) matrix[i * size + i] += 1e-9 * rows.length
  const factor = cholesky(matrix, size)
  solveLower(factor, size, right)
  solveLowerTransposed(factor, size, right)
  return right
}

/** The sum with these factors, where it holds in every row as far as decimals say. */
function checkedSum(
  target: Numbers,
  terms: readonly Numbers[],
  factors: readonly number[],
): RuleOf<'sum'> | undefined {
  const all = [target, ...terms]
  const within = all.reduce((sum, { column, mean, deviation }, at) => {
    const factor = at === 0 ? 1 : Math.abs(factors[at - 1])
    return sum + factor * (0.5 * (column.unit ?? 0) + FLOAT * (Math.abs(mean) + 5 * deviation))
  }, 0)
  if (!(within < WIDEST * target.deviation)) return undefined
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let row = 0; row < target.values.length; row++) {
    const left = terms.reduce((rest, { values }, at) => rest - factors[at] * values[row], target.values[row])
    if (Number.isNaN(left)) continue
    if (left < low) low = left
    if (left > high) high = left
    if (high - low > 2 * within) return undefined
  }
  const middle = (low + high) / 2
  const constant = Math.abs(middle) <= within ? 0 : roundedWithin(middle, within)
  return {
    kind: 'sum',
    column: target.column.name,
    terms: terms.map(({ column }, at) => ({ column: column.name, factor: factors[at] })),
    constant,
    within: Math.max(high - constant, constant - low, within),
  }
}

/** The shortest number within a distance of another. */
function roundedWithin(value: number, distance: number): number {
  for (const digits of DIGITS) {
    const short = rounded(value, digits)
    if (Math.abs(short - value) <= distance) return short
  }
  return value
}
