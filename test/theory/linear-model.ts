import { type Model, type RecipeDraft, type TrainedRun, train } from '../../src/node.ts'
import { arrayOf, datasetFrom } from './factor-data.ts'
import type { Matrix } from './linear-algebra.ts'

/** Milliseconds that a training may take where many tests share a machine; alone it takes a few seconds. */
export const PATIENCE = 120_000

/** Trains an encoder and a decoder without hidden layers, every row in every step. */
export const trainLinear = (
  rows: Matrix,
  { model, objective, training }: Pick<RecipeDraft, 'model' | 'objective' | 'training'>,
): PromiseLike<TrainedRun> =>
  train(
    {
      data: { source: 'factors', scaling: 'none', validation: 0, test: 0 },
      model: { ...model, architecture: { name: 'mlp', hidden: [] } },
      objective,
      training: { ...training, batch: rows.length },
      engine: { name: 'native', threads: 1 },
    },
    { dataset: datasetFrom(rows) },
  )

/** A learned parameter, or another table of numbers, as rows. */
export const matrixOf = (array: {
  readonly data: ArrayLike<number>
  readonly shape: readonly number[]
}): number[][] => {
  const [rows, columns = 1] = array.shape
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => array.data[i * columns + j]),
  )
}

/** q(z|x) of every row: [rows, latent] each. */
export async function posteriorsOf(
  model: Model,
  rows: Matrix,
): Promise<{ readonly means: Matrix; readonly variances: Matrix }> {
  const { mean, logVariance } = await model.encode(arrayOf(rows))
  return { means: matrixOf(mean), variances: matrixOf(logVariance!).map((row) => row.map(Math.exp)) }
}

/** KL(N(mean, variance) ‖ N(0, 1)) in nats. */
export const klOf = (mean: number, variance: number): number =>
  0.5 * (variance + mean * mean - Math.log(variance) - 1)

/** A decoder without hidden layers: x̂ = weight · z + bias. */
export interface LinearDecoder {
  readonly weight: Matrix
  readonly bias: readonly number[]
}

export const decoderOf = ({ trained: { values } }: TrainedRun): LinearDecoder => ({
  weight: matrixOf(values['decoder.0.weight']),
  bias: matrixOf(values['decoder.0.bias']).flat(),
})
