import { type Candidate, referenceCandidate } from '../select.ts'
import { wasmEngine } from './wasm.ts'
import { webgpuEngine, webgpuUnfit } from './webgpu.ts'

/** The engines of a page or a worker, best first. */
export const browserEngines: readonly Candidate[] = [
  { name: 'webgpu', open: webgpuEngine, unfit: webgpuUnfit },
  { name: 'wasm', open: wasmEngine },
  referenceCandidate,
]
