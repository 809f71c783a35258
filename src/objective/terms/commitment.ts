import * as z from 'zod/mini'
import { square, sumPerExample } from '../../graph/functions.ts'
import { sub } from '../../graph/ops/sub.ts'
import { defineTerm, tidy } from '../term.ts'

/**
 * ‖z_e − e‖², what rounding took from the encoder's output z_e. van den Oord et al. 2017, eq. 3, whose second and third
 * term are this one number.
 *
 * It moves the encoder, and the entries e of a codebook that learns by gradient: by this weight, which to Adam's steps is
 * any weight. Of a codebook that learns by moving averages it moves the encoder alone.
 */
export const commitment = defineTerm({
  name: 'commitment',
  on: 'code',
  summary: 'squared distance of what the encoder says from what it is rounded to',
  paper: 'van den Oord et al. 2017, eq. 3',
  option: 'commitment',
  symbol: 'λ',
  defaultWeight: 0.25,
  options: z.strictObject({}),
  formula: () => '‖z_e − e‖²',
  needs: 'rounds',
  loss: ({ model: { posterior } }) => sumPerExample(square(sub(posterior.statistics.mean, posterior.mean))),
  reading: (lambda) =>
    lambda === 0
      ? 'off: what the encoder says may go far from what it is rounded to'
      : `prior on what the encoder says before it is rounded, z_e ~ N(e, 1/(2λ)) = N(e, ${tidy(1 / (2 * lambda))}): it is to ` +
        'stay near an entry',
})
