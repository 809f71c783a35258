import { describe, expect, test } from 'vitest'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import { codeL1 } from './code-l1.ts'

describe('code-l1', () => {
  test.each(['gaussian', 'deterministic'])('sums absolute codes of a %s latent', async (latent) => {
    const draws = latent === 'gaussian' ? 2 : 1
    const { world, value } = worldOf({ term: 'code-l1', weight: 1 }, { latent, draws, batch: 2 })
    const got = await numbersOf({ value, code: world.model.posterior.code }, world.feeds)
    const row = (i: number) =>
      got.code.slice(3 * i, 3 * (i + 1)).reduce((total, entry) => total + Math.abs(entry), 0)
    const ofExample = (i: number) =>
      average(Array.from({ length: draws }, (_, draw) => row(draws * i + draw)))
    expect(value.shape).toEqual([2])
    expect(got.value[0]).toBeCloseTo(ofExample(0), 12)
    expect(got.value[1]).toBeCloseTo(ofExample(1), 12)
  })

  test('is the Laplace prior that it says it is', () => {
    // −log Laplace(z; 0, b) = |z|/b + constant, so b = 1/λ.
    const setting = { examples: 10, latent: 3, dataSize: 6 }
    expect(codeL1.reading(0.4, {}, setting, {})).toContain('Laplace(0, 2.5)')
    expect(codeL1.reading(0, {}, setting, {})).toContain('off')
  })
})
