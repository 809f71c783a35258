import { availableParallelism } from 'node:os'
import type { Engine, EngineOptions } from '../../engine.ts'
import { usualThreads, wasmEngineOf } from '../wasm.ts'

/** ONNX Runtime as WebAssembly in Node, which takes another build of it than a page does. */
export const nodeWasmEngine = async (options: EngineOptions = {}): Promise<Engine> =>
  // Node.js 20 has no navigator that would tell of its cores.
  wasmEngineOf(
    await import('onnxruntime-web'),
    { threads: usualThreads(availableParallelism()), ...options },
    true,
  )
