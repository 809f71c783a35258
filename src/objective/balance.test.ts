import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelSchema } from '../model/spec.ts'
import { balanceOf, type StepParts, withBalances } from './balance.ts'
import { explain } from './ledger.ts'

const step: StepParts = {
  step: 1,
  reconstruction: 90,
  terms: { kl: 2, l2: 50 },
  weights: { kl: 4, l2: 0.04, denoising: 0.25 },
}

test('parts are weighed with the weights of their step, and share the loss', () => {
  expect(balanceOf([step])).toEqual({
    steps: [1, 1],
    loss: 100,
    reconstruction: { value: 90, weighted: 90, share: 0.9 },
    terms: { kl: { value: 2, weighted: 8, share: 0.08 }, l2: { value: 50, weighted: 2, share: 0.02 } },
  })
})

test('several steps are averaged after weighing, so that a schedule is not passed over', () => {
  const later = { step: 9, reconstruction: 10, terms: { kl: 6, l2: 30 }, weights: { kl: 0, l2: 0.04 } }
  const { steps, loss, terms } = balanceOf([step, later])
  expect(steps).toEqual([1, 9])
  expect(terms.kl).toMatchObject({ value: 4, weighted: 4 })
  expect(loss).toBeCloseTo(50 + 4 + 1.6, 12)
})

test('a part that is a gain has a share below 0', () => {
  const { loss, reconstruction, terms } = balanceOf([
    { step: 1, reconstruction: -30, terms: { kl: 10 }, weights: { kl: 1 } },
  ])
  expect({ loss, shares: [reconstruction.share, terms.kl.share] }).toEqual({
    loss: -20,
    shares: [-0.75, 0.25],
  })
})

test('shares without their signs come to 1', () => {
  const nats = fc.double({ min: -1e3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(nats, fc.dictionary(fc.constantFrom('a', 'b', 'c'), nats), (reconstruction, terms) => {
      const weights = { a: 0.5, b: 2, c: 1 }
      const balance = balanceOf([{ step: 1, reconstruction, terms, weights }])
      const shares = [balance.reconstruction, ...Object.values(balance.terms)].map(({ share }) =>
        Math.abs(share),
      )
      const whole = shares.reduce((a, b) => a + b)
      if (reconstruction !== 0) expect(whole).toBeCloseTo(1, 9)
    }),
  )
})

test('a ledger takes the values in; a term on the input has none', () => {
  const model = modelSchema.parse({ likelihood: { name: 'bernoulli' } })
  const terms = [
    { term: 'kl', weight: 4 },
    { term: 'denoising', weight: 0.25 },
  ]
  const ledger = explain({ name: 'toy', terms }, model, { shape: [8] }, 10)
  const balance = balanceOf([{ ...step, terms: { kl: 2 } }])
  const { loss, reconstruction, terms: lines } = withBalances(ledger, { start: balance, end: null })
  expect(loss).toEqual({ start: { steps: [1, 1], loss: 98 }, end: null })
  expect(reconstruction).toMatchObject({ formula: '−log Bernoulli(x; x̂)', start: { value: 90 }, end: null })
  expect(lines).toMatchObject([
    { name: 'kl', start: { value: 2, weighted: 8 }, end: null },
    { name: 'denoising', start: null, end: null },
  ])
})
