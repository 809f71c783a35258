import type { Numbers, Reproduction, Target } from '../reproduction.ts'

interface Measured {
  readonly beta: number
  /** Means of the PyTorch runs, each with its tolerance, in nats. */
  readonly reconstruction: readonly [number, number]
  readonly kl: readonly [number, number]
  readonly negativeElbo: readonly [number, number]
  readonly runs: string
}

const target = (
  name: string,
  [value, tolerance]: readonly [number, number],
  of: (vae: Numbers) => number,
): Target => ({
  name: `${name}, test, one draw, nats`,
  wanted: { value, tolerance },
  from: 'source',
  got: ({ vae }) => of(vae),
})

const reproductionOf = ({ beta, reconstruction, kl, negativeElbo, runs }: Measured): Reproduction => ({
  id: `mnist-beta-${beta}`,
  what: `reconstruction and KL of a β-VAE 784-400-20 (ReLU) on grey MNIST at β = ${beta}`,
  source: `independent runs of the same model in PyTorch 1.13: ${runs}`,
  schedules: {
    full: {
      extent: '10 epochs',
      minutes: 1.5,
      members: [
        {
          name: 'vae',
          recipe: {
            data: { source: 'mnist', binarize: 'none', validation: 0 },
            model: {
              architecture: { name: 'mlp', hidden: [400] },
              latent: { size: 20 },
              likelihood: { name: 'bernoulli' },
            },
            objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: beta }] },
            training: { batch: 128, epochs: 10, learningRate: 0.001, seed: 0 },
          },
        },
      ],
      judge: { split: 'test' },
      targets: [
        target('reconstruction', reconstruction, (vae) => vae.reconstruction),
        target('KL', kl, (vae) => vae.kl),
        target('reconstruction + KL', negativeElbo, (vae) => -vae.elbo),
      ],
    },
  },
})

export const mnistBeta1 = reproductionOf({
  beta: 1,
  reconstruction: [80.2, 0.8],
  kl: [25.32, 0.8],
  negativeElbo: [105.52, 0.5],
  runs: 'reconstruction and KL 80.38 and 25.22, 80.01 and 25.42 (two seeds)',
})

export const mnistBeta4 = reproductionOf({
  beta: 4,
  reconstruction: [113.44, 0.8],
  kl: [9.09, 0.4],
  negativeElbo: [122.54, 0.6],
  runs: 'reconstruction and KL 113.44 and 9.09',
})
