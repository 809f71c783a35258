/** Other priors, posteriors and spaces of codes, and conditions. */
import { gaussian, type Preset } from './preset.ts'

export const posteriors = [
  {
    name: 'conditional-vae',
    summary: 'given the class, or what else is known: codes hold the rest, samples are of what is asked for',
    paper: 'Kingma et al. 2014; Sohn et al. 2015',
    latent: gaussian,
    prior: { name: 'conditional' },
    condition: ['label'],
    // With the class known less is left for the code; more dimensions only leave places that no example is near.
    mostDimensions: 8,
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'vamp-vae',
    summary: 'a prior made of the posteriors of learned pseudo-inputs',
    paper: 'Tomczak & Welling 2018',
    latent: gaussian,
    prior: { name: 'vamp' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'flow-vae',
    summary: 'a posterior bent by an inverse autoregressive flow',
    paper: 'Kingma et al. 2016',
    latent: { name: 'iaf' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'planar-vae',
    summary: 'a posterior bent by planar flow, one plane after another',
    paper: 'Rezende & Mohamed 2015',
    latent: { name: 'planar' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'maf-prior-vae',
    summary: 'a prior learned as a masked autoregressive flow',
    paper: 'Papamakarios et al. 2017',
    latent: gaussian,
    prior: { name: 'maf' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'hyperspherical-vae',
    summary: 'codes on the unit sphere, uniform before an example is seen',
    paper: 'Davidson et al. 2018',
    latent: { name: 'von-mises-fisher' },
    prior: { name: 'uniform-sphere' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'poincare-vae',
    summary: 'codes in a hyperbolic space, which has room for trees',
    paper: 'Nagano et al. 2019; Mathieu et al. 2019',
    latent: { name: 'wrapped-normal' },
    prior: { name: 'wrapped-normal' },
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'ladder-vae',
    summary: 'two levels of codes, the upper one saying what is to be expected of the lower one',
    paper: 'Sønderby et al. 2016',
    latent: { name: 'ladder' },
    terms: [{ term: 'kl', weight: 'linear(0, 1, 1000)' }],
  },
  {
    name: 'hamiltonian-vae',
    summary: 'a posterior refined by a few steps along the model’s own',
    paper: 'Caterini et al. 2018',
    latent: { name: 'hamiltonian' },
    terms: [{ term: 'kl', weight: 1 }],
  },
] as const satisfies readonly Preset[]
