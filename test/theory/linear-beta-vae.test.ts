import { beforeAll, describe, expect, test } from 'vitest'
import { covariance, eigen, type Matrix, transpose } from '../../src/base/math/linear-algebra.ts'
import { klToStandardNormal } from '../../src/base/math/normal.ts'
import { dot, meanOf } from '../../src/base/math/sums.ts'
import { open } from '../../src/inside.node.ts'
import { linearDecoder, posteriorsOf } from '../../src/reproduce/linear-vae.ts'
import { rowsWithSpectrum } from './factor-data.ts'
import { singularValues } from './linear-algebra.ts'
import { PATIENCE, trainLinear } from './linear-model.ts'

const VARIANCE = 2
const LATENT = 5
const rows = rowsWithSpectrum(200, [16, 4, 1, 0.25, 0.0625], 5)
const { values: eigenvalues, vectors: directions } = eigen(covariance(rows))

/** Nats in a dimension of the code that count as use of it. */
const USED = 0.01
const STEPS = 2000

async function trained(beta: number) {
  const run = await trainLinear(rows, {
    model: {
      latent: { name: 'gaussian', size: LATENT, draws: 4 },
      likelihood: { name: 'gaussian', sigma: Math.sqrt(VARIANCE) },
    },
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: beta }] },
    training: { steps: STEPS, learningRate: `cosine(0.1, 0, ${STEPS})` },
  })
  using model = await open(run)
  const { means, variances } = await posteriorsOf(model, rows)
  const nats = means.map((row, n) =>
    row.map((mean, unit) => klToStandardNormal(mean, Math.log(variances[n][unit]))),
  )
  return { weight: linearDecoder(run.trained.values).weight, kl: transpose(nats).map(meanOf) }
}

/** Which eigenvector a decoder column lies along, and the cosine between them. */
function directionOf(column: readonly number[]): { readonly place: number; readonly cosine: number } {
  const cosines = directions.map((v) => Math.abs(dot(v, column)) / Math.hypot(...column))
  const cosine = Math.max(...cosines)
  return { place: cosines.indexOf(cosine), cosine }
}

/**
 * The loss is β times that of a VAE with the variance βσ², so what probabilistic PCA keeps at that variance is active:
 * decoder singular values √(λᵢ − βσ²). Lucas et al. 2019, with Tipping & Bishop 1999, eq. 7.
 */
describe.each([
  { beta: 0.25, active: 3 },
  { beta: 1, active: 2 },
  { beta: 4, active: 1 },
])('a linear β-VAE with σ² = 2 and β = $beta', ({ beta, active }) => {
  const threshold = beta * VARIANCE
  let weight: Matrix
  let kl: readonly number[]
  beforeAll(async () => {
    ;({ weight, kl } = await trained(beta))
  }, PATIENCE)

  test('uses a dimension for exactly the eigenvalues above βσ²', () => {
    const wanted = eigenvalues.flatMap((value, i) => (value > threshold ? [i] : []))
    expect(wanted).toHaveLength(active)
    const columns = transpose(weight).filter((_, unit) => kl[unit] > USED)
    const places = columns.map(directionOf)
    expect(places.map(({ place }) => place).sort()).toEqual(wanted)
    for (const { cosine } of places) expect(cosine).toBeGreaterThan(0.995)
  })

  test('pays ½ log(λᵢ / βσ²) nats for each of them', () => {
    const wanted = eigenvalues.map((value) => Math.max(0, 0.5 * Math.log(value / threshold)))
    for (const [i, nats] of [...kl].sort((a, b) => b - a).entries())
      expect(Math.abs(nats - wanted[i])).toBeLessThan(USED)
  })

  test('has decoder singular values √(λᵢ − βσ²)', () => {
    const found = singularValues(weight)
    const wanted = eigenvalues.slice(0, active).map((value) => Math.sqrt(value - threshold))
    for (const [i, value] of wanted.entries()) expect(Math.abs(found[i] / value - 1)).toBeLessThan(0.01)
    for (const value of found.slice(active)) expect(value).toBeLessThan(0.05 * wanted[active - 1])
  })
})
