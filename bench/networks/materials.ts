/** What a training starts from: the same numbers wherever they are made, in Node.js or in a page. */
import { fillUniform, streams } from '../../src/base/random.ts'
import type { Job } from '../workloads/job.ts'
import { fanIn, layersOf, type Network, product } from './layer.ts'
import { tableRows } from './table.ts'

const BATCHES = 8

function uniform(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Weight and bias of each layer in turn, uniform in ±1/√fan-in: those that this package starts from with seed 0. */
export function startingPoint(network: Network): Float32Array[] {
  return layersOf(network).flatMap((layer, i) => {
    const bound = 1 / Math.sqrt(fanIn(layer))
    const [weight, bias] = [product(layer.weight), layer.bias].map((size, j) =>
      fillUniform(
        new Float32Array(size),
        { seed: 0, stream: streams.initialization, step: 2 * i + j },
        -bound,
        bound,
      ),
    )
    return [layer.kind === 'dense' ? transposed(weight, layer.bias) : weight, bias]
  })
}

/** [rows, columns] to [columns, rows]. */
function transposed(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = values[row * columns + column]
  return turned
}

/** The examples of all batches, one after another. */
export const examples = (job: Job): Uint8Array | Float32Array =>
  job.columns ? tableRows(BATCHES * job.batch, uniform()) : pictures(job)

/**
 * Pictures of two pen strokes each, about as dark and as compressible as handwritten digits, every channel with strokes
 * of its own: uint8 [batches, batch, channels, pixels].
 */
export function pictures({ network, batch }: Pick<Job, 'network' | 'batch'>): Uint8Array {
  const [channels, height, width] = network.shape
  const random = uniform()
  const size = height * width
  const pixels = new Uint8Array(BATCHES * batch * channels * size)
  for (let start = 0; start < pixels.length; start += size) {
    const strokes = [0, 1].map(() => Array.from({ length: 4 }, () => width * (0.15 + 0.7 * random())))
    for (let i = 0; i < size; i++) {
      const [x, y] = [i % width, Math.floor(i / width)]
      const distance = Math.min(distanceTo(strokes[0], x, y), distanceTo(strokes[1], x, y))
      pixels[start + i] = Math.round(255 * Math.min(1, Math.max(0, (2 * width) / 28 - distance)))
    }
  }
  return pixels
}

function distanceTo([x0, y0, x1, y1]: readonly number[], x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
  return Math.sqrt((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2)
}

/** The pictures in [0, 1], batch by batch. */
export function floatBatches(job: Pick<Job, 'network' | 'batch'>): Float32Array[] {
  const length = job.batch * product(job.network.shape)
  const pixels = pictures(job)
  return Array.from({ length: BATCHES }, (_, i) =>
    Float32Array.from(pixels.subarray(i * length, (i + 1) * length), (byte) => byte / 255),
  )
}
