import { sumOf } from '../../base/math/sums.ts'
import { type Boosted, type BoostingOptions, boost } from './boosting.ts'
import type { ClassifiedRows } from './logistic-regression.ts'
import type { LeafRule } from './regression-tree.ts'

/** A mean curvature below this counts as zero, as in scikit-learn's line search. */
const NO_CURVATURE = 1e-150

/** A fitted classifier of sums of trees; for two classes it has one output, the log odds of the second. */
export interface BoostedTrees extends Boosted {
  /** The classes that go with raw scores. */
  classes(scores: Float64Array, count: number): Int32Array
}

/**
 * Gradient-boosted trees for classification, as scikit-learn's `GradientBoostingClassifier()`. Friedman 2001,
 * algorithm 6.
 *
 * Classes without a row are never predicted. Throws the signal's reason.
 */
export async function fitBoostedTrees(data: ClassifiedRows, options: BoostingOptions): Promise<BoostedTrees> {
  const { rows, width } = data
  const { present, places } = presentClasses(data)
  const outputs = present.length < 3 ? present.length - 1 : present.length
  const boosted = await boost(
    {
      rows,
      width,
      start: startOf(places, present.length).slice(0, outputs),
      leaf: newtonStep(outputs === 1 ? 1 : (outputs - 1) / outputs),
      residuals: (raw, out) =>
        outputs === 1 ? logisticResiduals(raw, places, out) : softmaxResiduals(raw, places, outputs, out),
    },
    options,
  )
  return { ...boosted, classes: (scores, count) => classesOf(scores, count, present) }
}

/** `scale`·Σ(y − p) / Σ p(1 − p). */
const newtonStep =
  (scale: number): LeafRule =>
  ({ count, residuals, curvature }) =>
    curvature >= NO_CURVATURE * count ? (scale * residuals) / curvature : 0

/** The classes that have rows, in order, and each row's place among them. */
function presentClasses({ labels, classes }: ClassifiedRows): { present: number[]; places: Int32Array } {
  const seen = new Set(labels)
  const present = Array.from({ length: classes }, (_, label) => label).filter((label) => seen.has(label))
  return { present, places: labels.map((label) => present.indexOf(label)) }
}

/** Log odds of the second class, or logarithms of all frequencies less their mean. */
function startOf(places: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const place of places) counts[place]++
  const logs = counts.map((count) => Math.log(count / places.length))
  return classes === 2 ? [logs[1] - logs[0]] : logs.map((log) => log - sumOf(logs) / classes)
}

function logisticResiduals(raw: Float64Array, places: Int32Array, out: Float64Array): void {
  for (let row = 0; row < places.length; row++) out[row] = places[row] - 1 / (1 + Math.exp(-raw[row]))
}

function softmaxResiduals(raw: Float64Array, places: Int32Array, outputs: number, out: Float64Array): void {
  const count = places.length
  const largest = raw.slice(0, count)
  for (let k = 1; k < outputs; k++)
    for (let row = 0; row < count; row++) largest[row] = Math.max(largest[row], raw[k * count + row])
  const sums = new Float64Array(count)
  for (let k = 0; k < outputs; k++)
    for (let row = 0; row < count; row++) {
      const weight = Math.exp(raw[k * count + row] - largest[row])
      out[k * count + row] = weight
      sums[row] += weight
    }
  for (let k = 0; k < outputs; k++)
    for (let row = 0; row < count; row++) {
      const at = k * count + row
      out[at] = (places[row] === k ? 1 : 0) - out[at] / sums[row]
    }
}

/** The class of the largest score; with a single output its sign decides, with none there is one class. */
function classesOf(scores: Float64Array, count: number, present: readonly number[]): Int32Array {
  const outputs = scores.length / count
  return Int32Array.from({ length: count }, (_, row) => {
    if (outputs < 2) return present[outputs === 1 && scores[row] >= 0 ? 1 : 0]
    let best = 0
    for (let k = 1; k < outputs; k++) if (scores[k * count + row] > scores[best * count + row]) best = k
    return present[best]
  })
}
