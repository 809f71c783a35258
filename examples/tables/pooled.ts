/**
 * One estimate from several tables whose gaps were drawn, by Rubin's rules: its value and an interval that knows of the
 * gaps, too.
 *
 * `node examples/tables/pooled.ts "Body Mass (g)" filled.*.csv` prints the mean of a column.
 */
import { type Cell, isMissing, openTable } from 'betavae/tables'

/** An estimate of one table, and the variance that it would have if nothing had been missing. */
export interface Estimate {
  readonly value: number
  readonly variance: number
}

/** What several estimates come to. */
export interface Pooled extends Estimate {
  readonly low: number
  readonly high: number
  /** Share of the variance that the gaps are to blame for. */
  readonly lost: number
}

/** Rubin 1987, eqs. 3.1.2 to 3.1.6; the interval holds 95% where there are enough tables for a normal distribution. */
export function pooled(estimates: readonly Estimate[]): Pooled {
  const tables = estimates.length
  const value = average(estimates.map((own) => own.value))
  const within = average(estimates.map((own) => own.variance))
  const between = estimates.reduce((sum, own) => sum + (own.value - value) ** 2, 0) / (tables - 1)
  const variance = within + (1 + 1 / tables) * between
  const reach = 1.96 * Math.sqrt(variance)
  return { value, variance, low: value - reach, high: value + reach, lost: 1 - within / variance }
}

/** The mean of a column, and the variance of that mean. */
export function meanOf(cells: readonly Cell[]): Estimate {
  const numbers = cells.filter((cell) => !isMissing(cell)).map(Number)
  const value = average(numbers)
  const square = numbers.reduce((sum, x) => sum + (x - value) ** 2, 0) / (numbers.length - 1)
  return { value, variance: square / numbers.length }
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

async function columnOf(path: string, name: string): Promise<Cell[]> {
  const cells: Cell[] = []
  const table = await openTable(path)
  for await (const { columns, rows } of table.chunks())
    for (const row of rows) cells.push(row[columns.indexOf(name)])
  return cells
}

const [name, ...paths] = process.argv.slice(2)
if (import.meta.filename === process.argv[1]) {
  const estimates = await Promise.all(paths.map(async (path) => meanOf(await columnOf(path, name))))
  const { value, low, high, lost } = pooled(estimates)
  console.log(`mean of ${name}: ${value.toFixed(1)}, 95% interval ${low.toFixed(1)} to ${high.toFixed(1)}`)
  console.log(`the gaps are to blame for ${(100 * lost).toFixed(1)}% of its variance`)
}
