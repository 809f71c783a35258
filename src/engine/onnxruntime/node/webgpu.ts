import { BetavaeError, fail } from '../../../base/errors.ts'
import { turns } from '../../../base/turns.ts'
import type { Engine } from '../../engine.ts'
import { openSession, type Runtime } from '../session.ts'
import { createOnGpu } from './gpu-session.ts'
import { loadPackage } from './load-package.ts'
import { probeGpu } from './probe-gpu.ts'
import { readBack } from './read-back.ts'

/** One device serves all sessions of a process, one call after another. */
const inTurn = turns()

/**
 * ONNX Runtime's native library on the WebGPU that it brings: Vulkan, Metal or Direct3D 12. Carried state stays in GPU
 * memory from run to run.
 *
 * Rejects with `engine/unavailable` where the package or a GPU is missing. A run on a device that has gone rejects with
 * `engine/gpu-lost`.
 */
export async function nodeWebgpuEngine(): Promise<Engine> {
  const { ort, version } = await loadPackage()
  await probeGpu()
  const runtime: Runtime = {
    Tensor: ort.Tensor,
    inTurn,
    create: (model, carried) => createOnGpu(ort, model, carried),
    download: readBack((model) => createOnGpu(ort, model, [])),
  }
  return {
    name: 'webgpu',
    threads: 1,
    description: `ONNX Runtime ${version}, WebGPU`,
    tolerance: 1e-4,
    update: 'program',
    precision: 'float32',
    async load(program, options = {}) {
      const executable = await openSession(runtime, program, options)
      return {
        ...executable,
        run: (feeds, into) => executable.run(feeds, into).catch(refuseLost),
        state: () => executable.state().catch(refuseLost),
      }
    },
  }
}

/** Why `auto` does not take it. */
export const nodeWebgpuUnfit = async (): Promise<string> =>
  'whether a GPU is faster hangs on the model, so it is taken by name alone'

function refuseLost(cause: unknown): never {
  if (cause instanceof BetavaeError) throw cause
  return fail({
    code: 'engine/gpu-lost',
    seen: `the GPU stopped (${(cause instanceof Error ? cause.message : String(cause)).split('\n')[0]})`,
    wanted: 'a device that stays',
    fix: 'go on from the last checkpoint: betavae resume <run>, or train anew with --engine native',
    cause,
  })
}
