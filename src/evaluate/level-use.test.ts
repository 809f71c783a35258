import { expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { modelSchema } from '../model/spec.ts'
import { levelUse, useOf } from './level-use.ts'

test('a codebook is used by all positions together', () => {
  const places = [0, 1, 1, 0, 2, 2, 0, 1]
  const use = useOf({ levels: [4, 4], sharesLevels: true, places })
  const shares = [3 / 8, 3 / 8, 2 / 8]
  const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0)
  expect(use).toEqual({ variables: 2, levels: 4, used: 3, perplexity: Math.exp(entropy) })
})

test('variables with levels of their own are counted each by itself', () => {
  const places = [0, 4, 1, 4, 2, 4, 3, 3]
  const second = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))
  expect(useOf({ levels: [4, 5], sharesLevels: false, places })).toEqual({
    variables: 2,
    levels: 9,
    used: 6,
    perplexity: (4 + Math.exp(second)) / 2,
  })
})

const spec = (latent: Record<string, unknown>) => modelSchema.parse({ latent })

test('levels are read from codes: entries of a codebook, one-hots, and none of numbers', async () => {
  const vq = spec({ name: 'vq', size: 4, entries: 3, dimensions: 2, positions: 'flat' })
  const entries = { data: Float32Array.of(0, 0, 1, 1, -1, 2), shape: [3, 2] }
  const codes = Float64Array.of(1, 1, 0, 0, 1, 1, 1, 1)
  expect(await levelUse(referenceEngine, vq, { 'codebook.entries': entries }, codes)).toMatchObject({
    variables: 2,
    levels: 3,
    used: 2,
  })
  const categorical = spec({ name: 'categorical', size: 4, levels: 2 })
  const oneHots = Float64Array.of(1, 0, 0, 1, 0, 1, 0, 1)
  expect(await levelUse(referenceEngine, categorical, {}, oneHots)).toMatchObject({ levels: 4, used: 3 })
  expect(await levelUse(referenceEngine, spec({ name: 'gaussian' }), {}, codes)).toBeUndefined()
})
