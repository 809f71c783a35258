import { type Candidate, referenceCandidate } from '../../select.ts'
import { nativeEngine } from './native.ts'
import { nodeWasmEngine } from './wasm.ts'
import { nodeWebgpuEngine, nodeWebgpuUnfit } from './webgpu.ts'

/** The engines of Node.js, best first. */
export const nodeEngines: readonly Candidate[] = [
  { name: 'native', open: nativeEngine, expected: true },
  { name: 'webgpu', open: nodeWebgpuEngine, unfit: nodeWebgpuUnfit },
  { name: 'wasm', open: nodeWasmEngine },
  referenceCandidate,
]
