import { describe, expect, test } from 'vitest'
import { parse } from 'zod/mini'
import { isPart } from '../../base/parts.ts'
import { modelSchema } from '../../model/spec.ts'
import { explain } from '../ledger.ts'
import { knobsAt, readObjective, weightsOf } from '../objective.ts'
import { definePreset } from '../presets/preset.ts'
import { parseWeight } from '../schedule.ts'
import { allTerms } from './index.ts'

const setting = { examples: 1000, latent: 8, dataSize: 100 }

function said(name: string, given: object) {
  const term = allTerms.find((one) => one.name === name)!
  const options = parse(term.options, given) as Record<string, unknown>
  const scheduled = Object.fromEntries(
    Object.keys(term.scheduled ?? {}).map((key) => [key, parseWeight(options[key] as number, {})]),
  )
  return {
    formula: term.formula(options, scheduled),
    reading: (weight: number) => term.reading(weight, options, setting, scheduled),
  }
}

test.each<[string, object, string]>([
  ['kl', {}, 'KL(q(z|x) ‖ p(z))'],
  ['capacity', {}, '|KL(q(z|x) ‖ p(z)) − C(t)|'],
  ['capacity', { target: 25 }, '|KL(q(z|x) ‖ p(z)) − 25|'],
  ['free-bits', { nats: 0.5 }, 'Σⱼ max(0.5, KLⱼ(q(z|x) ‖ p(z)))'],
  ['index-code-mi', {}, 'I(z; n)'],
  ['total-correlation', {}, 'TC(z)'],
  ['dimension-wise-kl', {}, 'Σⱼ KL(q(zⱼ) ‖ p(zⱼ))'],
  ['dip-1', { diagonal: 5 }, '(Σᵢ≠ⱼ Cov[μ]ᵢⱼ² + 5 Σᵢ (Cov[μ]ᵢᵢ − 1)²)'],
  ['dip-2', {}, '(Σᵢ≠ⱼ Cov[z]ᵢⱼ² + Σᵢ (Cov[z]ᵢᵢ − 1)²)'],
  ['mmd', { kernel: 'rbf' }, 'MMD²(q(z), p(z); rbf)'],
  ['importance', {}, '(meanₖ log wₖ − log meanₖ wₖ)'],
  ['robust', { tilt: 2 }, '(−(1/t) log meanᵢ exp(−t·Lᵢ) − meanᵢ Lᵢ, t = 2/√N)'],
  ['l2', {}, '‖θ‖²'],
  ['l2', { part: 'decoder' }, '‖θ_decoder‖²'],
  ['l1', { part: 'encoder' }, '‖θ_encoder‖₁'],
  ['code-l2', {}, '‖z‖²'],
  ['code-l1', {}, '‖z‖₁'],
  ['contractive', {}, '‖∂f(x)/∂x‖²'],
  ['gradient-penalty', {}, '‖∂g(z)/∂z‖²'],
  ['spectral-norm', {}, 'Σ σ_max(W_decoder)²'],
  ['spectral-norm', { part: 'all' }, 'Σ σ_max(W)²'],
  ['denoising', {}, 'x̃ = x + σ·ε, ε ~ N(0, I)'],
  ['denoising', { kind: 'masking' }, 'x̃ = x ⊙ m, m ~ Bernoulli(1 − σ)'],
  ['adversarial-tc', {}, 'TC(z)'],
  ['adversarial-prior', {}, '−log D(z)'],
])('%s %j is %s', (name, options, formula) => {
  expect(said(name, options).formula).toBe(formula)
})

