/** `betavae.ts native|wasm`: this package in Node.js. */
import { nodeEngines, openEngine, train } from '../../src/inside.node.ts'
import type { Job } from '../workloads/job.ts'
import { contest } from './process.ts'
import { productTraining } from './product-training.ts'

await contest(async (job: Job) => {
  const { engine } = await openEngine(nodeEngines, process.argv[2], { threads: job.threads })
  return productTraining(train, engine, job)
})
