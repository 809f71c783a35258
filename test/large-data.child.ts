/** Trains on a file that is not held in memory, and prints the most memory that the process ever had, in bytes. */
import { openData, train } from '../src/inside.node.ts'

const [, , path, memory] = process.argv
const dataset = await openData(path, { memory: Number(memory) })
await train(
  {
    data: { source: path, scaling: 'standardize' },
    model: {
      latent: { size: 2 },
      architecture: { name: 'mlp', hidden: [8] },
      likelihood: { name: 'gaussian' },
    },
    training: { steps: 20, batch: 64 },
    engine: { name: 'native', threads: 1 },
  },
  { dataset },
)
console.log(process.resourceUsage().maxRSS * 1024)
