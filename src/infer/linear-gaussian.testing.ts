/** A model whose every quantity has a closed form: x = Wz + b + σ·noise, W with orthogonal columns. Tipping and Bishop 1999. */
import type { NDArray } from '../base/arrays.ts'
import { fillNormal, streams } from '../base/random.ts'
import { datasetOf } from '../data/dataset.ts'
import type { Rows } from '../data/examples.ts'
import type { Feeds } from '../engine/engine.ts'
import type { ExampleType } from '../model/autoencoder.ts'
import { completeModel, type ModelSpec } from '../model/spec.ts'

export const SIZE = 4
export const LATENT = 3
const SIGMA = 0.5
/** Column j of W is LENGTHS[j]·e_j: the last unit of the code does nothing. */
const LENGTHS = [2, 1, 0]
const BIAS = [1, -1, 0.5, 0]

export const example: ExampleType = { shape: [SIZE], dtype: 'float32', scaleShape: [] }

export const linearModel = (likelihood: ModelSpec['likelihood']): ModelSpec =>
  completeModel(
    {
      architecture: { name: 'mlp', hidden: [] },
      latent: { name: 'gaussian', size: LATENT, draws: 1 },
      prior: { name: 'standard' },
      likelihood,
    },
    example.shape,
  )

export const gaussianModel = linearModel({ name: 'gaussian', sigma: SIGMA })

const array = (shape: readonly number[], at: (row: number, column: number) => number): NDArray => ({
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) =>
    at(Math.floor(i / (shape[1] ?? 1)), i % (shape[1] ?? 1)),
  ),
  shape,
})

/** What `boundLogVariance` maps to a log-variance. */
const unbound = (logVariance: number): number => logVariance / Math.sqrt(1 - (logVariance / 20) ** 2)

/** Parameters whose posterior is the true one; `offset` shifts its means and `widen` multiplies its variances. */
export function linearValues({
  variance = SIGMA ** 2,
  offset = 0,
  widen = 1,
}: {
  variance?: number
  offset?: number
  widen?: number
} = {}): Feeds {
  const gain = (unit: number) => LENGTHS[unit] / (LENGTHS[unit] ** 2 + variance)
  const posteriorVariance = (unit: number) => variance / (LENGTHS[unit] ** 2 + variance)
  return {
    'encoder.mean.weight': array([LATENT, SIZE], (unit, column) => (unit === column ? gain(unit) : 0)),
    'encoder.mean.bias': array([LATENT], (unit) => offset - gain(unit) * BIAS[unit]),
    'encoder.logVariance.weight': array([LATENT, SIZE], () => 0),
    'encoder.logVariance.bias': array([LATENT], (unit) => unbound(Math.log(widen * posteriorVariance(unit)))),
    'decoder.0.weight': array([SIZE, LATENT], (row, unit) => (row === unit ? LENGTHS[unit] : 0)),
    'decoder.0.bias': array([SIZE], (row) => BIAS[row]),
    'data.shift': { data: Float64Array.of(0), shape: [] },
    'data.scale': { data: Float64Array.of(1), shape: [] },
  }
}

/** −log p(x) of each row: each entry is normal around its bias with variance length² + σ². */
export const trueLosses = ({ data }: NDArray, variance = SIGMA ** 2): number[] =>
  Array.from({ length: data.length / SIZE }, (_, row) =>
    BIAS.reduce((sum, bias, column) => {
      const total = (LENGTHS[column] ?? 0) ** 2 + variance
      return sum + (data[row * SIZE + column] - bias) ** 2 / (2 * total) + 0.5 * Math.log(2 * Math.PI * total)
    }, 0),
  )

/** Rows drawn from the model itself. */
export function linearRows(count: number, seed = 1): { rows: Rows; x: NDArray<Float32Array> } {
  const noise = fillNormal(new Float32Array(count * SIZE), { seed, stream: streams.prior, step: 0 })
  const data = noise.map((value, i) => {
    const column = i % SIZE
    return BIAS[column] + Math.hypot(LENGTHS[column] ?? 0, SIGMA) * value
  })
  const x = { data, shape: [count, SIZE] }
  const dataset = datasetOf(x, { name: 'linear' })
  return { rows: { dataset, indices: Uint32Array.from({ length: count }, (_, i) => i), ownTest: false }, x }
}
