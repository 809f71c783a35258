import { type Part, part } from '../base/parts.ts'
import type { ModelSpec } from '../model/spec.ts'
import type { TermSpec } from './spec.ts'

/** A named choice of terms, and of what they need of the model; whatever a user says comes before it. @inline */
export interface Preset {
  readonly name: string
  readonly summary: string
  readonly paper?: string
  /** Kind of code and its options. */
  readonly latent: Partial<ModelSpec['latent']> & Pick<ModelSpec['latent'], 'name'>
  /** So many dimensions of the code at most, where nobody says how many. */
  readonly mostDimensions?: number
  readonly prior?: ModelSpec['prior']
  readonly likelihood?: ModelSpec['likelihood']
  /** What of the data the model is given, where nobody says. */
  readonly condition?: readonly string[]
  /** Where codes of samples come from. */
  readonly sampler?: string
  readonly terms: readonly TermSpec[]
}

/**
 * Makes a preset that can be brought to a training; its name becomes part of its type.
 *
 * @example
 * ```ts
 * import { train } from 'betavae'
 * import { definePreset } from 'betavae/graph'
 *
 * const gentle = definePreset({
 *   name: 'gentle',
 *   summary: 'a VAE with a cheap code',
 *   latent: { name: 'gaussian' },
 *   terms: [{ term: 'kl', weight: 0.1 }],
 * })
 * const draft = { data: { source: 'digits' }, objective: { name: 'gentle' }, training: { steps: 5 } } as const
 * console.log((await train(draft, { parts: [gentle] })).trained.recipe.objective.name)
 * ```
 */
export const definePreset = <const Name extends string>(
  preset: Preset & { readonly name: Name },
): Preset & { readonly name: Name } & Part<'preset'> => part('preset', preset)

const point = { name: 'deterministic' }
const gaussian = { name: 'gaussian' }

/** Every preset. To add one: one entry here. */
const house = [
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
  {
    name: 'hamiltonian-vae',
    summary: 'a posterior refined by a few steps along the model’s own',
    paper: 'Caterini et al. 2018',
    latent: { name: 'hamiltonian' },
    terms: [{ term: 'kl', weight: 1 }],
  },
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

/** One of the house's own, with its name in its type. */
export type HousePreset = (typeof house)[number]

/** Every objective that has a name. */
export const allPresets: readonly Preset[] = house
