import * as z from 'zod/mini'
import { defineTerm, tidy } from '../term.ts'

/**
 * Gives the decoder softmax((log π + g)/τ) in place of discrete draws while training. Jang et al. 2017, eq. 2.
 *
 * The weight is the temperature τ, of which none below 0.01 is used; a schedule anneals it. Whoever judges a model sees
 * discrete codes. Without this term draws are discrete in training too, with gradients as of temperature 1.
 */
export const relaxation = defineTerm({
  name: 'relaxation',
  on: 'code',
  summary: 'temperature that smooths discrete codes while training (Gumbel–softmax)',
  paper: 'Jang et al. 2017, eq. 2; Maddison et al. 2017, eq. 10',
  option: 'temperature',
  symbol: 'τ',
  defaultWeight: 0.67,
  options: z.strictObject({
    hard: z._default(
      z
        .boolean()
        .check(
          z.describe('the decoder sees discrete codes, and only gradients are relaxed (straight-through)'),
        ),
      false,
    ),
  }),
  formula: ({ hard }) =>
    hard ? 'argmax(log π + g), its gradient that of softmax((log π + g)/τ)' : 'softmax((log π + g)/τ)',
  needs: 'relaxes',
  relax: (temperature, { hard }) => ({ temperature, hard }),
  reading: (tau, { hard }) =>
    tau === 0
      ? 'off: nothing is smooth but for temperature 0.01, the coldest that there is'
      : `codes are ${hard ? 'discrete, their gradients' : 'smooth while training,'} as of temperature ${tidy(tau)}: lower is ` +
        'nearer to discrete and noisier in its gradients; judged codes are discrete',
})
