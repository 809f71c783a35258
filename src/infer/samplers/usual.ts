import type { ModelParts } from '../model-parts.ts'

/** Where codes of samples come from where nobody says. */
export const usualSampler = ({ spec, hasPrior }: Pick<ModelParts, 'spec' | 'hasPrior'>): string =>
  spec.sampler ?? (hasPrior ? 'prior' : 'gmm')
