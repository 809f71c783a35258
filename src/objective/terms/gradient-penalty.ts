import { overDraws } from '../../model/autoencoder.ts'
import { defineTerm, tidy } from '../term.ts'
import { jacobianOptions, squaredJacobian } from './jacobian.ts'

/**
 * ‖∂g(z)/∂z‖²_F of the decoder g at the codes of a batch (RAE-GP). Ghosh et al. 2020, §3.1.
 *
 * g(z) is what the decoder gives: the mean of a Gaussian, the logits of a Bernoulli. Estimated without bias by random
 * directions.
 */
export const gradientPenalty = defineTerm({
  name: 'gradient-penalty',
  on: 'parameters',
  summary: 'squared slope of the decoder at the codes: a smooth decoder (RAE-GP)',
  paper: 'Ghosh et al. 2020, §3.1',
  option: 'gradient-penalty',
  symbol: 'λ',
  defaultWeight: 0.01,
  options: jacobianOptions,
  formula: () => '‖∂g(z)/∂z‖²',
  loss: ({ model: { posterior, output, draws }, draw }, options) =>
    overDraws(squaredJacobian(output, posterior.code, options, draw), draws),
  reading: (weight, _, { examples }) =>
    weight === 0
      ? 'off: a flat prior on the decoder'
      : `prior on decoders ∝ exp(−λN·mean ‖∂g/∂z‖²), λN = ${tidy(weight * examples)}; to first order what noise N(0, 2λ) = N(0, ${tidy(2 * weight)}) on the code costs a Gaussian likelihood of variance 1`,
})
