/** How the codes of all examples lie together. */
import { gaussian, type Preset } from './preset.ts'

export const independence = [
  {
    name: 'beta-tc-vae',
    summary: 'takes the KL apart and charges the total correlation more',
    paper: 'Chen et al. 2018',
    latent: gaussian,
    terms: [
      { term: 'index-code-mi', weight: 1 },
      { term: 'total-correlation', weight: 6 },
      { term: 'dimension-wise-kl', weight: 1 },
    ],
  },
  {
    name: 'factor-vae',
    summary: 'charges the total correlation, as a discriminator sees it',
    paper: 'Kim & Mnih 2018',
    latent: gaussian,
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'adversarial-tc', weight: 10 },
    ],
  },
  {
    name: 'dip-vae-1',
    summary: 'posterior means uncorrelated and of unit variance',
    paper: 'Kumar et al. 2018',
    latent: gaussian,
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'dip-1', weight: 10 },
    ],
  },
  {
    name: 'dip-vae-2',
    summary: 'codes uncorrelated and of unit variance',
    paper: 'Kumar et al. 2018',
    latent: gaussian,
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'dip-2', weight: 10 },
    ],
  },
  {
    name: 'info-vae',
    summary: 'half the KL, and the codes together held to the prior',
    paper: 'Zhao et al. 2019',
    latent: gaussian,
    terms: [
      { term: 'kl', weight: 0.5 },
      { term: 'mmd', weight: 100 },
    ],
  },
] as const satisfies readonly Preset[]
