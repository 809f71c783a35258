import { fail } from '../../base/errors.ts'
import { meanOf, sumOf } from '../../base/math/sums.ts'
import { squaredDeviations } from '../../base/math/variance.ts'
import { permutation, streamOf } from '../../base/random.ts'
import { fitBoostedRegression } from '../classifiers/boosted-regression.ts'
import { fitBoostedTrees } from '../classifiers/gradient-boosting.ts'
import { type LevelColumn, type NumberColumn, type ReadTable, seenRows, takeRows } from './read-tables.ts'
import { MOST_LEARNED, type TreeRows, treeRows } from './tree-rows.ts'
import type { FidelityOptions } from './two-sample.ts'

/** Whether what is learned from synthetic rows holds of real ones. @inline */
export interface Transfer {
  readonly target: string
  /** Share of levels that are named rightly, or the share of the numbers' variance that is explained. */
  readonly measure: 'accuracy' | 'r2'
  /** TRTR: trained on real rows, judged on real rows that were held out. */
  readonly trainedOnReal: number
  /** TSTR: trained on synthetic rows, judged on the same. */
  readonly trainedOnSynthetic: number
  /** trainedOnReal − trainedOnSynthetic. */
  readonly loss: number
  /** What the most frequent level, or the mean, of the real training rows reaches. */
  readonly baseline: number
  readonly rows: { readonly real: number; readonly synthetic: number; readonly test: number }
}

/** Tables that were read together. */
export interface TransferTables {
  readonly train: ReadTable
  readonly heldOut: ReadTable
  readonly synthetic: ReadTable
}

/**
 * Train on synthetic, test on real: gradient-boosted trees learn a column from the others. Esteban et al. 2017, §5.2.
 *
 * At most 4,000 real rows are learned from, and at most as many synthetic ones, so that their number does not decide.
 * Rows without the target are left out; each table must have some with it. Errors: `fidelity/target` (usage). Throws the signal's reason.
 */
export async function transfer(
  tables: TransferTables,
  target: string,
  options: FidelityOptions,
): Promise<Transfer> {
  const at = targetOf(tables, target)
  const known = (table: ReadTable) => takeRows(table, seenRows(table.columns[at]))
  const test = known(tables.heldOut)
  const real = drawn(known(tables.train), MOST_LEARNED, options.seed, 0)
  const synthetic = drawn(known(tables.synthetic), real.count, options.seed, 1)
  const features = treeRows([real, synthetic], at)
  const isLevel = real.columns[at].kind === 'level'
  const judge = (train: ReadTable) => (isLevel ? accuracy : explained)(features, train, test, at, options)
  const [trainedOnReal, trainedOnSynthetic] = [await judge(real), await judge(synthetic)]
  return {
    target,
    measure: isLevel ? 'accuracy' : 'r2',
    trainedOnReal,
    trainedOnSynthetic,
    loss: trainedOnReal - trainedOnSynthetic,
    baseline: baselineOf(real, test, at),
    rows: { real: real.count, synthetic: synthetic.count, test: test.count },
  }
}

function drawn(table: ReadTable, most: number, seed: number, step: number): ReadTable {
  const order = permutation(table.count, { seed, stream: streamOf('fidelity/transfer'), step })
  return takeRows(table, order.subarray(0, most))
}

/** How many rows of each table have a value of the target. Error: `fidelity/target` (usage). */
export function rowsWith(tables: TransferTables, target: string): Readonly<Record<string, number>> {
  const at = targetOf(tables, target)
  const known = ({ columns }: ReadTable) => seenRows(columns[at]).length
  return {
    'training rows with the target': known(tables.train),
    'held-out rows with the target': known(tables.heldOut),
    'synthetic rows with the target': known(tables.synthetic),
  }
}

const targetOf = ({ train }: TransferTables, target: string): number =>
  checkedTarget(
    train.columns.map(({ name }) => name),
    target,
  )

/** The place of a target among columns. Error: `fidelity/target` (usage). */
export function checkedTarget(names: readonly string[], target: string): number {
  const at = names.indexOf(target)
  return at < 0 || names.length < 2 ? refuseTarget(target, names) : at
}

const refuseTarget = (target: string, names: readonly string[]): never =>
  fail({
    code: 'fidelity/target',
    seen: `the target "${target}" in a table of ${names.map((name) => `"${name}"`).join(', ')}`,
    wanted: 'one of its columns, and another to tell it from',
    fix: 'name one of those, or leave the target out',
    usage: true,
  })

async function accuracy(
  { width, encode }: TreeRows,
  train: ReadTable,
  test: ReadTable,
  at: number,
  options: FidelityOptions,
): Promise<number> {
  const { values: labels, levels } = train.columns[at] as LevelColumn
  const data = { count: train.count, width, rows: encode(train), labels, classes: levels.length }
  const model = await fitBoostedTrees(data, options)
  const { values: truth } = test.columns[at] as LevelColumn
  const found = model.classes(model.scores(encode(test)), test.count)
  return meanOf(found.map((level, row) => (level === truth[row] ? 1 : 0)))
}

async function explained(
  { width, encode }: TreeRows,
  train: ReadTable,
  test: ReadTable,
  at: number,
  options: FidelityOptions,
): Promise<number> {
  const { values: targets } = train.columns[at] as NumberColumn
  const model = await fitBoostedRegression({ width, rows: encode(train), targets }, options)
  return determination(model.values(encode(test)), (test.columns[at] as NumberColumn).values)
}

/** R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²; of constant truth 1 where it is met, else 0. */
function determination(found: Float64Array, truth: Float64Array): number {
  const left = sumOf(truth.map((value, row) => (value - found[row]) ** 2))
  const total = squaredDeviations(truth)
  if (total === 0) return left === 0 ? 1 : 0
  return 1 - left / total
}

function baselineOf(train: ReadTable, test: ReadTable, at: number): number {
  const [learned, truth] = [train.columns[at], test.columns[at]]
  if (learned.kind === 'number' || truth.kind === 'number')
    return determination(
      new Float64Array(test.count).fill(meanOf(learned.values)),
      Float64Array.from(truth.values),
    )
  const counts = learned.levels.map(() => 0)
  for (const level of learned.values) counts[level]++
  const most = counts.indexOf(Math.max(...counts))
  return meanOf(truth.values.map((level) => (level === most ? 1 : 0)))
}
