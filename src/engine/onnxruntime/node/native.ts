import { availableParallelism } from 'node:os'
import type { Engine, EngineOptions } from '../../engine.ts'
import { loadPackage } from './load-package.ts'
import { type NativeRuntime, openNativeSession } from './native-session.ts'
import { stopsUnread } from './unread.ts'

/** Asked once in a process. */
let isAsked: Promise<boolean> | undefined

/** ONNX Runtime's native library. Rejects with `engine/unavailable` where the optional package cannot be loaded. */
export async function nativeEngine({
  threads = availableParallelism(),
}: EngineOptions = {}): Promise<Engine> {
  const { ort, version } = await loadPackage()
  isAsked ??= stopsUnread(ort)
  const runtime: NativeRuntime = {
    Tensor: ort.Tensor,
    stopsUnread: await isAsked,
    create: (model, most = threads) =>
      ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: Math.min(threads, most),
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      }),
  }
  return {
    name: 'native',
    threads,
    description: `ONNX Runtime ${version}, native, ${threads} thread${threads === 1 ? '' : 's'}`,
    tolerance: 2e-5,
    update: 'host',
    precision: 'float32',
    load: (program, options = {}) => openNativeSession(runtime, program, options),
  }
}
