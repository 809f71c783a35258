import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { drawFrom } from '../../infer/samplers/draw-from.ts'
import { drawn } from '../../testing/evaluated.ts'
import { logDeterminant } from '../../testing/jacobian.testing.ts'
import { kolmogorovSmirnov } from '../../testing/kolmogorov.testing.ts'
import { numbered, numbersOf } from '../../testing/numbers.testing.ts'
import { tracedPrior } from '../priors/prior.ts'
import { wrappedNormal as wrappedPrior } from '../priors/wrapped-normal.ts'
import { newTrace } from '../trace.ts'
import { fromCenter, intoBall, logSinhRatio, mobiusAdd } from './poincare-ball.ts'
import { wrappedNormal } from './wrapped-normal.ts'

const priorOf = (latent: number, curvature: number, deviation: number) =>
  tracedPrior(
    wrappedPrior,
    {
      latent,
      space: { kind: 'ball', curvature },
      exampleShape: [1],
      layers: newTrace().layers('prior'),
      unitInterval: false,
      encode: () => ({}),
    },
    { deviation },
  )

test('log (sinh x/x) from near 0 to far out', async () => {
  const xs = [0, 1e-6, 0.01, 0.1, 0.2999, 0.3001, 1, 5, 20]
  const { value } = await numbersOf(
    { value: logSinhRatio(input('x', [xs.length])) },
    { x: numbered(xs, xs.length) },
  )
  xs.forEach((x, i) => {
    expect(value[i]).toBeCloseTo(x === 0 ? 0 : Math.log(Math.sinh(x) / x), 11)
  })
})

test('Möbius addition: 0 adds nothing, −a undoes a, and lines through the center are one-dimensional', async () => {
  const [a, b] = [input('a', [1, 2]), input('b', [1, 2])]
  const curvature = 0.7
  const found = await numbersOf(
    {
      undone: mobiusAdd(input('minus', [1, 2]), mobiusAdd(a, b, curvature), curvature),
      along: mobiusAdd(fromCenter(a, curvature), fromCenter(a, curvature), curvature),
      twice: fromCenter(input('double', [1, 2]), curvature),
      kept: intoBall(a, curvature),
      far: intoBall(input('out', [1, 2]), curvature),
    },
    {
      a: numbered([0.3, -0.5], 1, 2),
      minus: numbered([-0.3, 0.5], 1, 2),
      double: numbered([0.6, -1], 1, 2),
      b: numbered([0.1, 0.6], 1, 2),
      out: numbered([30, 40], 1, 2),
    },
  )
  expect(found.undone[0]).toBeCloseTo(0.1, 10)
  expect(found.undone[1]).toBeCloseTo(0.6, 10)
  found.along.forEach((x, i) => {
    expect(x).toBeCloseTo(found.twice[i], 10)
  })
  expect(found.kept).toEqual([0.3, -0.5])
  expect(Math.hypot(...found.far)).toBeCloseTo(1 / Math.sqrt(curvature), 4)
})

