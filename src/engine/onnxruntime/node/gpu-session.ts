import type { InferenceSession } from 'onnxruntime-common'

type Package = Pick<typeof import('onnxruntime-node'), 'InferenceSession'>

/** A session of onnxruntime-node on its WebGPU provider; outputs named in `resident` stay in the GPU's memory. */
export const createOnGpu = (
  ort: Package,
  model: Uint8Array,
  resident: readonly string[],
): Promise<InferenceSession> =>
  ort.InferenceSession.create(model, {
    // Told ['webgpu', 'cpu'] it fails all the same where there is no adapter; ops that a GPU lacks go to the CPU anyway.
    executionProviders: ['webgpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    preferredOutputLocation: Object.fromEntries(resident.map((name) => [name, 'gpu-buffer'])),
  })
