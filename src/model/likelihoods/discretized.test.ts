import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { likelihood, losses } from '../../testing/density.testing.ts'

const native = await nativeEngine({ threads: 1 })
const levels = Array.from({ length: 256 }, (_, i) => i / 255)
const bits = (nats: number) => nats / Math.LN2

/** Level, center, scale, −log P: differences of scipy.special.expit. */
test.each([
  [0, 0.2, 0.1, 2.1096777641195787],
  [128, 0.2, 0.1, 6.353571413315235],
  [255, 0.9, 0.02, 4.909365299339025],
  [100, 0.4, 0.001, 5.90520135572306],
])('level %d about %d of scale %d, and in float32', async (level, center, scale, wanted) => {
  const each = likelihood('discretized-logistic', { width: scale })
  const { loss } = await losses(each, [center], [level / 255])
  expect(loss[0]).toBeCloseTo(wanted, 8)
  const fast = await losses(each, [center], [level / 255], { engine: native })
  expect(Math.abs(fast.loss[0] - wanted)).toBeLessThan(1e-4)
})

test('a level that nobody expected costs what is as far away, not infinity', async () => {
  const each = likelihood('discretized-logistic', { width: 0.002 })
  const { loss } = await losses(each, [0], levels, { engine: native })
  expect([...loss].every(Number.isFinite)).toBe(true)
  expect(loss[255]).toBeCloseTo((1 - 0.5 / 255) / 0.002, 1)
})

/** Output of the decoder for components of equal weight at given places, narrower than a level. */
function placed(places: readonly number[], narrow: number): number[] {
  const count = places.length
  const bounded = Math.log(narrow) + Math.log(2 * count)
  const scale = bounded / Math.sqrt(1 - (bounded / 20) ** 2)
  return [
    ...places.map(() => 0),
    ...places.map((place, k) => 2 * (place - (k + 0.5) / count)),
    ...places.map(() => scale),
  ]
}

test('an image whose levels are all alike costs 8 bits per dimension', async () => {
  const each = likelihood('logistic-mixture', { components: 256 })
  const { loss, center } = await losses(each, placed(levels, 1e-4), levels)
  for (const nats of loss) expect(bits(nats)).toBeCloseTo(8, 6)
  expect(center).toBeCloseTo(0.5, 3)
})

test('a mixture of one component is the logistic, and of two has two peaks', async () => {
  const one = await losses(likelihood('logistic-mixture', { components: 1 }), placed([0.3], 0.05), levels)
  const single = await losses(likelihood('discretized-logistic', { width: 0.05 }), [0.3], levels)
  for (const [i, nats] of single.loss.entries()) expect(one.loss[i]).toBeCloseTo(nats, 9)
  const two = likelihood('logistic-mixture', { components: 2 })
  const { loss } = await losses(two, placed([51 / 255, 204 / 255], 1e-4), levels)
  for (const peak of [51, 204]) expect(bits(loss[peak])).toBeCloseTo(1, 6)
  expect(loss[128]).toBeGreaterThan(100)
})
