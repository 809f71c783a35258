import { expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { input } from '../../graph/ops/input.ts'
import { mul } from '../../graph/ops/mul.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { array, evaluate, likelihood, losses, traceDensity } from '../../testing/density.testing.ts'
import { logFactorial } from './log-factorial.ts'

const native = await nativeEngine({ threads: 1 })
const poisson = likelihood('poisson')

/** The decoder's output for a log-rate: the inverse of the bound. */
const raw = (logRate: number) => logRate / Math.sqrt(1 - (logRate / 20) ** 2)

/** x, r, eʳ − x·r + log x!: mpmath with 40 digits, and −scipy.stats.poisson.logpmf where that is exact. */
const known = [
  [0, -2, 0.1353352832366127],
  [0, 1.5, 4.4816890703380645],
  [1, 0.3, 1.0498588075760031],
  [7, 2, 1.9142174599960644],
  [40, 3.5, 3.436091673449709],
  [1000, 6.8, 9.975470138581047],
  [100_000, 11.5, 14.992909882362557],
  [1_000_000, 13.816, 7.946490192338511],
] as const

test.each(known)('count %d at log-rate %d, and in float32', async (x, logRate, wanted) => {
  const exact = await losses(poisson, [raw(logRate)], [x])
  expect(Math.abs(exact.loss[0] - wanted)).toBeLessThan(1e-8)
  expect(exact.center / Math.exp(logRate)).toBeCloseTo(1, 10)
  const given = Math.fround(raw(logRate))
  const [near, fast] = [
    await losses(poisson, [given], [x]),
    await losses(poisson, [given], [x], { engine: native }),
  ]
  expect(Math.abs(fast.loss[0] - near.loss[0])).toBeLessThan(x > 1e4 ? 5e-3 : 2e-5)
})

test('log x! is exact from 0 to a million', async () => {
  /** mpmath.loggamma(x + 1). */
  const factorials = [
    [0, 0],
    [1, 0],
    [2, Math.LN2],
    [3, 1.791759469228055],
    [5, 4.787491742782046],
    [10, 15.104412573075516],
    [100, 363.73937555556347],
    [12_345, 103962.95347844968],
    [1_000_000, 12815518.38465817],
  ]
  const xs = input('x', [factorials.length])
  const { z, logZ, rest } = logFactorial(xs)
  const whole = add(sub(mul(xs, logZ), z), rest)
  const feeds = { x: array(factorials.map(([x]) => x)) }
  const exact = await evaluate({ whole }, feeds)
  const fast = await evaluate({ whole, rest }, feeds, native)
  const { rest: wantedRest } = await evaluate({ rest }, feeds)
  factorials.forEach(([, wanted], i) => {
    expect(Math.abs(exact.whole[i] - wanted)).toBeLessThan(1e-9 + 1e-14 * wanted)
    expect(Math.abs(fast.whole[i] - wanted)).toBeLessThan(2e-6 + 3e-7 * wanted)
    expect(Math.abs(fast.rest[i] - wantedRest[i])).toBeLessThan(2e-5)
  })
})

test('no output overflows a float32 or stops the gradient', async () => {
  const outputs = [-1e4, -100, 0, 100, 1e4]
  const { loss, output, density } = traceDensity(poisson, outputs.length)
  const [slope] = gradient(sum(loss), [output])
  const said = await evaluate(
    { loss, slope, center: density.center },
    {
      x: array(
        outputs.map(() => 3),
        [5, 1],
      ),
      output: array(outputs, [5, 1]),
    },
    native,
  )
  expect([...said.loss, ...said.slope].every(Number.isFinite)).toBe(true)
  expect(Array.from(said.slope, Math.sign)).toEqual([-1, -1, -1, 1, 1])
  expect(Math.max(...said.center)).toBeLessThanOrEqual(Math.exp(20) * 1.00001)
})
