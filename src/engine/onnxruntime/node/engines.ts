import { type Candidate, referenceCandidate } from '../../select.ts'
import { nativeEngine } from './native.ts'
import { nodeWasmEngine } from './wasm.ts'

/** The engines of Node.js, best first. */
export const nodeEngines: readonly Candidate[] = [
  { name: 'native', open: nativeEngine, expected: true },
  { name: 'wasm', open: nodeWasmEngine },
  referenceCandidate,
]
