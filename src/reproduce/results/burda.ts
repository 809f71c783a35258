/** Burda et al. 2016, "Importance Weighted Autoencoders": 784-200-200-50 and its mirror image, tanh, dynamic binarization. */
import type { RecipeDraft } from '../../recipe/recipe.ts'
import type { Reproduction, Schedule, Target } from '../reproduction.ts'

const BATCH = 20
const STEPS_PER_EPOCH = 60_000 / BATCH
const STAGES = 8

/** Epochs of the first stages: stage i has 3^i. */
const epochsOf = (stages: number): number => (3 ** stages - 1) / 2

/** Stage i learns at 1e-3 · 10^(−i/7), rounded as in the authors' code. */
const rateOf = (stage: number): string => (Math.round(10 ** (2 - stage / 7)) / 1e5).toFixed(5)

function learningRate(stages: number): string {
  const later = Array.from({ length: stages - 1 }, (_, i) => [
    epochsOf(i + 1) * STEPS_PER_EPOCH,
    rateOf(i + 1),
  ])
  return `steps(${[rateOf(0), ...later.flat()].join(', ')})`
}

const recipeOf = (objective: string, draws: number, stages: number): RecipeDraft => ({
  data: { source: 'mnist', binarize: 'dynamic', validation: 0 },
  model: {
    architecture: { name: 'mlp', hidden: [200, 200], activation: 'tanh' },
    latent: { size: 50, draws },
    likelihood: { name: 'bernoulli' },
  },
  objective: { name: objective },
  training: {
    batch: BATCH,
    steps: epochsOf(stages) * STEPS_PER_EPOCH,
    optimizer: { name: 'adam', epsilon: 1e-4 },
    learningRate: learningRate(stages),
    seed: 0,
  },
})

interface Variant {
  readonly id: string
  readonly what: string
  readonly objective: string
  readonly draws: number
  readonly short: Stage
  readonly full: Stage
}

interface Stage {
  readonly stages: number
  readonly samples: number
  readonly minutes: number
  readonly wanted: Target['wanted']
  readonly from: Target['from']
}

const scheduleOf = (
  { objective, draws }: Variant,
  { stages, samples, minutes, wanted, from }: Stage,
): Schedule => ({
  extent: `stages 0 to ${stages - 1}, ${epochsOf(stages)} epochs`,
  minutes,
  members: [{ name: objective, recipe: recipeOf(objective, draws, stages) }],
  judge: { split: 'test', nll: samples },
  targets: [
    {
      name: `−log p(x), test, ${samples.toLocaleString('en-US')} importance samples, nats`,
      wanted,
      from,
      got: (judged) => judged[objective].nll,
    },
  ],
})

const reproductionOf = (variant: Variant): Reproduction => ({
  id: variant.id,
  what: variant.what,
  source: 'Burda et al. 2016, "Importance Weighted Autoencoders", table 1, MNIST, one stochastic layer',
  differences:
    'starting values are uniform within ±1/√(inputs), not Glorot’s; each test image is binarized once',
  schedules: { short: scheduleOf(variant, variant.short), full: scheduleOf(variant, variant.full) },
})

const short = { stages: 3, samples: 500, from: 'own' } as const
const full = { stages: STAGES, samples: 5000, from: 'source' } as const

export const burdaVae = reproductionOf({
  id: 'burda-vae',
  what: '−log p(x) of a VAE 784-200-200-50 (tanh) on stochastically binarized MNIST, one draw',
  objective: 'vae',
  draws: 1,
  short: { ...short, minutes: 4, wanted: { value: 97, tolerance: 1 } },
  full: { ...full, minutes: 600, wanted: { value: 86.76, tolerance: 0.5 } },
})

export const burdaIwae = reproductionOf({
  id: 'burda-iwae',
  what: '−log p(x) of the same network under the importance-weighted bound of five draws',
  objective: 'iwae',
  draws: 5,
  short: { ...short, minutes: 7, wanted: { value: 95.4, tolerance: 1 } },
  full: { ...full, minutes: 1200, wanted: { value: 85.54, tolerance: 0.5 } },
})
