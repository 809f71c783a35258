import { permutation, streamOf } from '../../base/random.ts'
import { nextTurn } from '../../base/yielding.ts'
import type { ClassifiedRows } from './logistic-regression.ts'
import { sumOf } from './mean.ts'
import { sortColumns } from './presorted.ts'
import { leafValue, type RegressionTree, treeGrower } from './regression-tree.ts'

const ROUNDS = 100
const LEARNING_RATE = 0.1

export interface BoostingOptions {
  /** Decides which of equally good splits is taken. */
  readonly seed: number
  readonly signal?: AbortSignal
}

/** A fitted classifier of sums of trees. */
export interface BoostedTrees {
  /** By column, the share of the decrease of squared error that its splits brought; all 0 where nothing was split. */
  readonly importances: Float64Array
  /** Raw scores of the rows it learned from: [outputs, count]; one output, the log odds, for two classes. */
  readonly learned: Float64Array
  /** The classes that go with raw scores. */
  classes(scores: Float64Array, count: number): Int32Array
  /** Raw scores of rows [count, width]. */
  scores(rows: Float64Array): Float64Array
}

/**
 * Gradient-boosted trees for classification, as scikit-learn's `GradientBoostingClassifier()`: 100 rounds, depth 3,
 * learning rate 0.1, exact splits. Friedman 2001, algorithm 6.
 *
 * Columns are asked in a random order, so that equal ones share their importance. Classes without a row are never
 * predicted. Throws the signal's reason.
 */
export async function fitBoostedTrees(
  data: ClassifiedRows,
  { seed, signal }: BoostingOptions,
): Promise<BoostedTrees> {
  const { width, count } = data
  const { present, places } = presentClasses(data)
  const outputs = present.length < 3 ? present.length - 1 : present.length
  const scale = outputs === 1 ? 1 : (outputs - 1) / outputs
  const start = startOf(places, present.length)
  const raw = Float64Array.from({ length: outputs * count }, (_, at) => start[Math.floor(at / count)])
  const residuals = new Float64Array(outputs * count)
  const grower = treeGrower(sortColumns(data.rows, width))
  const trees: RegressionTree[][] = Array.from({ length: Math.max(0, outputs) }, () => [])
  const stream = streamOf('metrics/trees')
  let draws = 0
  const order = () => permutation(width, { seed, stream, step: draws++ })
  for (let round = 0; round < ROUNDS && outputs > 0; round++) {
    await nextTurn()
    signal?.throwIfAborted()
    if (outputs === 1) logisticResiduals(raw, places, residuals)
    else softmaxResiduals(raw, places, outputs, residuals)
    for (let k = 0; k < outputs; k++) {
      const tree = grower.grow(residuals.subarray(k * count, (k + 1) * count), scale, order)
      trees[k].push(tree)
      for (let row = 0; row < count; row++)
        raw[k * count + row] += LEARNING_RATE * tree.value[grower.leaves[row]]
    }
  }
  const total = sumOf(grower.decrease)
  return {
    importances: grower.decrease.map((own) => (total === 0 ? 0 : own / total)),
    learned: raw,
    classes: (scores, rows) => classesOf(scores, rows, present),
    scores: (rows) => scoresOf(trees, start, rows, width),
  }
}

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

function scoresOf(
  trees: readonly (readonly RegressionTree[])[],
  start: readonly number[],
  rows: Float64Array,
  width: number,
): Float64Array {
  const count = rows.length / width
  const out = new Float64Array(trees.length * count)
  trees.forEach((own, k) => {
    for (let row = 0; row < count; row++) {
      let score = start[k]
      for (const tree of own) score += LEARNING_RATE * leafValue(tree, rows, width, row)
      out[k * count + row] = score
    }
  })
  return out
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
