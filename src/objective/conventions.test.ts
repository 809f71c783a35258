import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaOf, type ConventionSetting, conventionsOf } from './conventions.ts'

const M = 128
const N = 64 * 64 * 3
const gaussian = (variance: number | undefined): ConventionSetting => ({
  latent: M,
  dataSize: N,
  variance,
  error: '−log N(x; x̂, σ²)',
})
const bernoulli: ConventionSetting = {
  latent: 20,
  dataSize: 784,
  variance: undefined,
  error: '−log Bernoulli(x; x̂)',
}
const valuesOf = (beta: number, setting: ConventionSetting) =>
  Object.fromEntries(conventionsOf(beta, setting).map(({ name, value }) => [name, value]))

test('.00025 beside a mean squared error on 64×64×3 is β ≈ 1.5 where σ² = 1, and twice that where σ² = ½', () => {
  const given = { name: 'mean-squares', value: 0.00025 }
  expect(betaOf(given, gaussian(1))).toBeCloseTo(1.536, 12)
  expect(betaOf(given, gaussian(0.5))).toBeCloseTo(3.072, 12)
})

describe('each convention’s loss is −log p + β·KL, up to a factor and a constant', () => {
  /** A squared error and a KL, and what each convention makes of them with its weight w. */
  const squaredLosses: Record<string, (errors: number, kl: number, w: number) => number> = {
    'sum-squares': (errors, kl, w) => errors + w * kl,
    'mean-squares': (errors, kl, w) => errors / N + w * kl,
    'mean-mean': (errors, kl, w) => errors / N + (w * kl) / M,
  }
  test.each(Object.keys(squaredLosses))('%s', (name) => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        fc.constantFrom(0.1, 0.5, 1, 4),
        (beta, variance) => {
          const w = valuesOf(beta, gaussian(variance))[name]
          const ours = (errors: number, kl: number) => errors / (2 * variance) + beta * kl
          const theirs = (errors: number, kl: number) => squaredLosses[name](errors, kl, w)
          // Proportional functions trade errors for nats at one rate.
          const ratio = theirs(1, 0) / ours(1, 0)
          expect(theirs(300, 7) / ours(300, 7)).toBeCloseTo(ratio, 12)
          expect(theirs(0, 1) / ours(0, 1)).toBeCloseTo(ratio, 12)
        },
      ),
    )
  })

  test('without a squared error', () => {
    expect(valuesOf(4, bernoulli)).toEqual({
      beta: 4,
      'beta-norm': (4 * 20) / 784,
      'mean-entropy': 4 / 784,
      'mean-mean': (4 * 20) / 784,
    })
  })
})

test('‖x − x̂‖² + w·KL is what a β of σ² = ½ stands in', () => {
  expect(valuesOf(4, gaussian(0.5))['sum-squares']).toBe(4)
})

test('every name leads back to its β', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      fc.constantFrom(gaussian(0.5), gaussian(2), gaussian(undefined), bernoulli),
      (beta, setting) => {
        const lines = conventionsOf(beta, setting)
        expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length)
        for (const line of lines) expect(betaOf(line, setting) / beta).toBeCloseTo(1, 12)
      },
    ),
  )
})

test('a convention that is none, or that the likelihood does not have, is refused', () => {
  const messageOf = (name: string, setting: ConventionSetting) => {
    try {
      return betaOf({ name, value: 1 }, setting)
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(messageOf('mse', gaussian(1))).toMatchInlineSnapshot(
    `"convention "mse"; wanted beta, beta-norm, sum-squares, mean-squares, mean-mean. Fix: name one of those. [objective/convention]"`,
  )
  expect(messageOf('mean-squares', bernoulli)).toMatchInlineSnapshot(
    `"convention "mean-squares" where the likelihood is −log Bernoulli(x; x̂); wanted a Gaussian likelihood whose σ² is given, or one of beta, beta-norm, mean-entropy, mean-mean. Fix: add --likelihood gaussian --sigma 1, or the σ that the squared error is meant with. [objective/convention-form]"`,
  )
  expect(messageOf('mean-entropy', gaussian(1))).toMatchInlineSnapshot(
    `"convention "mean-entropy" where the likelihood is −log N(x; x̂, σ²); wanted a likelihood other than a Gaussian of given σ², or one of beta, beta-norm, sum-squares, mean-squares, mean-mean. Fix: name the convention of the squared error, or add --likelihood bernoulli. [objective/convention-form]"`,
  )
})
