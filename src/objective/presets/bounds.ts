/** Bounds of several draws. */
import { gaussian, type Preset } from './preset.ts'

export const bounds = [
  {
    name: 'iwae',
    summary: 'a tighter bound from several draws',
    paper: 'Burda et al. 2016',
    latent: { ...gaussian, draws: 5 },
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'importance', weight: 1 },
    ],
  },
  {
    name: 'miwae',
    summary: 'the mean of tighter bounds, each of a group of draws',
    paper: 'Rainforth et al. 2018',
    latent: { ...gaussian, draws: 16 },
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'importance', weight: 1, groups: 4 },
    ],
  },
  {
    name: 'piwae',
    summary: 'the tightest bound for the decoder, the mean of groups’ bounds for the encoder',
    paper: 'Rainforth et al. 2018',
    latent: { ...gaussian, draws: 16 },
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'piwae', weight: 1, groups: 4 },
    ],
  },
  {
    name: 'ciwae',
    summary: 'a convex combination of the ELBO and the tighter bound of several draws',
    paper: 'Rainforth et al. 2018',
    latent: { ...gaussian, draws: 16 },
    terms: [
      { term: 'kl', weight: 1, estimator: 'sampled' },
      { term: 'importance', weight: 0.95 },
    ],
  },
] as const satisfies readonly Preset[]
