/** Davidson et al. 2018: 784-256-128 and its mirror image, codes on the sphere in eleven dimensions, dynamic binarization. */
import type { Reproduction } from '../reproduction.ts'

const EPOCHS = 500
const PATIENCE = 50

export const hyperspherical: Reproduction = {
  id: 'hyperspherical',
  what: '−log p(x) of a hyperspherical VAE 784-256-128 (ReLU), codes on the sphere in 11 dimensions, on dynamically binarized MNIST',
  source:
    'Davidson et al. 2018, "Hyperspherical Variational Auto-Encoders", table 1, d = 10: 93.16 ± 0.31; rerun by Chadebec et al. 2022 to 93.13',
  differences:
    'starting values are uniform within ±1/√(inputs), not Glorot’s; each validation and test image is binarized once',
  schedules: {
    full: {
      extent: `${EPOCHS} epochs at most, the best on validation kept, ended by ${PATIENCE} without a better one`,
      minutes: 45,
      members: [
        {
          name: 'sphere',
          recipe: {
            // A sixth of the 60,000 rows: 50,000 to train on, 10,000 held out.
            data: { source: 'mnist', binarize: 'dynamic', validation: 0.166666667 },
            model: {
              architecture: { name: 'mlp', hidden: [256, 128] },
              latent: { size: 11 },
              likelihood: { name: 'bernoulli' },
            },
            objective: { name: 'hyperspherical-vae' },
            training: { batch: 64, epochs: EPOCHS, patience: PATIENCE, learningRate: 0.001, seed: 0 },
          },
        },
      ],
      judge: { split: 'test', nll: 500 },
      targets: [
        {
          name: '−log p(x), test, 500 importance samples, nats',
          wanted: { value: 93.16, tolerance: 0.6 },
          from: 'source',
          got: ({ sphere }) => sphere.nll,
        },
      ],
    },
  },
}
