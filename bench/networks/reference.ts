import { fillNormal, streams } from '../../src/base/random.ts'
import type { Job } from '../workloads/job.ts'
import { type Layer, layersOf, product } from './layer.ts'
import { examples, startingPoint } from './materials.ts'
import { shownRow, tableNats } from './table.ts'

/** Of a larger batch these many examples say enough; rows of tables are small and vary more. */
const MOST = 64

/**
 * The first step's loss in float64, nats per example, under noise of its own: what every contestant's first answer is
 * held against.
 */
export function firstLoss(job: Job): number {
  const { network } = job
  const values = startingPoint(network)
  const layers = new Map(layersOf(network).map((layer, i) => [layer, values.slice(2 * i, 2 * i + 2)]))
  const through = (own: readonly Layer[], x: Float64Array) =>
    own.reduce((h, layer) => applied(layer, h, layers.get(layer) as Float32Array[]), x)
  const size = product(network.shape)
  const count = job.columns ? job.batch : Math.min(job.batch, MOST)
  const [divisor, shown, nats] = job.columns ? [1, shownRow, tableNats] : [255, asItIs, crossEntropy]
  const stored = examples(job).subarray(0, count * size)
  let loss = 0
  for (let at = 0; at < stored.length; at += size) {
    const x = Float64Array.from(stored.subarray(at, at + size), (value) => value / divisor)
    const features = through(network.encoder, shown(x))
    const mean = through([network.mean], features)
    const logVariance = through([network.logVariance], features)
    const noise = fillNormal(new Float32Array(mean.length), { seed: 0, stream: streams.posterior, step: at })
    const code = mean.map((m, i) => m + Math.exp(logVariance[i] / 2) * noise[i])
    loss += nats(through(network.decoder, code), x) + divergence(mean, logVariance)
  }
  return loss / count
}

const asItIs = (x: Float64Array): Float64Array => x

const crossEntropy = (logits: Float64Array, x: Float64Array): number =>
  logits.reduce((sum, l, i) => sum + Math.max(l, 0) - x[i] * l + Math.log1p(Math.exp(-Math.abs(l))), 0)

const divergence = (mean: Float64Array, logVariance: Float64Array): number =>
  mean.reduce((sum, m, i) => sum + 0.5 * (m * m + Math.exp(logVariance[i]) - 1 - logVariance[i]), 0)

const activations = {
  relu: (x: number) => Math.max(x, 0),
  tanh: Math.tanh,
  identity: (x: number) => x,
}

function applied(layer: Layer, x: Float64Array, [weight, bias]: readonly Float32Array[]): Float64Array {
  const each = product(layer.to) / layer.bias
  const y = Float64Array.from({ length: product(layer.to) }, (_, i) => bias[Math.floor(i / each)])
  if (layer.kind === 'dense') addProduct(y, x, weight)
  else addConvolution(y, x, weight, layer)
  return y.map(activations[layer.activation])
}

function addProduct(y: Float64Array, x: Float64Array, weight: Float32Array): void {
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < y.length; j++) y[j] += x[i] * weight[i * y.length + j]
}

/** Both kinds pair a place of the smaller image with the patch of the larger that it stands for. */
function addConvolution(y: Float64Array, x: Float64Array, weight: Float32Array, layer: Layer): void {
  const { kind, from, to, stride, padding } = layer
  const forward = kind === 'convolution'
  const [, rows, columns] = forward ? to : from
  const [, height, width] = forward ? from : to
  const [first, second, kernel] = layer.weight
  let tap = 0
  for (let a = 0; a < first; a++)
    for (let b = 0; b < second; b++)
      for (let i = 0; i < kernel; i++)
        for (let j = 0; j < kernel; j++, tap++)
          for (let p = 0; p < rows; p++) {
            const row = p * stride + i - padding
            if (row < 0 || row >= height) continue
            for (let q = 0; q < columns; q++) {
              const column = q * stride + j - padding
              if (column < 0 || column >= width) continue
              const small = (a * rows + p) * columns + q
              const large = (b * height + row) * width + column
              if (forward) y[small] += weight[tap] * x[large]
              else y[large] += weight[tap] * x[small]
            }
          }
}
