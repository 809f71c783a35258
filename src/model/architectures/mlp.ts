import { z } from 'zod'
import { concrete, sizeOf } from '../../base/shape.ts'
import { reshape } from '../../graph/ops/reshape.ts'
import { activationNames, activations } from '../layers/activation.ts'
import { dense } from '../layers/dense.ts'
import { defineArchitecture } from './architecture.ts'

/** Fully connected layers, mirrored: 784-400-latent-400-784 with the defaults on MNIST. */
export const mlp = defineArchitecture({
  name: 'mlp',
  summary: 'fully connected encoder, and its mirror image as decoder',
  options: z.strictObject({
    hidden: z
      .array(z.int().positive().max(65_536))
      .default([400])
      .describe('widths of the hidden layers, encoder order'),
    activation: z.enum(activationNames).default('relu').describe('after every hidden layer'),
  }),
  encode(x, layers, { hidden, activation }) {
    const flat = reshape(x, [x.shape[0], sizeOf(concrete(x.shape.slice(1), 'an encoder'))])
    return hidden.reduce((h, units, i) => activations[activation](dense(h, units, layers(i))), flat)
  },
  decode(code, exampleShape, layers, { hidden, activation }) {
    const mirrored = [...hidden].reverse()
    const features = mirrored.reduce(
      (h, units, i) => activations[activation](dense(h, units, layers(i))),
      code,
    )
    const flat = dense(features, sizeOf(exampleShape), layers(mirrored.length))
    return reshape(flat, [code.shape[0], ...exampleShape])
  },
})
