/** How much a code may carry. */
import { gaussian, type Preset } from './preset.ts'

export const rate = [
  {
    name: 'vae',
    summary: 'the variational autoencoder: loss = −ELBO',
    paper: 'Kingma & Welling 2014',
    latent: gaussian,
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'beta-vae',
    summary: 'charges β for the code instead of 1',
    paper: 'Higgins et al. 2017',
    latent: gaussian,
    terms: [{ term: 'kl', weight: 4 }],
  },
  {
    name: 'annealed-vae',
    summary: 'lets the code carry C(t) nats, and C grow',
    paper: 'Burgess et al. 2018',
    latent: gaussian,
    terms: [{ term: 'capacity', weight: 20, target: 'linear(0, 25, 2000)' }],
  },
  {
    name: 'free-bits-vae',
    summary: 'the first nats of every dimension are free, against collapse',
    paper: 'Kingma et al. 2016',
    latent: gaussian,
    terms: [{ term: 'free-bits', weight: 1, nats: 0.25 }],
  },
] as const satisfies readonly Preset[]
