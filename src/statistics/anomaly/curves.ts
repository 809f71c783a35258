import { fail } from '../../base/errors.ts'
import { rocAuc as areaUnderRoc } from '../roc-auc.ts'
import { checkScores, descending } from './scores.ts'

/** Of each row: 1 or true for an anomaly, 0 or false for a normal row. @inline */
export type Labels = ArrayLike<number | boolean>

/**
 * Area under the ROC curve: how often an anomaly scores above a normal row, equal scores counting half.
 *
 * Errors: `anomaly/label-count`, `anomaly/label`, `anomaly/one-class`, `anomaly/score`.
 *
 * @example
 * ```ts
 * import { averagePrecision, rocAuc } from 'betavae/metrics'
 *
 * const [scores, isOdd] = [[0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]]
 * console.log(rocAuc(scores, isOdd), averagePrecision(scores, isOdd)) // 0.75, 0.83
 * ```
 */
export function rocAuc(scores: ArrayLike<number>, labels: Labels): number {
  anomaliesAmong(scores, labels)
  return areaUnderRoc(scores, (row) => Number(labels[row]) === 1)
}

/**
 * Average precision, Σ (Rₙ − Rₙ₋₁)·Pₙ over the distinct scores from the highest down: precision, weighted by the recall
 * that each brings. As scikit-learn defines it, without interpolation.
 *
 * Errors: as of `rocAuc`.
 */
export function averagePrecision(scores: ArrayLike<number>, labels: Labels): number {
  const anomalies = anomaliesAmong(scores, labels)
  const order = descending(scores)
  let sum = 0
  let found = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    const before = found
    for (; to < order.length && scores[order[to]] === scores[order[from]]; to++)
      found += Number(labels[order[to]])
    sum += ((found - before) / anomalies) * (found / to)
  }
  return sum
}

/**
 * The ROC curve from [0, 0] to [1, 1]: false-alarm rate and detection rate above each distinct score, at most about `most`
 * points of it.
 *
 * Errors: as of `rocAuc`.
 */
export function rocCurve(scores: ArrayLike<number>, labels: Labels, most = 200): [number, number][] {
  const anomalies = anomaliesAmong(scores, labels)
  const normal = scores.length - anomalies
  const order = descending(scores)
  const points: [number, number][] = [[0, 0]]
  let found = 0
  for (let row = 0; row < order.length; row++) {
    found += Number(labels[order[row]])
    const isEndOfTie = scores[order[row]] !== scores[order[row + 1]]
    if (isEndOfTie) points.push([(row + 1 - found) / normal, found / anomalies])
  }
  const every = Math.ceil(points.length / most)
  return points.filter((_, at) => at % every === 0 || at === points.length - 1)
}

/** How many anomalies there are; fails where scores and labels do not make a curve. */
function anomaliesAmong(scores: ArrayLike<number>, labels: Labels): number {
  const count = labels.length
  if (scores.length !== count)
    fail({
      code: 'anomaly/label-count',
      seen: `${scores.length} scores and ${count} labels`,
      wanted: 'one label for each score',
      fix: 'give the labels of the rows that were scored, in their order',
    })
  checkScores(scores)
  let anomalies = 0
  for (let row = 0; row < count; row++) {
    const label = Number(labels[row])
    if (label !== 0 && label !== 1) failOnLabel(row, labels[row])
    anomalies += label
  }
  if (anomalies === 0 || anomalies === count)
    fail({
      code: 'anomaly/one-class',
      seen: `${count} rows, all of them ${anomalies === 0 ? 'normal' : 'anomalies'}`,
      wanted: 'rows of both classes',
      fix: 'score rows among which some are labeled 1 and some 0',
      usage: true,
    })
  return anomalies
}

const failOnLabel = (row: number, label: number | boolean): never =>
  fail({
    code: 'anomaly/label',
    seen: `label ${label} of row ${row}`,
    wanted: '1 for an anomaly or 0 for a normal row',
    fix: 'recode the labels as 0 and 1',
    usage: true,
  })
