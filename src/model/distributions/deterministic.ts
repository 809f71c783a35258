import * as z from 'zod/mini'
import { dense } from '../layers/dense.ts'
import { defineLatent } from './latent.ts'

/** One code for each example, nothing drawn. */
export const deterministic = defineLatent({
  name: 'deterministic',
  summary: 'one code for each example, as in a plain autoencoder',
  options: z.strictObject({}),
  stochastic: false,
  gaussian: false,
  statistics: (features, size, layers) => ({ mean: dense(features, size, layers('mean')) }),
  draw: ({ mean }) => ({ code: mean }),
  center: ({ mean }) => mean,
})
