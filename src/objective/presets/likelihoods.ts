/** What a reconstruction is held to. */
import { gaussian, type Preset } from './preset.ts'

export const likelihoods = [
  {
    name: 'sigma-vae',
    summary: 'a Gaussian observation whose σ is the best there is: no β to tune',
    paper: 'Rybkin et al. 2021',
    latent: gaussian,
    likelihood: { name: 'gaussian', sigma: 'optimal' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'two-stage-vae',
    summary: 'a VAE with the best σ there is, sampled by a second VAE, which learns its codes',
    paper: 'Dai & Wipf 2019',
    latent: gaussian,
    likelihood: { name: 'gaussian', sigma: 'optimal' },
    sampler: 'two-stage',
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'ms-ssim-vae',
    summary: 'a VAE whose reconstructions are also to look like their images, at several scales',
    paper: 'Snell et al. 2017',
    latent: gaussian,
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'ms-ssim', weight: 50 },
    ],
  },
  {
    name: 'vae-gan',
    summary:
      'reconstructions that are to look alike to a discriminator, and samples that are to pass for data',
    paper: 'Larsen et al. 2016',
    latent: gaussian,
    likelihood: { name: 'gaussian', sigma: 'optimal' },
    terms: [
      { term: 'kl', weight: 1 },
      { term: 'learned-similarity', weight: 1 },
    ],
  },
] as const satisfies readonly Preset[]
