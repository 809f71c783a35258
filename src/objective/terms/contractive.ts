import { defineTerm, tidy } from '../term.ts'
import { jacobianOptions, squaredJacobian } from './jacobian.ts'

/**
 * ‖∂f(x)/∂x‖²_F of the code f(x) that stands for an example, by what the encoder saw. Rifai et al. 2011, §2.
 *
 * In squared code units per squared model unit of data; estimated without bias by random directions.
 */
export const contractive = defineTerm({
  name: 'contractive',
  on: 'posterior',
  summary:
    'squared slope of the encoder: codes that move little when the example does (contractive autoencoder)',
  paper: 'Rifai et al. 2011, §2',
  option: 'contractive',
  symbol: 'λ',
  defaultWeight: 0.1,
  options: jacobianOptions,
  formula: () => '‖∂f(x)/∂x‖²',
  loss: ({ model: { posterior, seen }, draw }, options) =>
    squaredJacobian(posterior.mean, seen, options, draw),
  reading: (weight) =>
    weight === 0
      ? 'off: the code may move with the example as it likes'
      : `to first order the mean squared move of the code under input noise N(0, λ) = N(0, ${tidy(weight)})`,
})
