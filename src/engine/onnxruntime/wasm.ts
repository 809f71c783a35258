import type * as Ort from 'onnxruntime-common'
import type { Engine, EngineOptions } from '../engine.ts'
import { withRuntimeFiles } from './runtime-files.ts'
import { openSession, type Runtime } from './session.ts'

const cores = (): number => globalThis.navigator?.hardwareConcurrency ?? 1

/** Threads for as many cores; ONNX Runtime, too, takes no more than four unasked. */
export const usualThreads = (cores: number): number => Math.min(cores, 4)

/**
 * A page's threads start from ONNX Runtime's own script, and one that is bundled would start the page's script instead
 * and wait for ever: so they need to be told where that script is.
 */
const pageThreads = (wasmPaths: string | undefined): boolean =>
  wasmPaths !== undefined && globalThis.crossOriginIsolated === true

/** A build of onnxruntime-web starts its threads once; who comes later shares them. */
const started = new WeakMap<object, number>()

/** Sets up the WebAssembly side of a build of onnxruntime-web; gives the threads it will use. */
export function configureWeb(
  ort: typeof Ort,
  { threads = usualThreads(cores()), wasmPaths }: EngineOptions,
  hasThreads = pageThreads(wasmPaths),
): number {
  const used = started.get(ort.env.wasm) ?? (hasThreads ? threads : 1)
  started.set(ort.env.wasm, used)
  ort.env.wasm.numThreads = used
  ort.env.logLevel = 'error'
  if (wasmPaths) ort.env.wasm.wasmPaths = wasmPaths
  return used
}

/** The WebAssembly engine over a build of onnxruntime-web; its results are the same to the bit on any number of threads. */
export function wasmEngineOf(ort: typeof Ort, options: EngineOptions, hasThreads?: boolean): Engine {
  const threads = configureWeb(ort, options, hasThreads)
  const runtime: Runtime = {
    Tensor: ort.Tensor,
    create: (model) =>
      withRuntimeFiles(
        ort.InferenceSession.create(model, {
          executionProviders: ['wasm'],
          graphOptimizationLevel: 'all',
          logSeverityLevel: 3,
        }),
      ),
  }
  return {
    name: 'wasm',
    threads,
    description: `ONNX Runtime ${ort.env.versions.web ?? ort.env.versions.common}, WebAssembly, ${threads} thread${threads === 1 ? '' : 's'}`,
    tolerance: 2e-5,
    update: 'host',
    precision: 'float32',
    load: (program, loadOptions = {}) => openSession(runtime, program, loadOptions),
  }
}

/** ONNX Runtime as WebAssembly, in a page or a worker. */
export const wasmEngine = async (options: EngineOptions = {}): Promise<Engine> =>
  wasmEngineOf(await import('onnxruntime-web/wasm'), options)
