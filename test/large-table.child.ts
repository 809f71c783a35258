/** Trains on a table whose encoded rows are held up to so many bytes, and prints the most bytes that were in use at once. */
import { openData, train } from '../src/inside.node.ts'

const [, , path, memory] = process.argv

/** Bytes of objects and arrays that something still refers to. */
function inUse(): number {
  globalThis.gc?.()
  // Memory of arrays that were collected is counted until the next collection has begun.
  globalThis.gc?.({ type: 'minor' })
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

// How much a process holds depends on when memory is collected, hence on how busy the machine is; what is in use does not.
let peak = inUse()
let samples: NodeJS.Timeout | undefined
/** Collecting all memory takes as long as it takes; it gets a fifth of the time at most. */
function sample(): void {
  const began = performance.now()
  peak = Math.max(peak, inUse())
  samples = setTimeout(sample, Math.max(100, 4 * (performance.now() - began)))
}
sample()
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
clearTimeout(samples)
inUse()
console.log(
  JSON.stringify({
    peak,
    kept: process.memoryUsage().arrayBuffers,
    digest: dataset.digest,
    count: dataset.count,
    steps: recipe.training.steps,
  }),
)
