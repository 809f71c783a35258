import { datasetOf, type Engine, type RecipeDraft, type TrainPlain, version } from '../../src/inside.ts'
import { parameterCount } from '../networks/cost.ts'
import { product } from '../networks/layer.ts'
import { pictures } from '../networks/materials.ts'
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
        if (value?.kind === 'start') check(value.parameters, parameterCount(job.network))
        if (value?.kind === 'step') return value.loss
      }
    },
  }
}

function check(parameters: number, wanted: number): void {
  if (parameters !== wanted) throw new Error(`a model of ${parameters} parameters, the others' has ${wanted}`)
}

function datasetFrom(job: Job) {
  const rows = pictures(job)
  const copies = Math.ceil(DATASET_BYTES / rows.length)
  const tiled = new Uint8Array(copies * rows.length)
  for (let copy = 0; copy < copies; copy++) tiled.set(rows, copy * rows.length)
  const { shape } = job.network
  return datasetOf({ data: tiled, shape: [tiled.length / product(shape), ...shape] }, { name: 'strokes' })
}

const draftOf = ({ architecture, network, batch, rate }: Job): RecipeDraft => ({
  data: { source: 'strokes', binarize: 'none', scaling: 'unit', validation: 0, test: 0 },
  model: { architecture, latent: { size: network.latent }, likelihood: { name: 'bernoulli' } },
  objective: { name: 'vae' },
  training: { steps: 1_000_000, batch, learningRate: rate, seed: 0 },
})
