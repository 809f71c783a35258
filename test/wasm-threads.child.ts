/** Trains as WebAssembly on as many threads as it is told, and prints what ran and a digest of the model. */
import { createHash } from 'node:crypto'
import { nodeEngines, openEngine, train, writeWeights } from '../src/inside.node.ts'

const { engine } = await openEngine(nodeEngines, 'wasm', JSON.parse(process.argv[2]))
const { trained } = await train(
  {
    data: { source: 'digits' },
    model: { latent: { size: 8 }, architecture: { name: 'mlp', hidden: [128] } },
    training: { steps: 20, batch: 128 },
  },
  { engine },
)
const digest = createHash('sha256').update(writeWeights(trained)).digest('hex')
console.log(JSON.stringify({ engine: engine.description, digest }))
