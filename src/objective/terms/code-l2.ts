import * as z from 'zod/mini'
import { square, sumPerExample } from '../../graph/functions.ts'
import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, tidy } from '../term.ts'

/** ‖z‖², which keeps codes near the origin. Ghosh et al. 2020, eq. 6. */
export const codeL2 = defineTerm({
  name: 'code-l2',
  on: 'code',
  summary: 'squared length of the code: a Gaussian prior on it',
  paper: 'Ghosh et al. 2020, eq. 6',
  option: 'code-l2',
  symbol: 'λ_z',
  defaultWeight: 0.01,
  options: z.strictObject({}),
  formula: () => '‖z‖²',
  loss: ({ model: { posterior, draws } }) => overDraws(sumPerExample(square(posterior.code)), draws),
  reading: (weight) =>
    weight === 0
      ? 'off: a flat prior on the code'
      : `MAP of the code with the prior z ~ N(0, 1/(2λ)) = N(0, ${tidy(1 / (2 * weight))})`,
})