describe.each([
  { curvature: 1, size: 2 },
  { curvature: 0.7, size: 3 },
])('a wrapped normal (c = $curvature, $size dimensions)', ({ curvature, size }) => {
  test('has, by hyperbolic volume, the density of its draws', async () => {
    const noise = input('noise', [1, size])
    const statistics = { mean: input('mean', [1, size]), logVariance: input('logVariance', [1, size]) }
    const { code, logDensity } = wrappedNormal.draw(statistics, noise, newTrace().layers('encoder'), {
      curvature,
      chart: 'tangent',
    })
    for (let seed = 0; seed < 5; seed++) {
      const feeds = {
        noise: drawn([1, size], seed, -1.5, 1.5),
        mean: drawn([1, size], seed + 10, -0.6, 0.6),
        logVariance: drawn([1, size], seed + 20, -2, 0.5),
      }
      const found = await numbersOf({ code, logDensity: logDensity! }, feeds)
      const squared = found.code.reduce((sum, x) => sum + x * x, 0)
      // A length of the ball is λ = 2/(1 − c|z|²) times as long in hyperbolic space.
      const conformal = Math.log(2 / (1 - curvature * squared))
      const log = Array.from(feeds.noise.data, (x) => -0.5 * (x * x + Math.log(2 * Math.PI)))
      const wanted =
        log.reduce((a, b) => a + b) - (await logDeterminant(code, 'noise', feeds)) - size * conformal
      expect(Math.abs(found.logDensity[0] - wanted)).toBeLessThan(1e-6)
    }
  })

  test('as a prior adds to 1 over the space, by quadrature', async () => {
    const deviation = 0.8
    const [COUNT, WIDTH] = [4000, 0.0025]
    const radii = Array.from({ length: COUNT }, (_, i) => (i + 0.5) * WIDTH)
    const root = Math.sqrt(curvature)
    const codes = radii.flatMap((r) => [Math.tanh((root * r) / 2) / root, ...new Array(size - 1).fill(0)])
    const { logDensity } = await numbersOf(
      { logDensity: priorOf(size, curvature, deviation).logDensity(input('code', [COUNT, size])) },
      { code: numbered(codes, COUNT, size) },
    )
    // Of a sphere about the center: 2π or 4π times (sinh √c r/√c)^(n − 1).
    const area = size === 2 ? 2 * Math.PI : 4 * Math.PI
    const whole = radii.reduce(
      (sum, r, i) =>
        sum + Math.exp(logDensity[i]) * area * (Math.sinh(root * r) / root) ** (size - 1) * WIDTH,
      0,
    )
    expect(Math.abs(whole - 1)).toBeLessThan(1e-6)
  })

  test('as a prior draws codes at normal distances', async () => {
    const { draws } = priorOf(size, curvature, 0.8)
    const { data } = await drawFrom(referenceEngine, { draws: draws!, latent: size, values: {} }, 3000, 2)
    const root = Math.sqrt(curvature)
    const distances = Array.from({ length: 3000 }, (_, row) => {
      const length = Math.hypot(...data.subarray(row * size, (row + 1) * size))
      return (2 * Math.atanh(root * length)) / root / 0.8
    })
    // Of 2 dimensions Rayleigh, of 3 Maxwell.
    const normalShare = (x: number) => {
      let total = 0
      const h = x / 400
      for (let i = 0; i <= 400; i++)
        total += (i === 0 || i === 400 ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-((i * h) ** 2) / 2)
      return (2 * (total * h)) / 3 / Math.sqrt(2 * Math.PI)
    }
    const cumulative = (x: number) =>
      size === 2
        ? 1 - Math.exp((-x * x) / 2)
        : normalShare(x) - Math.sqrt(2 / Math.PI) * x * Math.exp((-x * x) / 2)
    expect(kolmogorovSmirnov(distances, cumulative)).toBeLessThan(1.95)
  })
})

test('codes stay in the ball, wherever the encoder puts them', async () => {
  const rows = 50
  const statistics = {
    mean: fromCenter(input('mean', [rows, 3]), 1),
    logVariance: input('logVariance', [rows, 3]),
  }
  const layers = newTrace().layers('encoder')
  const { code, logDensity } = wrappedNormal.draw(statistics, input('noise', [rows, 3]), layers, {
    curvature: 1,
    chart: 'tangent',
  })
  const noise = fillNormal(new Float32Array(3 * rows), { seed: 1, stream: 1, step: 0 })
  const found = await numbersOf(
    { code, logDensity: logDensity! },
    {
      mean: drawn([rows, 3], 1, -50, 50),
      logVariance: drawn([rows, 3], 2, -10, 4),
      noise: numbered(Array.from(noise), rows, 3),
    },
  )
  expect(found.logDensity.every(Number.isFinite)).toBe(true)
  for (let row = 0; row < rows; row++)
    expect(Math.hypot(...found.code.slice(3 * row, 3 * row + 3))).toBeLessThan(1)
})

test('a decoder reads a code as a vector at the center, as long as its distance, or by its coordinates', async () => {
  const code = input('code', [1, 2])
  const read = (chart: 'tangent' | 'ball') =>
    wrappedNormal.chart!(code, { curvature: 0.7, chart }, newTrace().layers('decoder'))
  const found = await numbersOf(
    { tangent: read('tangent'), ball: read('ball') },
    { code: { data: Float64Array.of(0.6, -0.8), shape: [1, 2] } },
  )
  expect(found.ball).toEqual([0.6, -0.8])
  const root = Math.sqrt(0.7)
  expect(Math.hypot(...found.tangent)).toBeCloseTo((2 * Math.atanh(root)) / root, 6)
})
