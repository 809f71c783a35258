import { describe, expect, test } from 'vitest'
import { measuredJacobian, overDirections } from '../../testing/jacobian.testing.ts'
import { numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'

const [BATCH, LATENT] = [2, 3]

describe('contractive', () => {
  test.each([
    ['what the encoder is shown', []],
    ['an example that is corrupted', [{ term: 'denoising', weight: 0.5 }]],
  ])('is the squared Jacobian of the posterior mean by %s', async (_, others) => {
    const terms = [...others, { term: 'contractive', weight: 1 }]
    const { traced, model, feeds } = toyWorld({ batch: BATCH, draws: 2, terms })
    const penalty = traced.values.contractive
    const got = await overDirections(penalty, 'contractive.probe1', [BATCH, LATENT], feeds)
    // Rows as stored are model units over the scale.
    const scale = feeds['data.scale'].data[0]
    const wanted = (await measuredJacobian(model.posterior.mean, 'x', feeds)).map((norm) => norm / scale ** 2)
    expect(penalty.shape).toEqual([BATCH])
    for (const [row, norm] of wanted.entries()) {
      expect(norm).toBeGreaterThan(0.01)
      expect(Math.abs(got[row] / norm - 1)).toBeLessThan(1e-7)
    }
  })

  test('more probes average more directions', async () => {
    const at = async (probes: number) => {
      const { world, value } = worldOf({ term: 'contractive', weight: 1, probes })
      return (await numbersOf({ value }, world.feeds)).value[0]
    }
    expect(Math.abs((await at(2)) - (await at(1)))).toBeGreaterThan(1e-3)
  })
})
