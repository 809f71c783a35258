import { logGamma } from '../../base/math/log-gamma.ts'
import type { TableLayout } from '../../data/tables/layout.ts'
import type { Engine } from '../../engine/engine.ts'
import { program } from '../../graph/program.ts'
import { decoderOutputs } from '../../model/autoencoder.ts'
import { CONDITION } from '../../model/condition.ts'
import { FIRST_DEGREES } from '../../model/likelihoods/columns.ts'
import { askedConditions } from '../kept-conditions.ts'
import type { ModelParts } from '../model-parts.ts'
import { CODES, CONDITIONS } from '../model-parts.ts'

/** Below this a probability counts as this: what never occurred is unusual, not impossible. */
export const LEAST = 1e-6

/**
 * Puts the nats of each cell of encoded rows [n × width] into `out` [n × columns], as if nothing else were known of its
 * row; 0 where it is missing.
 */
export type AloneNats = (rows: Float32Array, out: Float64Array) => void

/** Nats of a cell of the encoded row that begins at `from`. */
type CellCost = (rows: Float32Array, from: number) => number

/** Mean and variance of each number of a row over codes of training rows. */
export interface Typical {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/**
 * What each cell costs under its column alone: the β-VAE of β → ∞, whose code says nothing.
 *
 * Real columns are Student-t of unit scale about their mean, which standardizing put at 0; counts negative binomial,
 * the Poisson of a rate that differs between rows; the others have the shares of their levels.
 */
export async function aloneNats(engine: Engine, parts: ModelParts, layout: TableLayout): Promise<AloneNats> {
  const typical = await typicalOf(engine, parts)
  const { width, columns } = layout
  const costs = columns.map((column) => costOf(column, typical))
  return (rows, out) => {
    for (const [column, cost] of costs.entries()) {
      const { mask } = columns[column]
      for (let row = 0, from = 0; from < rows.length; row++, from += width)
        out[row * columns.length + column] = rows[from + mask] === 1 ? cost(rows, from) : 0
    }
  }
}

function costOf({ group, slots }: TableLayout['columns'][number], { mean, variance }: Typical): CellCost {
  const [at] = slots
  const ofShare = (share: number) => -Math.log(Math.max(share, LEAST))
  if (group === 'real') return (rows, from) => studentCost(rows[from + at] - mean[at])
  if (group === 'count') {
    const cost = countCost(mean[at], variance[at])
    return (rows, from) => cost(rows[from + at])
  }
  if (group === 'binary') {
    const [none, one] = [ofShare(1 - mean[at]), ofShare(mean[at])]
    return (rows, from) => (rows[from + at] === 1 ? one : none)
  }
  const shares = slots.map((slot) => ofShare(mean[slot]))
  return (rows, from) => {
    let level = 0
    while (level < shares.length - 1 && rows[from + at + level] !== 1) level++
    return shares[level]
  }
}

const studentCost = (x: number): number => ((FIRST_DEGREES + 1) / 2) * Math.log1p(x ** 2 / FIRST_DEGREES)

/** −log of a negative binomial of this mean, whose rates have this variance; Poisson where they have none. */
function countCost(mean: number, variance: number): (count: number) => number {
  const rate = Math.max(mean, LEAST)
  if (variance < LEAST * rate) return (count) => rate - count * Math.log(rate) + logGamma(count + 1)
  const shape = rate ** 2 / variance
  const [none, more] = [Math.log(shape / (shape + rate)), Math.log(rate / (shape + rate))]
  const own = logGamma(shape) - shape * none
  return (count) => own - logGamma(count + shape) + logGamma(count + 1) - count * more
}

/** By the decoder's answers to the codes that the model keeps, or to the prior's center where it keeps none. */
export async function typicalOf(engine: Engine, { spec, example, values }: ModelParts): Promise<Typical> {
  const { [CODES]: codes = { data: new Float32Array(spec.latent.size), shape: [1, spec.latent.size] } } =
    values
  const condition = askedConditions(
    { spec, values },
    { condition: values[CONDITIONS], where: {} },
    codes.shape[0],
  )
  using decoder = await engine.load(program('decoder', decoderOutputs(spec, example)), { constants: values })
  const { reconstruction: answers } = await decoder.run({
    z: codes,
    ...(condition && { [CONDITION]: condition }),
  })
  const [count] = answers.shape
  const width = answers.data.length / count
  const mean = new Float64Array(width)
  const square = new Float64Array(width)
  answers.data.forEach((x, at) => {
    mean[at % width] += x / count
    square[at % width] += x ** 2 / count
  })
  return { mean, variance: square.map((x, at) => Math.max(0, x - mean[at] ** 2)) }
}
