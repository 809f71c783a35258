import * as z from 'zod'
import { activationNames } from '../layers/activation.ts'
import { denseStack, denseTo } from '../layers/dense-stack.ts'
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
  encode: (x, layers, { hidden, activation }) => denseStack(x, hidden, activation, layers),
  decode(code, exampleShape, layers, { hidden, activation }) {
    const features = denseStack(code, [...hidden].reverse(), activation, layers)
    return denseTo(features, exampleShape, layers(hidden.length))
  },
})
