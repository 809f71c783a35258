import * as z from 'zod/mini'
import { abs, mean, sub, type Tensor } from '../../graph/vocabulary.ts'
import { finalWeight, type Schedule, weightSchema } from '../schedule.ts'
import { defineTerm, tidy } from '../term.ts'

const target = z
  ._default(weightSchema, 'linear(0, 25, 10000)')
  .check(z.describe('C(t), the KL in nats to hold: a number or a schedule'))

const written = (schedule: Schedule): string =>
  schedule.kind.name === 'constant' ? tidy(finalWeight(schedule)) : 'C(t)'

/**
 * |mean KL − C(t)|, a scalar in nats: holds the rate of a step at a target. Burgess et al. 2018, eq. 8.
 *
 * The distance is taken after the mean over the batch, so examples and dimensions share the budget freely; it is not
 * the mean of |KLₙ − C|. Any γ above −d reconstruction / d KL at C, a few nats per nat, holds the KL at C. More only
 * drowns the reconstruction's gradient: on MNIST at C = 5 and 15 after 1,500 steps of Adam, the paper's γ = 1000 held
 * the KL no closer than 20 did, and its reconstruction was over 50 nats worse.
 */
export const capacity = defineTerm({
  name: 'capacity',
  on: 'posterior',
  summary: 'distance of the batch-mean KL from a target number of nats',
  paper: 'Burgess et al. 2018, eq. 8',
  option: 'gamma',
  symbol: 'γ',
  defaultWeight: 20,
  options: z.strictObject({ target }),
  scheduled: {
    target: ({ lowest }) => (lowest >= 0 ? undefined : 'a number of nats ≥ 0 at every step: no KL is less'),
  },
  formula: (_, { target }) => `|KL(q(z|x) ‖ p(z)) − ${written(target)}|`,
  needs: 'draws',
  rate: 'target',
  loss: ({ model, scheduled }) => abs(sub(mean(model.kl as Tensor), scheduled('target'))),
  reading: (gamma, _, __, { target }) =>
    gamma === 0
      ? 'off: the code may carry any number of nats'
      : `a budget instead of a price: the code carries ${tidy(finalWeight(target))} nats in ` +
        `the end, as long as one nat more lowers the reconstruction by less than γ = ${tidy(gamma)}`,
})
