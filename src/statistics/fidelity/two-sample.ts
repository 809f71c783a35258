import { meanOf } from '../../base/math/sums.ts'
import { permutation, streamOf } from '../../base/random.ts'
import { fitBoostedTrees } from '../classifiers/gradient-boosting.ts'
import { rocAuc } from '../roc-auc.ts'
import { type ReadTable, takeRows } from './read-tables.ts'
import { MOST_LEARNED, treeRows } from './tree-rows.ts'

const FOLDS = 5

/** @inline */
export interface FidelityOptions {
  readonly seed: number
  readonly signal?: AbortSignal
}

/** How well a classifier tells synthetic rows from real ones. @inline */
export interface TwoSample {
  /** Mean area under the ROC curve over folds: 0.5 where it cannot tell, 1 where it always can. */
  readonly auc: number
  readonly perFold: readonly number[]
  /** Rows drawn of either table: as many of one as of the other, at most 4,000. */
  readonly rows: number
  /** What gave synthetic rows away: shares of the trees' decrease of error, the largest first. */
  readonly columns: readonly { readonly name: string; readonly share: number }[]
}

/**
 * Classifier two-sample test: gradient-boosted trees learn which rows are synthetic on four fifths of both tables and
 * are judged on the rest, five times. Lopez-Paz & Oquab 2017, by the area under the ROC curve.
 *
 * Synthetic rows that repeat real ones bring it below 0.5: the copy that was learned as real is then asked for. Takes
 * tables of at least five rows that were read together. Throws the signal's reason.
 */
export async function twoSampleTest(
  real: ReadTable,
  synthetic: ReadTable,
  { seed, signal }: FidelityOptions,
): Promise<TwoSample> {
  const each = Math.min(real.count, synthetic.count, MOST_LEARNED)
  const sides = [real, synthetic].map((table, side) =>
    takeRows(
      table,
      permutation(table.count, { seed, stream: streamOf('fidelity/folds'), step: side }).subarray(0, each),
    ),
  )
  const { width, owners, encode } = treeRows(sides)
  const [first, second] = sides.map(encode)
  const perFold: number[] = []
  const shares = new Float64Array(real.columns.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const [learned, judged] = [(row: number) => row % FOLDS !== fold, (row: number) => row % FOLDS === fold]
    const train = labeled(first, second, width, learned)
    const test = labeled(first, second, width, judged)
    const model = await fitBoostedTrees(train, { seed, signal })
    perFold.push(rocAuc(model.scores(test.rows), (row) => test.labels[row] === 1))
    model.importances.forEach((importance, feature) => {
      shares[owners[feature]] += importance / FOLDS
    })
  }
  const columns = real.columns.map(({ name }, at) => ({ name, share: shares[at] }))
  return { auc: meanOf(perFold), perFold, rows: each, columns: columns.sort((a, b) => b.share - a.share) }
}

/** Those rows of both sides that are wanted, synthetic ones labeled 1. */
function labeled(
  real: Float64Array,
  synthetic: Float64Array,
  width: number,
  wanted: (row: number) => boolean,
) {
  const chosen = Array.from({ length: real.length / width }, (_, row) => row).filter(wanted)
  const count = 2 * chosen.length
  const rows = new Float64Array(count * width)
  ;[real, synthetic].forEach((side, label) => {
    chosen.forEach((row, at) => {
      rows.set(side.subarray(row * width, (row + 1) * width), (label * chosen.length + at) * width)
    })
  })
  const labels = Int32Array.from({ length: count }, (_, at) => (at < chosen.length ? 0 : 1))
  return { count, width, rows, labels, classes: 2 }
}