// N = 1000 examples, 8 dimensions, 100 numbers in one.
test.each<[string, object, number, string]>([
  ['kl', {}, 0, 'the prior on the code is off'],
  ['kl', {}, 0.5, 'counted 0.5 times; the code is charged less than the ELBO asks'],
  ['kl', {}, 1, 'counted once; at face value'],
  ['kl', {}, 4, 'counted 4 times; the code is charged more than the ELBO asks'],
  ['capacity', { target: 'linear(0, 7, 100)' }, 3, 'carries 7 nats in the end'],
  ['capacity', {}, 3, 'by less than γ = 3'],
  ['free-bits', { nats: 0.5 }, 4, 'counted 4 times from 0.5 nats a dimension on: 4 nats in all are free'],
  ['index-code-mi', {}, 3, 'charges 3 for each nat that codes tell'],
  ['total-correlation', {}, 3, 'dimensions independent, 3 for each nat they share'],
  ['dimension-wise-kl', {}, 1, 'zⱼ ~ p(zⱼ), counted once;'],
  ['dip-1', {}, 4, 'posterior means uncorrelated (λ_od = 4) and of variance 1 (λ_d = 40)'],
  ['dip-2', { diagonal: 3 }, 2, 'codes uncorrelated (λ_od = 2) and of variance 1 (λ_d = 6)'],
  ['mmd', { kernel: 'rbf' }, 2, 'as kernel rbf sees it, 2 for each unit of MMD²'],
  ['importance', {}, 0.5, 'is 0.5 of the way from −ELBO to the K-sample bound'],
  ['importance', {}, 1, 'the loss is the K-sample bound −log meanₖ wₖ (K = draws), not −ELBO'],
  ['importance', {}, 1.5, 'the loss bounds nothing'],
  // A tenth of the weight exp(−t·L) at t·ΔL = log 10, t = tilt/√100.
  ['robust', {}, 1, 'an example 23.03 nats worse than another counts a tenth of it'],
  ['robust', { tilt: 2 }, 1, 'an example 11.51 nats worse'],
  // N·λ·θ² = θ²/(2σ²), and N·λ·|θ| = |θ|/b.
  ['l2', {}, 4, 'θ ~ N(0, 1/(2λN)) = N(0, 0.000125), N = 1000'],
  ['l2', { part: 'decoder' }, 0.5, 'θ_decoder ~ N(0, 1/(2λN)) = N(0, 0.001)'],
  ['l1', {}, 4, 'θ ~ Laplace(0, 1/(λN)) = Laplace(0, 0.00025), N = 1000'],
  ['code-l2', {}, 4, 'z ~ N(0, 1/(2λ)) = N(0, 0.125)'],
  ['code-l1', {}, 4, 'z ~ Laplace(0, 1/λ) = Laplace(0, 0.25)'],
  ['contractive', {}, 4, 'under input noise N(0, λ) = N(0, 4)'],
  ['gradient-penalty', {}, 4, 'λN = 4000; to first order what noise N(0, 2λ) = N(0, 8)'],
  ['spectral-norm', {}, 4, 'on each weight matrix of the decoder, λN = 4000'],
  ['spectral-norm', { part: 'all' }, 4, 'on each weight matrix of encoder and decoder'],
  ['denoising', {}, 0.5, 'it adds (σ²/2)·‖∂x̂/∂x‖² = 0.125·‖∂x̂/∂x‖²'],
  ['denoising', { kind: 'masking' }, 0.5, 'every entry is hidden with probability 0.5'],
  ['adversarial-tc', {}, 1, 'is charged once on top of its share in the KL'],
  ['adversarial-tc', {}, 3, 'is charged 3 times on top of its share in the KL'],
  ['adversarial-prior', {}, 1, 'no draw from it is charged once'],
])('%s %j of weight %d reads: %s', (name, options, weight, words) => {
  expect(said(name, options).reading(weight)).toContain(words)
})

describe('a weight of 0', () => {
  test.each(allTerms.map(({ name }) => name))('of %s says that it is off, and no other does', (name) => {
    const { reading } = said(name, {})
    expect(reading(0)).toMatch(/^off: | is off: a plain autoencoder with noise$|^the loss|^off/)
    for (const weight of [1e-3, 0.5, 1]) {
      expect(reading(weight)).not.toMatch(/^off|is off/)
      expect(reading(weight)).not.toBe(reading(0))
    }
  })
})

test('the weights at a step, by term', () => {
  const model = modelSchema.parse({
    latent: { name: 'gaussian', size: 2 },
    likelihood: { name: 'bernoulli' },
  })
  const spec = {
    name: 'own',
    terms: [
      { term: 'kl', weight: 4 },
      { term: 'l2', weight: 'linear(0, 2, 100)' },
    ],
  }
  const terms = readObjective(spec, model)
  expect(weightsOf(terms, knobsAt(terms, 50))).toEqual({ kl: 4, l2: 1 })
  expect(weightsOf(terms, knobsAt(terms, 500))).toEqual({ kl: 4, l2: 2 })
})

test('a preset that somebody makes is a part', () => {
  expect(
    isPart(definePreset({ name: 'own', summary: 'ours', latent: { name: 'gaussian' }, terms: [] })),
  ).toBe(true)
})

test('opponents say how they learn, with options where they have any', () => {
  const model = modelSchema.parse({
    latent: { name: 'gaussian', size: 2 },
    likelihood: { name: 'bernoulli' },
  })
  const wordsOf = (learningRate: number | string) =>
    explain(
      {
        name: 'own',
        terms: [
          { term: 'kl', weight: 1 },
          { term: 'adversarial-tc', weight: 3, learningRate },
        ],
      },
      model,
      { shape: [4] },
      100,
    ).terms[1].opponent?.words
  expect(wordsOf(2e-4)).toMatch(
    /^its opponent learns against the model with adam( \(\w+ [^()]+\))?, learning rate 0\.0002$/,
  )
})
