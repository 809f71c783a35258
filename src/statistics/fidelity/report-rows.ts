import type { Dependence } from './dependence.ts'
import type { Nearest } from './nearest.ts'
import type { FidelityReport, Privacy } from './report.ts'

/** One line of a text table. */
export interface FidelityRow {
  readonly name: string
  readonly value: number
  /** What rows as good as real ones would have; absent where no rows were held out to tell. */
  readonly real?: number
  /** Where it stands out, in words; empty where there is nothing to add. */
  readonly detail: string
}

/** A report in a few lines. */
export function fidelityRows(report: FidelityReport): FidelityRow[] {
  const { marginals, dependence, twoSample, transfer, nearest, privacy, copies, rows } = report
  const worst = marginals.columns.reduce((most, column) => (column.distance > most.distance ? column : most))
  const missing = marginals.columns.reduce((most, column) =>
    Math.abs(column.missing.difference) > Math.abs(most.missing.difference) ? column : most,
  )
  return [
    row('columns: mean distance', marginals.meanDistance, 0),
    row('columns: largest distance', worst.distance, 0, `of "${worst.name}"`),
    row('missing cells: largest difference', Math.abs(missing.missing.difference), 0, `of "${missing.name}"`),
    ...(dependence ? dependenceRows(dependence) : []),
    ...(twoSample
      ? [
          row(
            'two-sample classifier: ROC AUC',
            twoSample.auc,
            0.5,
            `mostly by "${twoSample.columns[0].name}"`,
          ),
        ]
      : []),
    ...(transfer
      ? [
          row(
            `"${transfer.target}" learned from synthetic rows: ${transfer.measure === 'r2' ? 'R²' : 'accuracy'}`,
            transfer.trainedOnSynthetic,
            transfer.trainedOnReal,
          ),
        ]
      : []),
    row(
      'copied rows: share',
      copies.synthetic / rows.synthetic,
      rows.heldOut === 0 ? undefined : copies.heldOut / rows.heldOut,
    ),
    ...(nearest ? nearestRows(nearest) : []),
    ...(privacy ? privacyRows(privacy) : []),
  ]
}

const dependenceRows = ({
  meanDifference,
  largestDifference,
  largestPair: pair,
}: Dependence): FidelityRow[] => [
  row('dependence: mean difference', meanDifference, 0),
  row('dependence: largest difference', largestDifference, 0, pair && `of "${pair[0]}" and "${pair[1]}"`),
]

const nearestRows = ({ synthetic, heldOut, nearer }: Nearest): FidelityRow[] => [
  row('nearest training row: median distance', synthetic.median, heldOut.median),
  row('nearer to training rows than held-out ones', nearer, 0.5),
]

const signed = (value: number): string => value.toFixed(2).replace('-', '−')

const within = ([low, high]: readonly [number, number]): string =>
  `${signed(low)} to ${signed(high)} with 95% confidence`

function privacyRows({ membership, attributes, repeats: { rareLevels, extremes } }: Privacy): FidelityRow[] {
  const { members, others } = membership
  const repeated = (name: string, { count, synthetic, heldOut }: typeof extremes): FidelityRow[] =>
    count === 0 ? [] : [row(name, synthetic / count, heldOut / count, `of ${count}`)]
  return [
    row(
      'membership attack: advantage over chance',
      membership.advantage,
      0,
      `${within(membership.interval)}, of ${members} and ${others} rows`,
    ),
    row('cells of training rows guessed better by', attributes.advantage, 0, within(attributes.interval)),
    ...repeated('rare levels that come again: share', rareLevels),
    ...repeated('least and greatest numbers that come again: share', extremes),
  ]
}

/** What stays open for want of rows, a line each. */
export const unsaidLines = ({ unsaid }: FidelityReport): string[] =>
  unsaid.map(({ part, why }) => `not told: ${PARTS[part]} (${why})`)

const PARTS = {
  dependence: 'how columns depend on each other',
  twoSample: 'whether a classifier tells synthetic rows from real ones',
  transfer: 'what synthetic rows teach about the target',
  nearest: 'whether rows lie too near those that were learned from',
  privacy: 'whether rows give away those that were learned from',
} as const satisfies Record<FidelityReport['unsaid'][number]['part'], string>

const row = (name: string, value: number, real: number | undefined, detail = ''): FidelityRow => ({
  name,
  value,
  ...(real === undefined ? {} : { real }),
  detail,
})
