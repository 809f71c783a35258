import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { datasetOf, exportOnnx, train, writeWeights } from '../../src/inside.node.ts'
import { ours } from '../contestants/index.ts'
import { flopsOfEncoding } from '../networks/cost.ts'
import { product } from '../networks/layer.ts'
import { pictures } from '../networks/materials.ts'
import { mlp } from '../networks/networks.ts'
import { inNode, inPython } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'

const COUNT = 10_000
const network = mlp(28, [400], 20)

/** A trained model in both its forms, and rows for it. */
export interface Encoding {
  readonly weights: string
  /** The exported `encoder.onnx`. */
  readonly encoder: string
  /** uint8 of `shape`. */
  readonly rows: string
  readonly shape: readonly number[]
  readonly threads: number
}

/** Rows in memory to codes in memory. */
export const encodeRace = (threads: number): Race => ({
  name: 'encode-784-400-20',
  title: 'encode 10,000 rows, 784-400-20',
  ours,
  contenders: [
    inNode(ours, threads, 'encode.ts'),
    inPython('onnxruntime-python', threads, 'encode.py', '0'),
    inPython('onnxruntime-python-chunks', threads, 'encode.py', '1000'),
  ],
  prepare: (folder) => filed(folder, threads),
  warmup: 5,
  tolerance: 1e-4,
  flops: flopsOfEncoding(network, COUNT),
  wanted: [
    { of: 'onnxruntime-python', figure: 'ratio', atLeast: 1 },
    { of: 'onnxruntime-python-chunks', figure: 'ratio', atLeast: 1 },
  ],
})

async function filed(folder: string, threads: number): Promise<Encoding> {
  const shape = [COUNT, ...network.shape]
  const data = pictures({ network, batch: COUNT / 8 }).subarray(0, product(shape))
  const { trained } = await train(
    {
      data: { source: 'strokes', validation: 0, test: 0 },
      model: { architecture: { name: 'mlp', hidden: [400] }, latent: { size: network.latent } },
      training: { steps: 20 },
    },
    { dataset: datasetOf({ data, shape }, { name: 'strokes' }) },
  )
  const written = (name: string, bytes: Uint8Array) => {
    const path = join(folder, `encode.${name}`)
    writeFileSync(path, bytes)
    return path
  }
  return {
    weights: written('safetensors', writeWeights(trained)),
    encoder: written('onnx', exportOnnx(trained).encoder),
    rows: written('rows', data),
    shape,
    threads,
  }
}
