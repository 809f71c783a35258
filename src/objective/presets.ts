import type { LatentName } from '../model/spec.ts'
import type { TermSpec } from './objective.ts'

/** A named choice of terms. */
export interface Preset {
  readonly name: string
  readonly summary: string
  readonly latent: LatentName
  readonly terms: readonly TermSpec[]
}

/** Every preset. To add one: one entry here. */
export const allPresets: readonly Preset[] = [
  {
    name: 'autoencoder',
    summary: 'reconstruction alone',
    latent: 'deterministic',
    terms: [],
  },
  {
    name: 'map',
    summary: 'an autoencoder with weight decay: a Gaussian prior on the parameters',
    latent: 'deterministic',
    terms: [{ term: 'l2', weight: 1e-5 }],
  },
  {
    name: 'regularized-autoencoder',
    summary: 'a Gaussian prior on the code and on the decoder, nothing drawn (RAE-L2, Ghosh et al. 2020)',
    latent: 'deterministic',
    terms: [
      { term: 'code-l2', weight: 0.01 },
      { term: 'l2', weight: 1e-5, part: 'decoder' },
    ],
  },
  {
    name: 'vae',
    summary: 'the variational autoencoder: loss = −ELBO (Kingma & Welling 2014)',
    latent: 'gaussian',
    terms: [{ term: 'kl', weight: 1 }],
  },
  {
    name: 'beta-vae',
    summary: 'charges β for the code instead of 1 (Higgins et al. 2017)',
    latent: 'gaussian',
    terms: [{ term: 'kl', weight: 4 }],
  },
]
