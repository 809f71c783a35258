import type { Engine } from '../../engine.ts'
import { type WebOptions, wasmEngineOf } from '../wasm.ts'

/** ONNX Runtime as WebAssembly in Node, which takes another build of it than a page does. */
export const nodeWasmEngine = async (options: WebOptions = {}): Promise<Engine> =>
  wasmEngineOf(await import('onnxruntime-web'), options)
