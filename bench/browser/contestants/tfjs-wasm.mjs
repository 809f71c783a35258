import { tfjsTraining } from '../../contestants/tfjs-training.mjs'

const BINARIES = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`)
const BACKEND = '@tensorflow/tfjs-backend-wasm'

/**
 * TensorFlow.js on its WebAssembly backend, which takes threads and SIMD where the page allows them: threads for
 * half the cores at most, so it is told of twice as many as it shall take.
 */
export function build(job, { packages }) {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 * job.threads })
  const wasm = packages[BACKEND]
  const addresses = BINARIES.map((name) => {
    const bytes = packages[`${BACKEND}/dist/${name}`].default
    return [name, URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))]
  })
  wasm.setWasmPaths(Object.fromEntries(addresses))
  return tfjsTraining(packages['@tensorflow/tfjs'], wasm, job)
}
