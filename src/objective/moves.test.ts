import { expect, test } from 'vitest'
import { modelSchema } from '../model/spec.ts'
import { withMoves } from './moves.ts'
import type { Weight } from './schedule.ts'

const model = modelSchema.parse({
  architecture: { name: 'mlp' },
  latent: { size: 2 },
  likelihood: { name: 'bernoulli' },
})

const moved = (weight: Weight, ...moves: [step: number, weight: Weight][]) =>
  withMoves(
    { name: 'beta-vae', terms: [{ term: 'kl', weight }] },
    model,
    moves.map(([step, to]) => ({ step, term: 'kl', weight: to })),
  ).terms[0].weight

test('a number that was moved becomes the steps it took', () => {
  expect(moved(1)).toBe(1)
  expect(moved(1, [250, 8])).toBe('steps(1, 250, 8)')
  expect(moved(1, [250, 8], [300, 0.5])).toBe('steps(1, 250, 8, 300, 0.5)')
  expect(moved('steps(1, 250, 8)', [300, 0.5])).toBe('steps(1, 250, 8, 300, 0.5)')
  expect(moved('steps(1, 1000, 8)', [100, 4])).toBe('steps(1, 100, 4)')
})

test('moves that no step saw leave no trace', () => {
  expect(moved(1, [0, 8])).toBe(8)
  expect(moved(1, [250, 2], [250, 8])).toBe('steps(1, 250, 8)')
  expect(moved(1, [250, 2], [250, 1])).toBe(1)
})

test('of a schedule that was left, or moved to, the last weight stays', () => {
  expect(moved('linear(0, 4, 100)', [50, 8])).toBe(8)
  expect(moved(1, [50, 'linear(0, 4, 100)'])).toBe('linear(0, 4, 100)')
})

test('only the term of a key is moved', () => {
  const spec = {
    name: 'own',
    terms: [
      { term: 'l2', weight: 1, part: 'encoder' },
      { term: 'l2', weight: 2, part: 'decoder' },
    ],
  }
  const { terms } = withMoves(spec, model, [{ step: 5, term: 'l2-2', weight: 3 }])
  expect(terms).toEqual([spec.terms[0], { term: 'l2', weight: 'steps(2, 5, 3)', part: 'decoder' }])
})
