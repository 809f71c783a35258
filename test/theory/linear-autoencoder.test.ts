import { beforeAll, describe, expect, test } from 'vitest'
import { covariance, eigen, matrixOf, multiply, transpose } from '../../src/base/math/linear-algebra.ts'
import { linearDecoder } from '../../src/reproduce/linear-vae.ts'
import { rowsWithSpectrum } from './factor-data.ts'
import { distance, identity, singularValues } from './linear-algebra.ts'
import { PATIENCE, trainLinear } from './linear-model.ts'

const LATENT = 4
const STEPS = 700
const rows = rowsWithSpectrum(100, [4, 2, 1, 0.3, 0.1], 5)
const { values: eigenvalues, vectors: directions } = eigen(covariance(rows))

async function trained(likelihood: { readonly name: string }, weight: number) {
  const run = await trainLinear(rows, {
    model: { latent: { name: 'deterministic', size: LATENT }, likelihood },
    objective: { name: 'map', terms: [{ term: 'l2', weight }] },
    training: { steps: STEPS, learningRate: `cosine(0.05, 0, ${STEPS})` },
  })
  const { weight: decoder, bias } = linearDecoder(run.trained.values)
  const encoder = matrixOf(run.trained.values['encoder.mean.weight'])
  return { decoder, encoder, bias, product: multiply(decoder, encoder) }
}

/**
 * c·E‖x − W₂W₁x‖² + λ(‖W₁‖² + ‖W₂‖²) is least where W₂W₁ shrinks the principal directions by 1 − λ/(cλᵢ), or drops
 * them where that is below 0, and W₁ = W₂ᵀ. Kunin et al. 2019, transpose and landscape theorems, there with c = 1 and sums for means.
 *
 * A squared error is c = 1, a Gaussian c = 1/(2σ²). The biases are penalized too and vanish on data of mean 0.
 */
describe.each([
  { name: 'squared error', likelihood: { name: 'squared-error' }, scale: 1, weight: 0.4 },
  { name: 'Gaussian with σ = 2', likelihood: { name: 'gaussian', sigma: 2 }, scale: 1 / 8, weight: 0.08 },
])('an L2-regularized linear autoencoder: $name', ({ likelihood, scale, weight }) => {
  let model: Awaited<ReturnType<typeof trained>>
  beforeAll(async () => {
    model = await trained(likelihood, weight)
  }, PATIENCE)
  const kept = eigenvalues.slice(0, LATENT).map((value) => Math.max(0, 1 - weight / (scale * value)))

  test('shrinks singular values as predicted', () => {
    expect(kept.filter((share) => share > 0)).toHaveLength(3)
    const found = singularValues(model.product)
    for (const [i, share] of kept.entries()) expect(Math.abs(found[i] - share)).toBeLessThan(1e-4)
  })

  test('does so along the principal directions', () => {
    const shares = identity(eigenvalues.length).map((row, i) => row.map((x) => x * (kept[i] ?? 0)))
    expect(
      distance(model.product, multiply(transpose(directions), multiply(shares, directions))),
    ).toBeLessThan(1e-4)
  })

  test('has the encoder for the transpose of its decoder, and no biases', () => {
    expect(distance(model.encoder, transpose(model.decoder))).toBeLessThan(1e-4)
    for (const entry of model.bias) expect(Math.abs(entry)).toBeLessThan(1e-4)
  })
})
