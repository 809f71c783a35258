import { priorLearner } from './learned/code-learner.ts'
import { learnedSampler } from './learned/learned-sampler.ts'

/** Small, since a model keeps up to 2,000 codes. */
const SIZE = { network: 'dense', hidden: 64, depth: 1, embedding: 8 } as const

/** Each variable of a discrete code given those before it, fitted to codes of training examples. Larochelle & Murray 2011. */
export const autoregressive = learnedSampler({
  name: 'autoregressive',
  summary: 'each variable of a discrete code given those before it, fitted to the codes of training examples',
  paper: 'Larochelle & Murray 2011',
  space: 'discrete',
  async learner() {
    const { autoregressive: prior } = await import('../../model/priors/autoregressive.ts')
    return priorLearner(prior, SIZE)
  },
})
