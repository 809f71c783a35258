import { fillUniform, streamOf } from '../../base/random.ts'
import { farCenters, meansOf, nearestCenters, type UnitRows } from './centers.ts'
import { findGaps, type GapTable, newGaps } from './gap-table.ts'
import { addInverse, type Component, condition, inverted, newConditional, normalize } from './mixture.ts'

export interface MixtureOptions {
  /** Rows that a prior of the covariances stands for, whose spread is what the other slots leave open in each. */
  readonly ridge: number
  /** Rows that the components' common covariance stands for in each of them. */
  readonly shared: number
  readonly components: number
  readonly rounds: number
  readonly seed: number
}

/** Variance that every slot has at least, of 1: chances of levels sum to 1, and columns may repeat each other. */
export const FLOOR = 1e-5
/** Rounds that add less to the log-likelihood of a row than this are the last. */
const SETTLED = 1e-4
const starting = streamOf('mixture-start')

/** What one round of expectation gathers for a component. */
interface Gathered {
  weight: number
  readonly sum: Float64Array
  /** Σ (x − μ)(x − μ)ᵀ about the present mean, with the covariance of what is missing. */
  readonly scatter: Float64Array
}

/** Fits a mixture of Gaussians to rows with gaps by expectation and maximization. Ghahramani & Jordan 1994, §3. */
export function fitMixture(
  table: GapTable,
  options: MixtureOptions,
): { readonly components: readonly Component[]; readonly logLikelihoods: readonly number[] } {
  const { width: size } = table
  let components = [firstComponent(table)]
  const logLikelihoods: number[] = []
  const settle = (rounds: number) => {
    let last = Number.NEGATIVE_INFINITY
    for (let round = 0; round < rounds; round++) {
      const { gathered, logLikelihood } = gather(table, components)
      if (options.components === 1) logLikelihoods.push(logLikelihood)
      components = maximized(gathered, components, table.count, size, options)
      if (logLikelihood - last < SETTLED * table.count && round > 1) break
      last = logLikelihood
    }
  }
  settle(options.rounds)
  if (options.components > 1) {
    components = split(table, components[0], options)
    settle(options.rounds)
  }
  return { components, logLikelihoods }
}

/** Means and variances of what is known of each slot. */
function firstComponent({ count, width, columns, encoded, known }: GapTable): Component {
  const mean = new Float64Array(width)
  const precision = new Float64Array(width * width)
  let halfLogDeterminant = 0
  for (const [place, { at, slots }] of columns.entries())
    for (let slot = at; slot < at + slots; slot++) {
      let [seen, sum, squares] = [0, 0, 0]
      for (let row = 0; row < count; row++) {
        if (known[row * columns.length + place] === 0) continue
        const x = encoded[row * width + slot]
        seen++
        sum += x
        squares += x * x
      }
      mean[slot] = seen > 0 ? sum / seen : 0
      const variance = seen > 0 ? Math.max(squares / seen - mean[slot] ** 2, 0) : 0
      precision[slot * width + slot] = 1 / (variance + FLOOR)
      halfLogDeterminant -= 0.5 * Math.log(variance + FLOOR)
    }
  return { logWeight: 0, mean, precision, halfLogDeterminant }
}

const LEAST_SHARE = 1e-6

function gather(table: GapTable, components: readonly Component[]) {
  const { count, width: size, encoded } = table
  const gathered = components.map(
    (): Gathered => ({ weight: 0, sum: new Float64Array(size), scatter: new Float64Array(size * size) }),
  )
  const conditionals = components.map(() => newConditional(size))
  const gaps = newGaps(size)
  const weights = new Float64Array(components.length)
  const residual = new Float64Array(size)
  let logLikelihood = 0
  for (let row = 0; row < count; row++) {
    findGaps(table, row, gaps)
    for (const [k, component] of components.entries()) {
      condition(component, encoded, row * size, gaps, conditionals[k])
      weights[k] = conditionals[k].logJoint
    }
    logLikelihood += normalize(weights)
    for (const [k, component] of components.entries()) {
      const share = weights[k]
      if (share < LEAST_SHARE) continue
      const own = gathered[k]
      own.weight += share
      residual.set(conditionals[k].residual)
      for (let gap = 0; gap < gaps.count; gap++)
        residual[gaps.slots[gap]] = conditionals[k].mean[gap] - component.mean[gaps.slots[gap]]
      addOuter(own, residual, share, size)
      if (gaps.count > 0) addInverse(conditionals[k].factor, gaps, share, size, own.scatter)
    }
  }
  return { gathered, logLikelihood }
}

