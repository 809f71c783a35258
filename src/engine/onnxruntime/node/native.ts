import { availableParallelism } from 'node:os'
import type { Engine, EngineOptions } from '../../engine.ts'
import { crewWith } from './crew.ts'
import { loadPackage } from './load-package.ts'
import { type NativeRuntime, openNativeSession } from './native-session.ts'
import { normalDraws } from './normal-draws.ts'
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
    create: (model, { threads: most = threads, rests }) =>
      ort.InferenceSession.create(model, {
        executionProviders: ['cpu'],
        intraOpNumThreads: Math.min(threads, most),
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        extra: { session: { force_spinning_stop: rests ? '1' : '0' } },
      }),
  }
  return {
    name: 'native',
    threads,
    description: `ONNX Runtime ${version}, native, ${threads} thread${threads === 1 ? '' : 's'}`,
    tolerance: 2e-5,
    update: 'host',
    ...(threads > 1 ? { crew: crewWith(threads - 1) } : {}),
    normalDraws,
    precision: 'float32',
    load: (program, options = {}) => openNativeSession(runtime, program, options),
  }
}
