import type { FidelityReport } from './report.ts'

/** One line of a text table. */
export interface FidelityRow {
  readonly name: string
  readonly value: number
  /** What rows as good as real ones would have. */
  readonly real: number
  /** Where it stands out, in words; empty where there is nothing to add. */
  readonly detail: string
}

/** A report in a few lines. */
export function fidelityRows(report: FidelityReport): FidelityRow[] {
  const { marginals, dependence, twoSample, transfer, nearest, copies, rows } = report
  const worst = marginals.columns.reduce((most, column) => (column.distance > most.distance ? column : most))
  const missing = marginals.columns.reduce((most, column) =>
    Math.abs(column.missing.difference) > Math.abs(most.missing.difference) ? column : most,
  )
  const { largestPair: pair } = dependence
  const [telling] = twoSample.columns
  return [
    row('columns: mean distance', marginals.meanDistance, 0),
    row('columns: largest distance', worst.distance, 0, `of "${worst.name}"`),
    row('missing cells: largest difference', Math.abs(missing.missing.difference), 0, `of "${missing.name}"`),
    row('dependence: mean difference', dependence.meanDifference, 0),
    row(
      'dependence: largest difference',
      dependence.largestDifference,
      0,
      pair && `of "${pair[0]}" and "${pair[1]}"`,
    ),
    row('two-sample classifier: ROC AUC', twoSample.auc, 0.5, `mostly by "${telling.name}"`),
    ...(transfer
      ? [
          row(
            `"${transfer.target}" learned from synthetic rows: ${transfer.measure === 'r2' ? 'R²' : 'accuracy'}`,
            transfer.trainedOnSynthetic,
            transfer.trainedOnReal,
          ),
        ]
      : []),
    row('copied rows: share', copies.synthetic / rows.synthetic, copies.heldOut / rows.heldOut),
    row('nearest training row: median distance', nearest.synthetic.median, nearest.heldOut.median),
    row('nearer to training rows than held-out ones', nearest.nearer, 0.5),
  ]
}

const row = (name: string, value: number, real: number, detail = ''): FidelityRow => ({
  name,
  value,
  real,
  detail,
})
