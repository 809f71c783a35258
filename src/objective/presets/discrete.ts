/** Codes of levels. */
import type { Preset } from './preset.ts'

export const discrete = [
  {
    name: 'gumbel-vae',
    summary: 'a code of categorical variables, relaxed by a temperature while training',
    paper: 'Jang et al. 2017; Maddison et al. 2017',
    latent: { name: 'categorical', size: 100, levels: 10 },
    prior: { name: 'uniform' },
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'relaxation', weight: 'linear(1, 0.5, 2000)' },
    ],
  },
  {
    name: 'fsq-autoencoder',
    summary: 'each number of a code rounded to one of a few levels, nothing drawn',
    paper: 'Mentzer et al. 2024',
    latent: { name: 'fsq' },
    prior: { name: 'uniform' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'vq-vae',
    summary:
      'at each position an entry of a learned codebook, and a prior that takes one position after another',
    paper: 'van den Oord et al. 2017',
    latent: { name: 'vq' },
    prior: { name: 'autoregressive' },
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'commitment', weight: 0.25 },
    ],
  },
  {
    name: 'joint-vae',
    summary: 'Gaussian numbers and a categorical variable side by side, each with a capacity',
    paper: 'Dupont 2018',
    latent: { name: 'joint' },
    prior: { name: 'joint' },
    terms: [
      { term: 'joint-capacity', weight: 20, numbers: 'linear(0, 8, 2000)', levels: 'linear(0, 2.3, 2000)' },
      { term: 'relaxation', weight: 0.67 },
    ],
  },
] as const satisfies readonly Preset[]
