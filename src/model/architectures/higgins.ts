import * as z from 'zod/mini'
import { denseStack, denseTo } from '../layers/dense-stack.ts'
import { defineArchitecture } from './architecture.ts'

const encoderWidths = [1200, 1200]
const decoderWidths = [1200, 1200, 1200]

/** The fully connected networks of the β-VAE on dSprites. Higgins et al. 2017, table 1. */
export const higgins = defineArchitecture({
  name: 'higgins',
  summary: 'fully connected: 1200-1200 with ReLU, decoder 1200-1200-1200 with tanh (Higgins et al. 2017)',
  options: z.strictObject({}),
  encode: (x, layers) => denseStack(x, encoderWidths, 'relu', layers),
  decode: (code, exampleShape, layers) =>
    denseTo(denseStack(code, decoderWidths, 'tanh', layers), exampleShape, layers(decoderWidths.length)),
})
