import { fail } from '../../base/errors.ts'
import { permutation, streamOf } from '../../base/random.ts'
import { copiedRows } from './copies.ts'
import { type Dependence, dependence } from './dependence.ts'
import { attributeDisclosure, type Disclosure, type Repeats, repeats } from './disclosure.ts'
import { type Marginals, marginals } from './marginals.ts'
import { type Membership, membershipAttack } from './membership.ts'
import { type Nearest, nearestRecords } from './nearest.ts'
import { joinTables, type ReadTable, readTables, takeRows } from './read-tables.ts'
import type { FidelityTable } from './table.ts'
import { rowsWith, type Transfer, transfer } from './transfer.ts'
import { type FidelityOptions, type TwoSample, twoSampleTest } from './two-sample.ts'

/** Most rows of a table that are compared one by one; beyond, that many are drawn. */
const MOST_ROWS = 10_000
/** Two for each fold of the two-sample test; of fewer, a share or a correlation says nothing. */
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
  readonly dependence?: Dependence
  readonly twoSample?: TwoSample
  /** Where a target was named. */
  readonly transfer?: Transfer
  readonly nearest?: Nearest
  /** What an attacker learns of rows that were learned from; distances to the nearest record alone miss leaks. */
  readonly privacy?: Privacy
  /** Rows that are a training row, cell for cell. */
  readonly copies: { readonly synthetic: number; readonly heldOut: number }
  /** What there are too few rows to say, and of which: parts of this report that it does not have. */
  readonly unsaid: readonly Unsaid[]
}

/** What synthetic rows give away: Yao et al. 2025 (arXiv 2505.01524) on why distances do not tell. @inline */
export interface Privacy {
  readonly membership: Membership
  readonly attributes: Disclosure
  readonly repeats: Repeats
}

/** A part of a report that there are too few rows for. @inline */
export interface Unsaid {
  readonly part: 'dependence' | 'twoSample' | 'transfer' | 'nearest' | 'privacy'
  /** How many there are of which rows, and how many are wanted. */
  readonly why: string
}

/**
 * Measures how like the real rows synthetic ones are, as plain JSON. Marginals and copies are of all rows;
 * dependence and distances are of at most 10,000 rows of a table, drawn by the seed, and trees learn from at
 * most 4,000.
 *
 * Of fewer than ten rows the report has only what so few can tell. Errors: `fidelity/rows` where there are none,
 * `fidelity/target`, and those of reading the tables. Throws the signal's reason.
 *
 * @example
 * ```ts
 * import { fidelityOf } from 'betavae/metrics'
 *
 * const table = (from: number) => ({
 * columns: [{ name: 'heat', kind: 'number' as const }],
 * rows: Array.from({ length: 50 }, (_, i) => [Math.sin(from + i)]),
 * })
 * const report = await fidelityOf({ train: table(0), heldOut: table(50) }, table(100), { seed: 1 })
 * console.log(report.marginals.meanDistance)
 * ```
 */
export async function fidelityOf(
  real: RealTables,
  synthetic: FidelityTable,
  { target, ...options }: ReportOptions,
): Promise<FidelityReport> {
  const [train, heldOut, made] = readTables([real.train, real.heldOut, synthetic])
  if (train.count === 0 || made.count === 0) refuseEmpty(train.count === 0 ? 'training' : 'synthetic')
  const all = joinTables(train, heldOut)
  const drawn = {
    train: draw(train, options.seed, 0),
    heldOut: draw(heldOut, options.seed, 1),
    synthetic: draw(made, options.seed, 2),
  }
  const { said, unsaid } = asFarAsRowsGo()
  const either = { 'real rows': all.count, 'synthetic rows': made.count }
  const parts = {
    'training rows': train.count,
    'held-out rows': heldOut.count,
    'synthetic rows': made.count,
  }
  return {
    rows: { train: train.count, heldOut: heldOut.count, synthetic: made.count },
    marginals: marginals(all, made),
    ...(await said('dependence', either, () =>
      dependence(draw(all, options.seed, 3), drawn.synthetic, options.signal),
    )),
    ...(await said('twoSample', either, () => twoSampleTest(all, made, options))),
    ...(target === undefined
      ? {}
      : await said('transfer', rowsWith(drawn, target), () => transfer(drawn, target, options))),
    ...(await said('nearest', parts, () => nearestRecords(drawn, options.signal))),
    ...(await said('privacy', parts, async () => ({
      membership: await membershipAttack(drawn, options.signal),
      attributes: await attributeDisclosure(drawn, options.signal),
      repeats: repeats({ train, heldOut, synthetic: made }),
    }))),
    copies: { synthetic: copiedRows(made, train), heldOut: copiedRows(heldOut, train) },
    unsaid,
  }
}

/** Finds out what there are rows enough for, and collects the rest. */
function asFarAsRowsGo() {
  const unsaid: Unsaid[] = []
  async function said<Part extends Unsaid['part'], Found>(
    part: Part,
    counts: Readonly<Record<string, number>>,
    find: () => Promise<Found>,
  ): Promise<{ readonly [name in Part]?: Found }> {
    const few = Object.entries(counts).filter(([, count]) => count < FEWEST_ROWS)
    if (few.length === 0) return named(part, await find())
    const seen = few.map(([rows, count]) => `${count} ${rows}`).join(' and ')
    unsaid.push({ part, why: `${seen}, wanted ${FEWEST_ROWS}` })
    return {}
  }
  return { said, unsaid }
}

// A computed key is not typed by itself.
const named = <Part extends string, Found>(part: Part, found: Found) =>
  ({ [part]: found }) as { readonly [name in Part]: Found }

const refuseEmpty = (rows: string): never =>
  fail({
    code: 'fidelity/rows',
    seen: `no ${rows} rows`,
    wanted: 'rows to compare',
    fix: rows === 'synthetic' ? 'synthesize some' : 'hold out fewer rows',
  })

/** A table, or as many of its rows as are looked at. */
function draw(table: ReadTable, seed: number, step: number): ReadTable {
  if (table.count <= MOST_ROWS) return table
  const order = permutation(table.count, { seed, stream: streamOf('fidelity/rows'), step })
  return takeRows(table, order.subarray(0, MOST_ROWS))
}
