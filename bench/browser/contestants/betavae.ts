import { browserEngines, openEngine, train } from '../../../src/inside.ts'
import { productTraining } from '../../contestants/product-training.ts'
import type { Contestant } from '../../contestants/protocol.ts'
import type { Job } from '../../workloads/job.ts'
import type { Told } from '../bundle.ts'

/** This package's browser entry on WebAssembly. */
export async function build(job: Job, { wasmPaths }: Told): Promise<Contestant> {
  const { engine } = await openEngine(browserEngines, 'wasm', { threads: job.threads, wasmPaths })
  return productTraining(train, engine, job)
}
