import * as z from 'zod/mini'
import { concrete } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { matmul } from '../../graph/ops/matmul.ts'
import { mul } from '../../graph/ops/mul.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { sum } from '../../graph/ops/sum.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { byPlace, head } from '../layers/by-place.ts'
import type { Layers } from '../parameters.ts'
import { entriesOf, followPoints, lookedUp, nearestEntry } from './codebook.ts'
import { defineLatent } from './latent.ts'
import { straightThrough, variablesOf } from './levels.ts'

const options = z.strictObject({
  entries: z._default(
    z.int().check(z.minimum(2), z.maximum(65_536), z.describe('entries of the codebook')),
    64,
  ),
  dimensions: z._default(
    z
      .int()
      .check(
        z.positive(),
        z.maximum(4096),
        z.describe('numbers of an entry; a code has a multiple of them, an entry at each position'),
      ),
    4,
  ),
  positions: z._default(
    z
      .enum(['grid', 'flat'])
      .check(
        z.describe(
          'grid: at the places of the smallest image of a convolutional encoder, where there is one; flat: of a dense layer',
        ),
      ),
    'grid',
  ),
  codebook: z._default(
    z
      .enum(['averages', 'gradient'])
      .check(z.describe('what moves entries: moving averages of what is nearest to them, or their gradient')),
    'averages',
  ),
  decay: z._default(
    z.number().check(z.minimum(0), z.lt(1), z.describe('what a moving average keeps of itself at a step')),
    0.99,
  ),
  restart: z._default(
    z
      .int()
      .check(
        z.minimum(0),
        z.maximum(1_000_000),
        z.describe('steps unused after which an entry becomes an output of the encoder; 0 for never'),
      ),
    100,
  ),
})
type Options = z.infer<typeof options>

/** What an encoder says at each position [rows · positions, dimensions], its nearest entries as one-hots, and all entries. */
function quantized(code: Tensor, layers: Layers, options: Options) {
  const points = byPlace(code, options.dimensions)
  const entries = entriesOf(layers, options)
  return { points, entries, chosen: nearestEntry(points, entries) }
}

/** The nearest codes [rows, latent]. */
function nearest(code: Tensor, layers: Layers, options: Options): Tensor {
  const { chosen, entries } = quantized(code, layers, options)
  return reshape(matmul(chosen, entries), code.shape)
}

/**
 * Vector quantization: at each position the nearest entry of a codebook, with the gradient of what was replaced. van den
 * Oord et al. 2017, eq. 1 to 3; the codebook learns by moving averages (appendix A.1) or by the gradient of `commitment`.
 *
 * Nothing is drawn. The rate to uniform entries is log K nats for each position, whatever the example.
 */
export const vq = defineLatent({
  name: 'vq',
  summary: 'vector quantization: at each position the nearest entry of a codebook',
  paper: 'van den Oord et al. 2017, eq. 1 to 3',
  options,
  stochastic: true,
  gaussian: false,
  roundsCodes: true,
  space: (size, { entries, dimensions }) => ({
    kind: 'discrete',
    levels: new Array<number>(variablesOf(size, dimensions, '--vq-dimensions')).fill(entries),
  }),
  sizes: ({ dimensions }) => ({ least: dimensions, step: dimensions }),
  places: ({ positions, dimensions }) => (positions === 'grid' ? dimensions : undefined),
  noise: () => ({ kind: 'uniform', width: 0 }),
  statistics: (features, size, layers) => ({ mean: head(features, size, layers('mean')) }),
  draw({ mean }, _, layers, options, training) {
    const { points, chosen, entries } = quantized(mean, layers, options)
    if (training) followPoints(points, chosen, layers, options, training)
    const code = reshape(lookedUp(chosen, entries), mean.shape)
    return { code: straightThrough(code, mean), logDensity: sum(mul(mean, 0), [1]) }
  },
  center: ({ mean }, layers, options) => nearest(mean, layers, options),
  kl({ mean }, _, { entries, dimensions }) {
    const positions = (mean.shape[1] as number) / dimensions
    return add(sum(mul(mean, 0), [1]), positions * Math.log(entries))
  },
  project: (code, options, layers) => nearest(code, layers, options),
  coding: {
    sharesLevels: true,
    read(code, layers, options) {
      const [rows, size] = code.shape
      const { chosen } = quantized(code, layers, options)
      return reshape(chosen, [rows, (size as number) / options.dimensions, options.entries])
    },
    write(oneHot, layers, options) {
      const [rows] = oneHot.shape
      const [positions, entries] = concrete(oneHot.shape.slice(1), 'codes')
      const chosen = byPlace(reshape(oneHot, [rows, positions * entries]), entries)
      return reshape(matmul(chosen, entriesOf(layers, options)), [rows, positions * options.dimensions])
    },
  },
})
