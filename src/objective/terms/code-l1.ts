import * as z from 'zod/mini'
import { sumPerExample } from '../../graph/functions.ts'
import { abs } from '../../graph/ops/abs.ts'
import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, tidy } from '../term.ts'

/** ‖z‖₁, which leaves few dimensions of the code away from 0 for any one example. Olshausen & Field 1996. */
export const codeL1 = defineTerm({
  name: 'code-l1',
  on: 'code',
  summary: 'sum of absolute codes: a Laplace prior on the code (sparse autoencoder)',
  paper: 'Olshausen & Field 1996',
  option: 'code-l1',
  symbol: 'λ_z',
  defaultWeight: 0.1,
  options: z.strictObject({}),
  formula: () => '‖z‖₁',
  loss: ({ model: { posterior, draws } }) => overDraws(sumPerExample(abs(posterior.code)), draws),
  reading: (weight) =>
    weight === 0
      ? 'off: a flat prior on the code'
      : `MAP of the code with the prior z ~ Laplace(0, 1/λ) = Laplace(0, ${tidy(1 / weight)}), which favors codes near 0 in most dimensions`,
})
