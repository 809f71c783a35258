import { fail } from '../../base/errors.ts'
import { permutation, streamOf } from '../../base/random.ts'
import { copiedRows } from './copies.ts'
import { type Dependence, dependence } from './dependence.ts'
import { type Marginals, marginals } from './marginals.ts'
import { type Nearest, nearestRecords } from './nearest.ts'
import { joinTables, type ReadTable, readTables, takeRows } from './read-tables.ts'
import type { FidelityTable } from './table.ts'
import { type Transfer, transfer } from './transfer.ts'
import { type FidelityOptions, type TwoSample, twoSampleTest } from './two-sample.ts'

/** Most rows of a table that are compared one by one; beyond, that many are drawn. */
const MOST_ROWS = 10_000
/** Two for each fold of the two-sample test. */
const FEWEST_ROWS = 10

/** Real rows: those that a model learned from, and those that it never saw. @inline */
export interface RealTables {
  readonly train: FidelityTable
  readonly heldOut: FidelityTable
}

/** @inline */
export interface ReportOptions extends FidelityOptions {
  /** A column to predict from the others, for train-on-synthetic, test-on-real. */
  readonly target?: string
}

/** How like the real rows synthetic ones are, and whether they give training rows away. */
export interface FidelityReport {
  readonly rows: { readonly train: number; readonly heldOut: number; readonly synthetic: number }
  /** Columns one by one, pairs of columns, and whole rows, against all real rows. */
  readonly marginals: Marginals
  readonly dependence: Dependence
  readonly twoSample: TwoSample
  /** Where a target was named. */
  readonly transfer?: Transfer
  readonly nearest: Nearest
  /** Rows that are a training row, cell for cell. */
  readonly copies: { readonly synthetic: number; readonly heldOut: number }
}

/**
 * Everything that is asked of synthetic rows, as plain JSON. Marginals and copies are of all rows; dependence and
 * distances are of at most 10,000 rows of a table, drawn by the seed, and trees learn from at most 4,000.
 *
 * Errors: `fidelity/rows`, `fidelity/target`, and those of reading the tables. Throws the signal's reason.
 */
export async function fidelityOf(
  real: RealTables,
  synthetic: FidelityTable,
  { target, ...options }: ReportOptions,
): Promise<FidelityReport> {
  const [train, heldOut, made] = readTables([real.train, real.heldOut, synthetic])
  const whole = { train, heldOut, synthetic: made }
  checkCounts(whole)
  const all = joinTables(train, heldOut)
  const drawn = {
    train: draw(train, options.seed, 0),
    heldOut: draw(heldOut, options.seed, 1),
    synthetic: draw(made, options.seed, 2),
  }
  const predicted = target === undefined ? undefined : await transfer(drawn, target, options)
  return {
    rows: { train: train.count, heldOut: heldOut.count, synthetic: made.count },
    marginals: marginals(all, made),
    dependence: await dependence(draw(all, options.seed, 3), drawn.synthetic, options.signal),
    twoSample: await twoSampleTest(all, made, options),
    ...(predicted ? { transfer: predicted } : {}),
    nearest: await nearestRecords(drawn, options.signal),
    copies: { synthetic: copiedRows(made, train), heldOut: copiedRows(heldOut, train) },
  }
}

function checkCounts(tables: Readonly<Record<'train' | 'heldOut' | 'synthetic', ReadTable>>): void {
  const names = { train: 'real training', heldOut: 'held-out real', synthetic: 'synthetic' }
  for (const part of ['train', 'heldOut', 'synthetic'] as const)
    if (tables[part].count < FEWEST_ROWS)
      fail({
        code: 'fidelity/rows',
        seen: `${tables[part].count} ${names[part]} rows`,
        wanted: `at least ${FEWEST_ROWS} of each`,
        fix: part === 'synthetic' ? 'synthesize more rows' : 'hold out another share of the real rows',
      })
}

/** A table, or as many of its rows as are looked at. */
function draw(table: ReadTable, seed: number, step: number): ReadTable {
  if (table.count <= MOST_ROWS) return table
  const order = permutation(table.count, { seed, stream: streamOf('fidelity/rows'), step })
  return takeRows(table, order.subarray(0, MOST_ROWS))
}
