/** Imputers that are mixtures of Gaussians: of numbers as they are encoded, or as targets. */
import { cholesky } from '../../base/math/cholesky.ts'
import { fitMixture } from './fit-mixture.ts'
import { type GapShape, type GapTable, rowsOf, type Scale } from './gap-table.ts'
import type { FillRow, Imputer } from './imputer.ts'
import { type Component, type Conditional, condition, newConditional, normalize } from './mixture.ts'

interface Kind {
  readonly name: string
  readonly says: string
  readonly components: number
  /** Whether targets are taken in place of encoded numbers, where the two differ. */
  readonly ofTargets: boolean
}

/** Rows that the residual spread of a slot stands for: chosen among 0, 3, 10 and 30, of which none matters much. */
const RIDGE = 3
/** Rows that the common covariance stands for in each component: 10 are better on vehicle and phoneme, 100 on heart. */
const SHARED = 30
const ROUNDS = 20
/** Rows that a component should have on average. */
const LEAST_ROWS = 6
/** Products that a fit may take: some seconds. */
const MOST_WORK = 2e9
/** Numbers that the covariances of a mixture may come to. */
const MOST_NUMBERS = 120_000

/** A mixture of Gaussians by expectation and maximization. Ghahramani & Jordan 1994. */
export function gaussians({ name, says, components: wanted, ofTargets }: Kind): Imputer {
  return {
    name,
    says,
    fit(table, { seed }) {
      if (ofTargets && table.scales.every((scale) => scale === undefined)) return undefined
      const { width, count } = table
      const components = Math.min(
        wanted,
        Math.floor(count / LEAST_ROWS),
        Math.floor((2 * MOST_NUMBERS) / width ** 2),
      )
      if (components < 1 || (wanted > 1 && components < 2)) return undefined
      const view = seenBy(thinned(table, components), ofTargets)
      const options = { components, ridge: RIDGE, shared: SHARED, rounds: ROUNDS, seed }
      return packed(common(fitMixture(view, options).components, view.count), width)
    },
    open: (learned, shape) => filler(unpacked(learned, shape.width), shape, ofTargets),
  }
}

/** Rows that a component stands for at least: the mean of fewer tells too much of them. */
const LEAST_OWN = 3

const common = (components: readonly Component[], rows: number): readonly Component[] =>
  components.filter(({ logWeight }) => components.length === 1 || Math.exp(logWeight) * rows >= LEAST_OWN)

const seenBy = (table: GapTable, ofTargets: boolean): GapTable =>
  ofTargets ? { ...table, encoded: table.targets } : table

/** As many rows, spread evenly, as can be passed through in time. */
function thinned(table: GapTable, components: number): GapTable {
  const { width, count } = table
  const most = Math.max(Math.floor(MOST_WORK / (ROUNDS * components * width ** 2)), 20 * components, 50)
  if (count <= most) return table
  return rowsOf(
    table,
    Int32Array.from({ length: most }, (_, at) => Math.floor((at * count) / most)),
  )
}

/** Of each component its log weight, its mean and the lower Cholesky factor of its precision. */
export function packed(components: readonly Component[], width: number): Float32Array {
  const each = 1 + width + (width * (width + 1)) / 2
  const out = new Float32Array(components.length * each)
  for (const [k, { logWeight, mean, precision }] of components.entries()) {
    let at = k * each
    out[at++] = logWeight
    out.set(mean, at)
    at += width
    const factor = cholesky(precision, width)
    for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) out[at++] = factor[i * width + j]
  }
  return out
}

export function unpacked(learned: Float32Array, width: number): Component[] {
  const each = 1 + width + (width * (width + 1)) / 2
  return Array.from({ length: learned.length / each }, (_, k) => {
    const [logWeight] = learned.subarray(k * each)
    const mean = Float64Array.from(learned.subarray(k * each + 1, k * each + 1 + width))
    const lower = learned.subarray(k * each + 1 + width, (k + 1) * each)
    const line = (i: number) => (i * (i + 1)) / 2
    const precision = new Float64Array(width * width)
    let halfLogDeterminant = 0
    for (let i = 0; i < width; i++) {
      halfLogDeterminant += Math.log(lower[line(i) + i])
      for (let j = 0; j <= i; j++) {
        let sum = 0
        for (let l = 0; l <= j; l++) sum += lower[line(i) + l] * lower[line(j) + l]
        precision[i * width + j] = sum
        precision[j * width + i] = sum
      }
    }
    return { logWeight, mean, precision, halfLogDeterminant }
  })
}

const LEAST_WEIGHT = 1e-9

function filler(components: readonly Component[], { width, scales }: GapShape, ofTargets: boolean): FillRow {
  const conditionals = components.map(() => newConditional(width))
  const weights = new Float64Array(components.length)
  const spread = new Float64Array(width)
  return (table, row, gaps, out) => {
    const rows = ofTargets ? table.targets : table.encoded
    for (const [k, component] of components.entries()) {
      condition(component, rows, row * width, gaps, conditionals[k])
      weights[k] = conditionals[k].logJoint
    }
    normalize(weights)
    for (let gap = 0; gap < gaps.count; gap++) out[gaps.slots[gap]] = 0
    const curved = !ofTargets && gaps.slots.subarray(0, gaps.count).some((slot) => scales[slot])
    for (const [k, conditional] of conditionals.entries()) {
      if (weights[k] < LEAST_WEIGHT) continue
      if (curved) deviations(conditional, gaps.count, spread)
      for (let gap = 0; gap < gaps.count; gap++) {
        const slot = gaps.slots[gap]
        const scale = curved ? scales[slot] : undefined
        const mean = conditional.mean[gap]
        out[slot] += weights[k] * (scale ? meanTarget(scale, mean, spread[gap]) : mean)
      }
    }
  }
}

/** Standard deviations of what is missing, given what is known. */
export function deviations({ factor }: Conditional, count: number, out: Float64Array): void {
  const column = new Float64Array(count)
  for (let gap = 0; gap < count; gap++) {
    let sum = 0
    for (let i = gap; i < count; i++) {
      let left = i === gap ? 1 : 0
      for (let k = gap; k < i; k++) left -= factor[i * count + k] * column[k]
      column[i] = left / factor[i * count + i]
      sum += column[i] ** 2
    }
    out[gap] = Math.sqrt(sum)
  }
}

/** Nodes and weights of Gauss–Hermite quadrature for the standard normal distribution, exact up to the ninth power. */
const NODES = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806]
const SHARES = [
  0.011257411327720691, 0.22207592200561263, 0.5333333333333333, 0.22207592200561263, 0.011257411327720691,
]

/** The mean of the target of a normal encoded number. */
function meanTarget({ toTarget }: Scale, mean: number, deviation: number): number {
  let sum = 0
  for (let at = 0; at < NODES.length; at++) sum += SHARES[at] * toTarget(mean + deviation * NODES[at])
  return sum
}
