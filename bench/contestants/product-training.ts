import { datasetOf, type Engine, type RecipeDraft, type TrainPlain, version } from '../../src/inside.ts'
import { parameterCount } from '../networks/cost.ts'
import { product } from '../networks/layer.ts'
import { examples } from '../networks/materials.ts'
import { learnedByLikelihood } from '../networks/table.ts'
import type { Job } from '../workloads/job.ts'
import type { Contestant } from './protocol.ts'

/** Copies of the batches make a data set of about MNIST's size in memory. */
const DATASET_BYTES = 47e6

/**
 * This package through its public API: one step is what a training yields as one, with its batch gathered,
 * its noise drawn and its losses reported by term.
 */
export function productTraining(train: TrainPlain, engine: Engine, job: Job): Contestant {
  const events = train(draftOf(job), { dataset: datasetFrom(job), engine })[Symbol.asyncIterator]()
  return {
    version,
    note: engine.description,
    async step() {
      for (;;) {
        const { value } = await events.next()
        if (value?.kind === 'start')
          check(value.parameters, parameterCount(job.network) + (job.columns ? learnedByLikelihood : 0))
        if (value?.kind === 'step') return value.loss
      }
    },
  }
}

function check(parameters: number, wanted: number): void {
  if (parameters !== wanted) throw new Error(`a model of ${parameters} parameters, the others' has ${wanted}`)
}

function datasetFrom(job: Job) {
  const rows = examples(job)
  const copies = Math.ceil(DATASET_BYTES / rows.byteLength)
  const tiled = new (rows instanceof Uint8Array ? Uint8Array : Float32Array)(copies * rows.length)
  for (let copy = 0; copy < copies; copy++) tiled.set(rows, copy * rows.length)
  const { shape } = job.network
  return datasetOf({ data: tiled, shape: [tiled.length / product(shape), ...shape] }, { name: 'strokes' })
}

const draftOf = ({ architecture, network, columns, batch, rate }: Job): RecipeDraft => ({
  data: {
    source: 'strokes',
    binarize: 'none',
    scaling: columns ? 'none' : 'unit',
    validation: 0,
    test: 0,
  },
  model: {
    architecture,
    latent: { size: network.latent },
    likelihood: columns ? { name: 'columns', columns: [...columns] } : { name: 'bernoulli' },
  },
  objective: { name: 'vae' },
  training: { steps: 1_000_000, batch, learningRate: rate, seed: 0 },
})
