import { learnedSampler } from './learned/learned-sampler.ts'

/** A second VAE, of the codes of the first. Dai & Wipf 2019, section 4. */
export const twoStage = learnedSampler({
  name: 'two-stage',
  summary: 'a second VAE, fitted to the codes of training examples',
  paper: 'Dai & Wipf 2019, section 4',
  learner: async () => (await import('./learned/second-vae.ts')).secondVae,
})
