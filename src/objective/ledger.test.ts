import { expect, test } from 'vitest'
import { modelSchema } from '../model/spec.ts'
import { explain } from './ledger.ts'

const model = (likelihood: string, latent = 'gaussian') =>
  modelSchema.parse({ latent: { name: latent, size: 20 }, likelihood: { name: likelihood } })
const mnist = { shape: [1, 28, 28] }

test('a β-VAE with squared error says what β implies', () => {
  const ledger = explain(
    { name: 'beta-vae', terms: [{ term: 'kl', weight: 4 }] },
    model('squared-error'),
    mnist,
    60_000,
  )
  expect(ledger.formula).toBe('L = ‖x − x̂‖² + 4 · KL(q(z|x) ‖ N(0, I))')
  expect(ledger.beta).toBe(4)
  expect(ledger.betaNorm).toBeCloseTo((4 * 20) / 784, 12)
  // ‖x − x̂‖² + β·KL is β times ‖x − x̂‖²/(2σ²) + KL at σ² = β/2.
  expect(ledger.impliedVariance).toBe(2)
})

test('weight decay is a Gaussian prior of variance 1/(2λN)', () => {
  const { terms, beta, impliedVariance } = explain(
    { name: 'map', terms: [{ term: 'l2', weight: 1e-5 }] },
    model('bernoulli', 'deterministic'),
    mnist,
    50_000,
  )
  expect(terms).toMatchInlineSnapshot(`
    [
      {
        "formula": "‖θ‖²",
        "name": "l2",
        "on": "parameters",
        "reading": "MAP with the prior θ ~ N(0, 1/(2λN)) = N(0, 1), N = 50000",
        "weight": 0.00001,
      },
    ]
  `)
  expect({ beta, impliedVariance }).toEqual({ beta: 0, impliedVariance: null })
})

test('a schedule is shown as one, and its end is the β that is reported', () => {
  const ledger = explain(
    { name: 'vae', terms: [{ term: 'kl', weight: 'linear(0, 2, 100)' }] },
    model('bernoulli'),
    mnist,
    10,
  )
  expect(ledger.formula).toBe('L = −log Bernoulli(x; x̂) + β(t) · KL(q(z|x) ‖ N(0, I))')
  expect(ledger.terms[0].weight).toBe('linear(0, 2, 100)')
  expect(ledger.beta).toBe(2)
})
