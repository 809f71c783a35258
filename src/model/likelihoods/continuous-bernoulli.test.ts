import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { gradient } from '../../graph/gradient.ts'
import { sum } from '../../graph/ops/sum.ts'
import { array, evaluate, likelihood, losses, traceDensity } from '../../testing/density.testing.ts'

const native = await nativeEngine({ threads: 1 })
const continuousBernoulli = likelihood('continuous-bernoulli')

/** l, −log p at 0.2 and at 0.9, E[x]: mpmath with 40 digits. PyTorch's ContinuousBernoulli agrees where it is exact. */
const known = [
  [-30, 2.598802618337751, 23.59880261833775, 0.033333333333239755],
  [-3, -0.5496814696108113, 1.5503185303891887, 0.2809376368420774],
  [-0.6, -0.1650447445803289, 0.2549552554196711, 0.45029745150579586],
  [-0.499, -0.13934640193814407, 0.20995359806185593, 0.45858822141539496],
  [-1e-4, -2.9999583333333367e-5, 4.0000416666666634e-5, 0.49999166666666806],
  [0, 0, 0, 0.5],
  [1e-7, 3.000000041666667e-8, -3.999999958333333e-8, 0.5000000083333334],
  [0.25, 0.07760281167385849, -0.09739718832614151, 0.5208116641877985],
  [0.501, 0.16073658622556786, -0.18996341377443215, 0.5415763824039236],
  [2, 0.7614393615711956, -0.6385606384288044, 0.6565176427496656],
  [12, 7.11508720598077, -1.2849127940192293, 0.9166728109167716],
] as const

test.each(known)('logit %d', async (logit, atFifth, atNineTenths, mean) => {
  const exact = await losses(continuousBernoulli, [logit], [0.2, 0.9])
  expect(exact.loss[0]).toBeCloseTo(atFifth, 11)
  expect(exact.loss[1]).toBeCloseTo(atNineTenths, 11)
  expect(exact.center).toBeCloseTo(mean, 11)
  const fast = await losses(continuousBernoulli, [logit], [0.2, 0.9], { engine: native })
  expect(Math.abs(fast.loss[0] - atFifth)).toBeLessThan(3e-6)
  expect(Math.abs(fast.loss[1] - atNineTenths)).toBeLessThan(3e-6)
  expect(Math.abs(fast.center - mean)).toBeLessThan(5e-7)
})

test('its slope is mean − x, in float32 too, and is a number at every logit', async () => {
  const logits = [-1e4, -90, -3, -0.5, -1e-20, 0, 1e-38, 1e-3, 0.4999, 0.5, 0.5001, 7, 90, 1e4]
  const { loss, output, density } = traceDensity(continuousBernoulli, logits.length)
  const [slope] = gradient(sum(loss), [output])
  const feeds = {
    x: array(
      logits.map(() => 0.3),
      [logits.length, 1],
    ),
    output: array(logits, [logits.length, 1]),
  }
  const exact = await evaluate({ slope, mean: density.center }, feeds)
  const fast = await evaluate({ slope }, feeds, native)
  logits.forEach((_, i) => {
    expect(exact.slope[i]).toBeCloseTo(exact.mean[i] - 0.3, 10)
    expect(Math.abs(fast.slope[i] - exact.slope[i])).toBeLessThan(1e-6)
  })
})

test('grey values have a density, so that its nats may be negative where those of Bernoulli are not', async () => {
  const xs = [0.05, 0.1]
  const { loss } = await losses(continuousBernoulli, [-9], xs)
  const bernoulli = await losses(likelihood('bernoulli'), [-9], xs)
  expect(Math.max(...loss)).toBeLessThan(0)
  expect(Math.min(...bernoulli.loss)).toBeGreaterThan(0)
})
