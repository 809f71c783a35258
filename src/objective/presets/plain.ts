/** Nothing is drawn. */
import type { Preset } from './preset.ts'

const point = { name: 'deterministic' }

export const plain = [
  {
    name: 'autoencoder',
    summary: 'reconstruction alone',
    latent: point,
    terms: [],
  },
  {
    name: 'map',
    summary: 'an autoencoder with weight decay: a Gaussian prior on the parameters',
    latent: point,
    terms: [{ term: 'l2', weight: 1e-5 }],
  },
  {
    name: 'regularized-autoencoder',
    summary: 'a Gaussian prior on the code and on the decoder, nothing drawn (RAE-L2)',
    paper: 'Ghosh et al. 2020',
    latent: point,
    terms: [
      { term: 'code-l2', weight: 0.01 },
      { term: 'l2', weight: 1e-5, part: 'decoder' },
    ],
  },
  {
    name: 'rae-gp',
    summary: 'a Gaussian prior on the code, and a decoder held smooth by its gradient',
    paper: 'Ghosh et al. 2020',
    latent: point,
    terms: [
      { term: 'code-l2', weight: 0.01 },
      { term: 'gradient-penalty', weight: 0.01 },
    ],
  },
  {
    name: 'rae-sn',
    summary: 'a Gaussian prior on the code, and a decoder held smooth by its spectral norms',
    paper: 'Ghosh et al. 2020; Yoshida & Miyato 2017',
    latent: point,
    terms: [
      { term: 'code-l2', weight: 0.01 },
      { term: 'spectral-norm', weight: 0.01 },
    ],
  },
  {
    name: 'denoising-autoencoder',
    summary: 'restores examples of which a quarter was hidden',
    paper: 'Vincent et al. 2010',
    latent: point,
    terms: [{ term: 'denoising', weight: 0.25, kind: 'masking' }],
  },
  {
    name: 'contractive-autoencoder',
    summary: 'a code that small changes of the input hardly move',
    paper: 'Rifai et al. 2011',
    latent: point,
    terms: [{ term: 'contractive', weight: 0.1 }],
  },
  {
    name: 'sparse-autoencoder',
    summary: 'a Laplace prior on the code: few units at a time',
    latent: point,
    terms: [{ term: 'code-l1', weight: 0.1 }],
  },
  {
    name: 'wae',
    summary: 'nothing drawn; the codes together held to the prior by a kernel',
    paper: 'Tolstikhin et al. 2018',
    latent: point,
    likelihood: { name: 'squared-error' },
    terms: [{ term: 'mmd', weight: 100 }],
  },
  {
    name: 'adversarial-autoencoder',
    summary: 'nothing drawn; the codes together held to the prior by a discriminator',
    paper: 'Makhzani et al. 2015',
    latent: point,
    terms: [{ term: 'adversarial-prior', weight: 10 }],
  },
] as const satisfies readonly Preset[]
