import { describe, expect, test } from 'vitest'
import { input } from '../../graph/ops/input.ts'
import { traceDecoder } from '../../model/autoencoder.ts'
import { newTrace } from '../../model/trace.ts'
import { measuredJacobian, overDirections } from '../../testing/jacobian.testing.ts'
import { average, numbered, numbersOf, worldOf } from '../../testing/numbers.testing.ts'

const [BATCH, LATENT, SIZE] = [2, 3, 6]

describe('gradient-penalty', () => {
  test.each([
    ['deterministic', 1],
    ['gaussian', 3],
  ])('is the squared Jacobian of the decoder at %s codes', async (latent, draws) => {
    const { world, value } = worldOf({ term: 'gradient-penalty', weight: 1 }, { latent, draws, batch: BATCH })
    const rows = BATCH * draws
    const got = await overDirections(value, 'gradient-penalty.probe1', [rows, SIZE], world.feeds)
    const { code } = await numbersOf({ code: world.model.posterior.code }, world.feeds)
    const { output } = traceDecoder(world.spec, world.example, input('z', [rows, LATENT]), newTrace())
    const each = await measuredJacobian(output, 'z', { ...world.feeds, z: numbered(code, rows, LATENT) })
    expect(value.shape).toEqual([BATCH])
    for (let i = 0; i < BATCH; i++) {
      const norm = average(each.slice(i * draws, (i + 1) * draws))
      expect(norm).toBeGreaterThan(0.01)
      expect(Math.abs(got[i] / norm - 1)).toBeLessThan(1e-7)
    }
  })

  test('more probes average more directions', async () => {
    const at = async (probes: number) => {
      const { world, value } = worldOf({ term: 'gradient-penalty', weight: 1, probes })
      return (await numbersOf({ value }, world.feeds)).value[0]
    }
    expect(Math.abs((await at(2)) - (await at(1)))).toBeGreaterThan(1e-3)
  })
})
