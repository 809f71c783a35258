import * as z from 'zod/mini'
import { fail } from '../../base/errors.ts'
import { type ConcreteShape, concrete, formatShape } from '../../base/shape.ts'
import { add } from '../../graph/ops/add.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { slice } from '../../graph/ops/slice.ts'
import { transpose } from '../../graph/ops/transpose.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { activationNames, activations } from '../layers/activation.ts'
import { denseStack, denseTo } from '../layers/dense-stack.ts'
import { timeConvolution } from '../layers/time-convolution.ts'
import { under } from '../layers/under.ts'
import type { Layers } from '../parameters.ts'
import { defineArchitecture } from './architecture.ts'

const width = z.int().check(z.positive(), z.maximum(65_536))

const options = z.strictObject({
  channels: z._default(width.check(z.describe('channels of every convolution over time')), 32),
  kernel: z._default(
    z.int().check(z.minimum(2), z.maximum(64), z.describe('rows that a convolution over time reads')),
    3,
  ),
  dilations: z
    ._default(z.nullable(z.array(width).check(z.minLength(1))), null)
    .check(
      z.describe(
        'rows between those that each residual block reads; default: 1,2,4… until a row is reached by all others',
      ),
    ),
  hidden: z._default(
    z.array(width).check(z.describe('widths of the dense layers between rows and code')),
    [128],
  ),
  padding: z._default(
    z
      .enum(['same', 'causal'])
      .check(
        z.describe(
          'same: features of a row are of rows on both sides; causal: of rows up to it, the newest making the code',
        ),
      ),
    'same',
  ),
  activation: z._default(z.enum(activationNames).check(z.describe('after every hidden layer')), 'relu'),
})
type Options = z.infer<typeof options>

/**
 * Residual blocks of dilated convolutions over the rows of a window, and the same in reverse as decoder.
 *
 * Blocks are x + conv₁(act(conv_d(act(x)))), after van den Oord et al. 2016 (WaveNet), section 2.1, and Bai et al. 2018,
 * section 3. Examples are windows of a table's rows. Errors: `model/no-windows`.
 */
export const conv1d = defineArchitecture({
  name: 'conv1d',
  summary: 'dilated residual convolutions over the rows of windows, mirrored; for series',
  options,
  readsWindows: true,
  complete: (own, shape) => ({ ...own, dilations: dilationsFor(own, rowsOf(shape)) }),
  encode(x, layers, own) {
    const shape = concrete(x.shape.slice(1), 'an encoder')
    const { channels, hidden, activation } = own
    const rows = rowsOf(shape)
    const first = timeConvolution(
      transpose(x, [0, 2, 1]),
      { ...filtersOf(own), dilation: 1 },
      layers('first'),
    )
    const h = activations[activation](throughBlocks(first, own, dilationsFor(own, rows), layers))
    const isCausal = own.padding === 'causal'
    const read = isCausal ? slice(h, 1, rows - 1, rows) : h
    const flat = reshape(read, [x.shape[0], channels * (isCausal ? 1 : rows)])
    return denseStack(flat, hidden, activation, under(layers, 'dense'))
  },
  decode(code, shape, layers, own) {
    const { channels, hidden, activation } = own
    const rows = rowsOf(shape)
    const dense = under(layers, 'dense')
    const flat = denseStack(code, [...hidden].reverse(), activation, dense)
    const first = denseTo(flat, [rows, channels], dense(hidden.length))
    const h = throughBlocks(first, own, [...dilationsFor(own, rows)].reverse(), layers)
    const last = { filters: shape[0], kernel: 1, dilation: 1, isCausal: own.padding === 'causal' }
    return transpose(timeConvolution(activations[activation](h), last, layers('last')), [0, 2, 1])
  },
})

const filtersOf = ({ channels, kernel, padding }: Options) => ({
  filters: channels,
  kernel,
  isCausal: padding === 'causal',
})

function throughBlocks(x: Tensor, own: Options, dilations: readonly number[], layers: Layers): Tensor {
  const active = activations[own.activation]
  return dilations.reduce((h, dilation, i) => {
    const filters = filtersOf(own)
    const wide = timeConvolution(active(h), { ...filters, dilation }, layers(`block.${i}.0`))
    return add(
      h,
      timeConvolution(active(wide), { ...filters, kernel: 1, dilation: 1 }, layers(`block.${i}.1`)),
    )
  }, x)
}

/** 1, 2, 4, … until what a row reads on one side reaches over the window. */
function dilationsFor({ dilations, kernel, padding }: Options, rows: number): number[] {
  if (dilations) return dilations
  const reach = padding === 'causal' ? kernel - 1 : Math.max(1, (kernel - 1) >> 1)
  const found = [1]
  for (let reached = reach; reached < rows - 1; reached += reach * found[found.length - 1])
    found.push(2 * found[found.length - 1])
  return found
}

function rowsOf(shape: ConcreteShape): number {
  if (shape.length !== 2)
    fail({
      code: 'model/no-windows',
      seen: `architecture "conv1d" for examples of shape ${formatShape(shape)}, which are no windows of rows`,
      wanted: 'rows in an order, as windows of them',
      fix: 'say by which column rows are ordered: --order time --window 24; or use --arch mlp',
      usage: true,
    })
  return shape[1]
}
