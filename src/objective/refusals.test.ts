import { describe, expect, test } from 'vitest'
import { modelSchema } from '../model/spec.ts'
import { explain } from './ledger.ts'
import { holdsToPrior, readObjective, type TermSpec } from './objective.ts'
import { parseWeight } from './schedule.ts'

const model = modelSchema.parse({
  latent: { name: 'gaussian', size: 2 },
  likelihood: { name: 'bernoulli' },
})
const specOf = (...terms: TermSpec[]) => ({ name: 'own', terms })

test('a term by the name of a likelihood would charge the reconstruction twice', () => {
  expect(() => readObjective(specOf({ term: 'bernoulli', weight: 1 }), model)).toThrow(
    expect.objectContaining({
      code: 'objective/two-likelihoods',
      seen: expect.stringContaining('"bernoulli"'),
    }),
  )
})

test('one term that holds codes to the prior is enough, if it ever has a weight', () => {
  const holds = (...terms: TermSpec[]) => holdsToPrior(specOf(...terms), model)
  const l2 = { term: 'l2', weight: 1 }
  expect(holds({ term: 'kl', weight: 1 }, l2)).toBe(true)
  expect(holds(l2, { term: 'mmd', weight: 1 })).toBe(true)
  expect(holds({ term: 'kl', weight: 'linear(0, 1, 10)' })).toBe(true)
  expect(holds({ term: 'kl', weight: 0 }, l2)).toBe(false)
  expect(holds(l2)).toBe(false)
  expect(holds()).toBe(false)
})

describe('schedules that cannot be used', () => {
  test.each([
    'linear(0, 1, 0)',
    'linear(0, 1, -5)',
    'cosine(0, 1, 0)',
    'cyclic(0, 1, 0, 0.5)',
    'cyclic(0, 1, 100, 0)',
    'cyclic(0, 1, 100, -0.5)',
    'cyclic(0, 1, 100, 1.01)',
    'steps(1)',
    'steps(1, 100)',
    'steps(1, 0, 2)',
    'steps(1, 100, 2, 100, 3)',
    'steps(1, 100, 2, 50, 3)',
  ])('%s', (text) => {
    expect(() => parseWeight(text, {})).toThrow(/\[objective\/schedule\]/)
  })

  test.each(['linear(0, 1, 0.5)', 'cyclic(0, 1, 100, 1)', 'steps(1, 1, 2)', 'steps(1, 100, 2, 101, 3)'])(
    '%s can',
    (text) => {
      expect(parseWeight(text, {}).text).toBe(text)
    },
  )
})

test('rates of learning are said with four digits', () => {
  const [, line] = explain(
    specOf({ term: 'kl', weight: 1 }, { term: 'adversarial-tc', weight: 3, learningRate: 1 / 3 }),
    model,
    { shape: [4] },
    100,
  ).terms
  expect(line.opponent?.words).toMatch(/learning rate 0\.3333$/)
})
