import { describe, expect, test } from 'vitest'
import type { BetavaeError } from '../base/errors.ts'
import { modelSchema } from '../model/spec.ts'
import { convert, explain } from './ledger.ts'
import type { TermSpec } from './objective.ts'

const model = (likelihood: string, latent = 'gaussian') =>
  modelSchema.parse({ latent: { name: latent, size: 20 }, likelihood: { name: likelihood } })
const mnist = { shape: [1, 28, 28] }
const ledgerOf = (terms: TermSpec[], of = model('bernoulli')) =>
  explain({ name: 'toy', terms }, of, mnist, 60_000)

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

describe('the formula', () => {
  const formulaOf = (terms: TermSpec[], given: object = {}) =>
    ledgerOf(terms, modelSchema.parse({ latent: { size: 20 }, ...given })).formula

  test('names the prior, and so do terms', () => {
    const prior = { name: 'mixture', components: 7 }
    const terms = [{ term: 'kl', weight: 4 }]
    expect(formulaOf(terms, { prior })).toBe(
      'L = −log Bernoulli(x; x̂) + 4 · KL(q(z|x) ‖ Σₖ πₖ N(μₖ, σₖ²), k = 1 … 7, learned)',
    )
    const [line] = ledgerOf(terms).terms
    expect(line.formula).toBe('KL(q(z|x) ‖ N(0, I))')
    expect(line.reading).toMatch(/^prior on the code z ~ N\(0, I\), /)
  })

  test('says what is done to examples and codes on the way', () => {
    const corrupted = [
      { term: 'kl', weight: 1 },
      { term: 'denoising', weight: 0.3 },
    ]
    expect(formulaOf(corrupted, { latent: { size: 20, draws: 5 } })).toBe(
      'L = −log Bernoulli(x; x̂) + KL(q(z|x) ‖ N(0, I)), encoder sees x̃ = x + σ·ε, ε ~ N(0, I), σ = 0.3, K = 5 draws of z',
    )
    expect(formulaOf([{ term: 'denoising', weight: 'linear(0, 1, 9)' }])).toMatch(/, σ = linear\(0, 1, 9\)$/)
  })

  test('holds a minus sign together with what it is of', () => {
    expect(formulaOf([{ term: 'adversarial-prior', weight: 10 }])).toMatch(/ \+ 10 · \(−log D\(z\)\)$/)
  })
})

test('where a term holds the KL at a target there is no β', () => {
  expect(ledgerOf([{ term: 'capacity', weight: 100, target: 5 }], model('squared-error'))).toMatchObject({
    beta: null,
    betaNorm: null,
    impliedVariance: null,
    rate: 'capacity',
    conventions: [],
  })
})

test('where there is no KL, β is 0 and has no other names', () => {
  const { beta, rate, conventions } = ledgerOf([], model('gaussian', 'deterministic'))
  expect({ beta, rate, conventions }).toEqual({ beta: 0, rate: null, conventions: [] })
})

test('an opponent is named with how it learns', () => {
  const [{ opponent }] = ledgerOf([
    { term: 'adversarial-tc', weight: 10, learningRate: 'linear(1e-3, 1e-4, 50)' },
  ]).terms
  expect(opponent).toMatchInlineSnapshot(`
    {
      "learningRate": "linear(1e-3, 1e-4, 50)",
      "optimizer": {
        "beta1": 0.5,
        "beta2": 0.9,
        "name": "adam",
      },
      "words": "its opponent learns against the model with adam (beta1 0.5, beta2 0.9), learning rate linear(1e-3, 1e-4, 50)",
    }
  `)
})

describe('conventions', () => {
  const namesOf = (likelihood: object) =>
    ledgerOf([{ term: 'kl', weight: 'linear(0, 4, 10)' }], modelSchema.parse({ likelihood })).conventions.map(
      ({ name, value }) => [name, value],
    )

  test('give the final β of a squared error of known scale', () => {
    expect(namesOf({ name: 'gaussian', sigma: 0.5 })).toEqual([
      ['beta', 4],
      ['beta-norm', 80 / 784],
      ['sum-squares', 2],
      ['mean-squares', 2 / 784],
      ['mean-mean', (2 * 20) / 784],
    ])
  })

  test('know no squared error whose scale is learned', () => {
    for (const sigma of ['learned', 'optimal', 'decoder'])
      expect(namesOf({ name: 'gaussian', sigma }).map(([name]) => name)).toEqual([
        'beta',
        'beta-norm',
        'mean-entropy',
        'mean-mean',
      ])
  })

  test('a weight of another becomes β, with its option', () => {
    const from = { name: 'mean-squares', value: 0.001 }
    const kl = { name: 'toy', terms: [{ term: 'kl', weight: 1 }] }
    const { beta, option, conventions } = convert(from, kl, model('squared-error'), mnist)
    expect(beta).toBeCloseTo(0.784, 12)
    expect(option).toBe('--beta 0.784')
    expect(conventions.find(({ name }) => name === from.name)?.value).toBeCloseTo(from.value, 12)
    const bits = { name: 'toy', terms: [{ term: 'free-bits', weight: 1 }] }
    expect(convert(from, bits, model('squared-error'), mnist).option).toBe('--free-bits 0.784')
  })

  test.each([
    ['capacity', [{ term: 'capacity', weight: 100 }]],
    ['no KL', []],
  ])('nothing is converted for an objective with %s', (_, terms) => {
    const from = { name: 'beta', value: 1 }
    const refused = () => convert(from, { name: 'toy', terms }, model('bernoulli'), mnist)
    expect(refused).toThrow(
      expect.objectContaining({ code: 'objective/no-beta', usage: true } as BetavaeError),
    )
  })
})
