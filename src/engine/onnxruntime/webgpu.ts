import type * as Ort from 'onnxruntime-common'
import { fail } from '../../base/errors.ts'
import { turns } from '../../base/turns.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import { withRuntimeFiles } from './runtime-files.ts'
import { openSession, type Runtime } from './session.ts'
import { configureWeb } from './wasm.ts'

/** The provider breaks where two calls into it overlap, whichever programs they are for. */
const inTurn = turns()

/**
 * ONNX Runtime on WebGPU, in a page or a worker. Carried state stays in GPU memory from run to run.
 *
 * An op that the WebGPU provider lacks runs on the CPU, as WebAssembly: right, only slower. Rejects with
 * `engine/unavailable` where there is no adapter.
 */
export async function webgpuEngine(options: EngineOptions = {}): Promise<Engine> {
  const adapter = await gpuAdapter()
  const ort: typeof Ort = await import('onnxruntime-web/webgpu')
  const threads = configureWeb(ort, options)
  const runtime: Runtime = {
    Tensor: ort.Tensor,
    inTurn,
    create: (model, carried) =>
      withRuntimeFiles(
        ort.InferenceSession.create(model, {
          executionProviders: ['webgpu'],
          graphOptimizationLevel: 'all',
          logSeverityLevel: 3,
          preferredOutputLocation: Object.fromEntries(carried.map((name) => [name, 'gpu-buffer'])),
        }),
      ),
  }
  const { vendor, architecture } = adapter.info
  return {
    name: 'webgpu',
    threads,
    description: `ONNX Runtime ${ort.env.versions.web ?? ort.env.versions.common}, WebGPU, ${[vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter'}`,
    // SwiftShader keeps within 1e-6; WGSL lets a GPU's exp, log and tanh be coarser.
    tolerance: 1e-4,
    update: 'program',
    precision: 'float32',
    load: (program, loadOptions = {}) => openSession(runtime, program, loadOptions),
  }
}

async function gpuAdapter(): Promise<GPUAdapter> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter()
  return (
    adapter ??
    fail({
      code: 'engine/unavailable',
      seen: globalThis.navigator?.gpu ? 'WebGPU without an adapter' : 'no WebGPU here',
      wanted: 'a browser with WebGPU and a GPU it may use',
      fix: 'use another browser or turn hardware acceleration on, or take --engine wasm',
    })
  )
}

/** Why a page that was not asked for WebGPU should not have it; undefined where it should. */
export async function webgpuUnfit(): Promise<string | undefined> {
  const { info } = await gpuAdapter()
  const software =
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe/i.test(`${info.architecture} ${info.description}`)
  return software ? 'its adapter is a CPU in disguise, slower than WebAssembly' : undefined
}
