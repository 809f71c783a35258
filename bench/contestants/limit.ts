import * as ort from 'onnxruntime-node'
import { matrixProduct, parameterCount } from '../networks/cost.ts'
import { type Layer, layersOf } from '../networks/layer.ts'
import type { Job } from '../workloads/job.ts'
import { type Arrays, type Gemm, gemmModel } from './gemm-model.ts'
import { contest } from './process.ts'

/** Patches of a convolution exist only in part at any moment: here as many rows as fit into a core's cache. */
const PATCH_BYTES = 2 ** 20

interface Products {
  readonly gemms: Gemm[]
  readonly inputs: Arrays
  readonly outputs: Arrays
}

/**
 * What a step cannot do without: its matrix products, by the same library and threads, and Adam's
 * traffic (gradient, parameter and two moments in, the last three out) at the speed of a memory copy.
 */
await contest(async (job: Job) => {
  const { gemms, inputs, outputs } = productsOf(job)
  const feeds = tensors(inputs)
  const fetches = tensors(outputs)
  const session = await ort.InferenceSession.create(gemmModel(gemms, inputs, outputs), {
    intraOpNumThreads: job.threads,
    // Every product stands for one of the step's, so none may be left out.
    graphOptimizationLevel: 'disabled',
  })
  const copy = copier(parameterCount(job.network))
  return {
    version: ort.env.versions.node ?? ort.env.versions.common,
    note: 'matrix products and optimizer traffic alone',
    step: async () => {
      await session.run(feeds, fetches)
      copy()
      return 0
    },
  }
})

function productsOf({ network, batch }: Job): Products {
  const all: Products = { gemms: [], inputs: new Map(), outputs: new Map() }
  layersOf(network).forEach((layer, i) => {
    addLayer(all, layer, batch, String(i), layer !== network.encoder[0])
  })
  return all
}

/**
 * The three products of a layer, y = x·w, dw = xᵀ·y and dx = y·wᵀ, in pieces that follow from one another:
 * the dx of one is the x of the next.
 */
function addLayer(all: Products, layer: Layer, batch: number, name: string, isInner: boolean): void {
  const { rows, inner, outer } = matrixProduct(layer, batch)
  const most = layer.kind === 'dense' ? rows : Math.floor(PATCH_BYTES / (4 * inner))
  const pieces = Math.ceil(rows / most)
  const [x, w] = [`x${name}`, `w${name}`]
  all.inputs.set(x, [Math.ceil(rows / pieces), inner]).set(w, [inner, outer])
  for (let piece = 0; piece < pieces; piece++) {
    const at = `${name}.${piece}`
    const before = `${name}.${piece - 1}`
    const from = isInner && piece > 0 ? `dx${before}` : x
    all.gemms.push({ inputs: [from, w], output: `y${at}` })
    all.gemms.push({
      inputs: [from, `y${at}`, ...(piece > 0 ? [`dw${before}`] : [])],
      output: `dw${at}`,
      transposed: 'transA',
    })
    if (isInner) all.gemms.push({ inputs: [`y${at}`, w], output: `dx${at}`, transposed: 'transB' })
  }
  const last = `${name}.${pieces - 1}`
  all.outputs.set(`dw${last}`, [inner, outer])
  if (isInner) all.outputs.set(`dx${last}`, [Math.ceil(rows / pieces), inner])
}

/** Numbers about as large as √(2/n) for an extent of n, so that long chains of products stay finite. */
function tensors(shapes: Arrays): Record<string, ort.Tensor> {
  return Object.fromEntries(
    [...shapes].map(([name, [rows, columns]]) => {
      const scale = Math.sqrt(2 / Math.max(rows, columns))
      const data = new Float32Array(rows * columns).map((_, i) => scale * Math.sin(i * i))
      return [name, new ort.Tensor('float32', data, [rows, columns])]
    }),
  )
}

/**
 * The optimizer's traffic in copies: it brings four arrays to the core and takes three back, a copy
 * brings two (the target's lines are read before they are written) and takes one, so it is 7/3 copies,
 * here within four arrays of its size as the optimizer has.
 */
function copier(count: number): () => void {
  const [first, second, third, fourth] = Array.from({ length: 4 }, () => new Float32Array(count).fill(1))
  return () => {
    second.set(first)
    fourth.set(third)
    first.set(second.subarray(0, count / 3))
  }
}
