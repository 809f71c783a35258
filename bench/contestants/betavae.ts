import { readFileSync } from 'node:fs'
import { datasetOf, nodeEngines, openEngine, type RecipeDraft, train } from '../../src/node.ts'
import type { Assignment } from '../workloads.ts'
import { contest } from './protocol.ts'

/** Enough copies of the batches that an epoch is as long as MNIST's, gathered from as much memory. */
const copies = 64

/**
 * This package through its public API, `betavae.ts native|wasm`: one step is what a training yields as
 * one, with its batch gathered, its noise drawn and its losses reported by term. It starts from its own
 * initialization.
 */
await contest(async (assignment) => {
  const { threads } = assignment
  const { engine } = await openEngine(nodeEngines, process.argv[2], { threads })
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const events = train(draftOf(assignment), { dataset: datasetFrom(assignment), engine })[
    Symbol.asyncIterator
  ]()
  return {
    version,
    note: engine.description,
    step: async () => {
      for (;;) {
        const { value } = await events.next()
        if (value?.kind === 'step') return value.loss
      }
    },
  }
})

function datasetFrom({ batches, sizes: [data] }: Assignment) {
  const rows = readFileSync(batches)
  const tiled = new Uint8Array(copies * rows.length)
  for (let copy = 0; copy < copies; copy++) tiled.set(rows, copy * rows.length)
  return datasetOf({ data: tiled, shape: [tiled.length / data, data] }, { name: 'strokes' })
}

function draftOf({ sizes: [, hidden, latent], batch, rate }: Assignment): RecipeDraft {
  return {
    data: { source: 'strokes', binarize: 'none', scaling: 'unit', validation: 0, test: 0 },
    model: {
      architecture: { name: 'mlp', hidden: [hidden] },
      latent: { size: latent },
      likelihood: { name: 'bernoulli' },
    },
    objective: { name: 'vae' },
    training: { steps: 1_000_000, batch, learningRate: rate },
  }
}
