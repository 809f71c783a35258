import { type Matrix, matrixOf } from '../../base/math/linear-algebra.ts'
import { meanOf } from '../../base/math/sums.ts'
import { fixed } from '../../report/format.ts'
import { arrayOf, factorRows } from '../factor-model.ts'
import { exactElbos } from '../linear-vae.ts'
import { type ProbabilisticPca, probabilisticPca } from '../probabilistic-pca.ts'
import { OWN_ROWS, type Reproduction, type Schedule } from '../reproduction.ts'

const LATENT = 3
const STEPS = 1800
const ROWS = 200
const SIZE = 6

const drawn = (): Matrix =>
  factorRows({ rows: ROWS, size: SIZE, lengths: [3, 2, 1.2], sigma: 0.5, offset: 1, seed: 5 })

/** The greatest likelihood that any model of this form can give these rows. */
export const bestLinearModel = (rows: Matrix): ProbabilisticPca => probabilisticPca(rows, LATENT)

const full = {
  extent: `${STEPS} steps on all ${ROWS} rows`,
  minutes: 0.1,
  members: [
    {
      name: 'vae',
      recipe: {
        data: { source: OWN_ROWS, scaling: 'none', validation: 0, test: 0 },
        model: {
          architecture: { name: 'mlp', hidden: [] },
          latent: { name: 'gaussian', size: LATENT, draws: 4 },
          likelihood: { name: 'gaussian', sigma: 'learned' },
        },
        objective: { name: 'vae' },
        training: { batch: ROWS, steps: STEPS, learningRate: `cosine(0.03, 0, ${STEPS})`, seed: 0 },
      },
    },
  ],
  rows: () => arrayOf(drawn()),
  judge: {
    async measure({ model, values }) {
      const rows = drawn()
      const elbo = meanOf(await exactElbos(values, model, rows))
      return { elbo, logLikelihood: bestLinearModel(rows).logLikelihood }
    },
  },
  targets: [
    {
      name: 'log-likelihood of probabilistic PCA less the ELBO, both in closed form, nats',
      wanted: { value: 0, tolerance: 0.001 },
      from: 'source',
      got: ({ vae }) => vae.logLikelihood - vae.elbo,
      note: ({ vae }) => `${fixed(vae.logLikelihood, 5)} and ${fixed(vae.elbo, 5)}`,
    },
  ],
} as const satisfies Schedule

/** The recipe and the rows, for those who train it otherwise. */
export const linearVae = { recipe: full.members[0].recipe, rows: (): Matrix => matrixOf(full.rows()) }

export const linearVaePpca: Reproduction = {
  id: 'linear-vae-ppca',
  what: 'a linear VAE with a learned σ reaches the likelihood of probabilistic PCA',
  source: 'Lucas et al. 2019, "Don’t Blame the ELBO!", theorem 1; Tipping & Bishop 1999, eqs. 7 and 8',
  schedules: { full },
}
