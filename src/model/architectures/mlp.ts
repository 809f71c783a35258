import * as z from 'zod/mini'
import { activationNames } from '../layers/activation.ts'
import { denseStack, denseTo } from '../layers/dense-stack.ts'
import { defineArchitecture } from './architecture.ts'

/** Fully connected layers, mirrored: 784-400-latent-400-784 with the defaults on MNIST. */
export const mlp = defineArchitecture({
  name: 'mlp',
  summary: 'fully connected encoder, and its mirror image as decoder',
  options: z.strictObject({
    hidden: z._default(
      z
        .array(z.int().check(z.positive(), z.maximum(65_536)))
        .check(z.describe('widths of the hidden layers, encoder order')),
      [400],
    ),
    activation: z._default(z.enum(activationNames).check(z.describe('after every hidden layer')), 'relu'),
  }),
  isFlat: true,
  encode: (x, layers, { hidden, activation }) => denseStack(x, hidden, activation, layers),
  decode(code, exampleShape, layers, { hidden, activation }) {
    const features = denseStack(code, [...hidden].reverse(), activation, layers)
    return denseTo(features, exampleShape, layers(hidden.length))
  },
})
