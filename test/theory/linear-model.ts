import type { Matrix } from '../../src/base/math/linear-algebra.ts'
import { type RecipeDraft, type TrainedRun, train } from '../../src/inside.node.ts'
import { datasetFrom } from './factor-data.ts'

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
