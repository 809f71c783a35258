import type { Engine, EngineOptions } from '../../engine.ts'
import { wasmEngineOf } from '../wasm.ts'

/** ONNX Runtime as WebAssembly in Node, which takes another build of it than a page does. */
export const nodeWasmEngine = async (options: EngineOptions = {}): Promise<Engine> =>
  wasmEngineOf(await import('onnxruntime-web'), options)