/** Lower triangle only, but for what `addInverse` adds, which is symmetric. */
function addOuter({ sum, scatter }: Gathered, residual: Float64Array, share: number, size: number): void {
  for (let i = 0; i < size; i++) {
    const own = share * residual[i]
    sum[i] += own
    if (own === 0) continue
    const line = i * size
    for (let j = 0; j <= i; j++) scatter[line + j] += own * residual[j]
  }
}

function maximized(
  gathered: readonly Gathered[],
  components: readonly Component[],
  count: number,
  size: number,
  { ridge, shared }: MixtureOptions,
): Component[] {
  const scatters = gathered.map((own) => centeredScatter(own, size))
  const pooled = new Float64Array(size * size)
  for (const scatter of scatters) for (let at = 0; at < pooled.length; at++) pooled[at] += scatter[at] / count
  return gathered.map(({ weight, sum }, k) => {
    const { mean, precision } = components[k]
    const prior = gathered.length > 1 ? shared : 0
    const covariance = new Float64Array(size * size)
    const total = weight + prior + ridge
    for (let at = 0; at < covariance.length; at++)
      covariance[at] = (scatters[k][at] + prior * pooled[at]) / total
    for (let i = 0; i < size; i++) covariance[i * size + i] += ridge / precision[i * size + i] / total + FLOOR
    const own = inverted(covariance, size)
    return {
      logWeight: Math.log((weight + 1) / (count + gathered.length)),
      mean: mean.map((m, i) => m + sum[i] / Math.max(weight, 1)),
      ...own,
    }
  })
}

/** The full matrix about the mean that was found. */
function centeredScatter({ weight, sum, scatter }: Gathered, size: number): Float64Array {
  const out = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const own = scatter[i * size + j] - (weight > 0 ? (sum[i] * sum[j]) / Math.max(weight, 1) : 0)
      out[i * size + j] = own
      out[j * size + i] = own
    }
  return out
}

/** Components around rows that lie far apart, in units of what the other slots leave open in each by the joint Gaussian. */
function split(table: GapTable, whole: Component, { components: wanted, seed }: MixtureOptions): Component[] {
  const { count, width: size } = table
  const filled = filledBy(table, whole)
  const rows: UnitRows = {
    count,
    size,
    numbers: filled.map((x, at) => x * Math.sqrt(whole.precision[(at % size) * (size + 1)])),
  }
  const uniform = fillUniform(new Float32Array(wanted), { seed, stream: starting, step: 0 })
  const nearest = nearestCenters(rows, farCenters(rows, uniform))
  return meansOf({ count, size, numbers: filled }, nearest, wanted).map((mean) => ({
    ...whole,
    logWeight: -Math.log(wanted),
    mean,
  }))
}

function filledBy(table: GapTable, component: Component): Float64Array {
  const { count, width: size } = table
  const filled = table.encoded.slice()
  const gaps = newGaps(size)
  const out = newConditional(size)
  for (let row = 0; row < count; row++) {
    findGaps(table, row, gaps)
    if (gaps.count === 0) continue
    condition(component, table.encoded, row * size, gaps, out)
    for (let gap = 0; gap < gaps.count; gap++) filled[row * size + gaps.slots[gap]] = out.mean[gap]
  }
  return filled
}
