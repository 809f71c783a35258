import type { RecipeDraft } from '../../recipe/recipe.ts'
import type { Member, Numbers, Reproduction, Target } from '../reproduction.ts'

/** Of 737,280 images, 7,373 are held out to be judged. */
const data = { source: 'dsprites', validation: 0, test: 0.01 }

const member = (beta: number, extent: NonNullable<RecipeDraft['training']>): Member => ({
  name: `beta-${beta}`,
  recipe: {
    data,
    model: {
      architecture: { name: 'burgess' },
      latent: { size: 10 },
      likelihood: { name: 'bernoulli' },
    },
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: beta }] },
    training: { batch: 64, learningRate: 0.0005, seed: 0, ...extent },
  },
})

const members = (extent: NonNullable<RecipeDraft['training']>): Member[] => [
  member(1, extent),
  member(4, extent),
]

const band = (
  name: string,
  beta: number,
  key: keyof Numbers,
  [value, tolerance]: readonly [number, number],
  from: Target['from'],
): Target => ({
  name: `${name} at β = ${beta}, nats`,
  wanted: { value, tolerance },
  from,
  got: (judged) => judged[`beta-${beta}`][key],
})

/** By how much the numbers move from β = 1 to β = 4. */
const moves: readonly Target[] = [
  {
    name: 'rate at β = 1 less rate at β = 4, nats',
    wanted: { atLeast: 3 },
    from: 'own',
    got: (judged) => judged['beta-1'].kl - judged['beta-4'].kl,
  },
  {
    name: 'distortion at β = 4 less distortion at β = 1, nats',
    wanted: { atLeast: 3 },
    from: 'own',
    got: (judged) => judged['beta-4'].reconstruction - judged['beta-1'].reconstruction,
  },
]

export const dspritesRateDistortion: Reproduction = {
  id: 'dsprites-rate-distortion',
  what: 'rate (KL) and distortion (reconstruction) of the β-VAE on dSprites at β = 1 and 4, network of Burgess et al. 2018',
  source:
    'stored results of disentangling-vae (Dubois et al. 2019): distortion and rate 4.1 and 22.8 at β = 1, 14.4 and 13.3 at β = 4, on one batch of 1,000',
  differences:
    'images are dSprites-like, since the renderer of dSprites was never released, hence wide tolerances; 7,373 held-out images are judged',
  schedules: {
    short: {
      extent: '3,000 steps at each β',
      minutes: 14,
      members: members({ steps: 3000 }),
      judge: { split: 'test' },
      targets: [
        ...moves,
        band('rate', 1, 'kl', [15.5, 4], 'own'),
        band('distortion', 1, 'reconstruction', [143, 40], 'own'),
        band('rate', 4, 'kl', [8.9, 3], 'own'),
        band('distortion', 4, 'reconstruction', [154, 40], 'own'),
      ],
    },
    full: {
      extent: '30 epochs at each β',
      minutes: 900,
      members: members({ epochs: 30 }),
      judge: { split: 'test' },
      targets: [
        ...moves,
        band('rate', 1, 'kl', [22.8, 4], 'source'),
        band('distortion', 1, 'reconstruction', [4.1, 4], 'source'),
        band('rate', 4, 'kl', [13.3, 3], 'source'),
        band('distortion', 4, 'reconstruction', [14.4, 6], 'source'),
      ],
    },
  },
}
