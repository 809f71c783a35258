/** Trains on a table whose encoded rows are held up to so many bytes, and prints the most memory that the process ever had. */
import { openData, train } from '../src/inside.node.ts'

const [, , path, memory] = process.argv
const dataset = await openData(path, { memory: Number(memory), table: true })
const { recipe } = (
  await train(
    {
      data: { source: path },
      model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
      training: { steps: 20, batch: 64 },
      engine: { name: 'native', threads: 1 },
    },
    { dataset },
  )
).trained
globalThis.gc?.()
console.log(
  JSON.stringify({
    peak: process.resourceUsage().maxRSS * 1024,
    kept: process.memoryUsage().arrayBuffers,
    digest: dataset.digest,
    count: dataset.count,
    steps: recipe.training.steps,
  }),
)
