import { describe, expect, test } from 'vitest'
import { logGamma } from '../../base/math/log-gamma.ts'
import { fillNormal } from '../../base/random.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { add } from '../../graph/ops/add.ts'
import { input } from '../../graph/ops/input.ts'
import { sub } from '../../graph/ops/sub.ts'
import { sum } from '../../graph/ops/sum.ts'
import { array, evaluated } from '../../testing/evaluated.ts'
import { kolmogorovSmirnov } from '../../testing/kolmogorov.testing.ts'
import { checkGradient, weighted } from '../../testing/probing.ts'
import { unitStudent } from '../likelihoods/student.ts'
import { studentT as studentPrior } from '../priors/student-t.ts'
import { EUCLIDEAN } from '../spaces.ts'
import { newTrace } from '../trace.ts'
import { studentT } from './student-t.ts'

const layers = newTrace().layers('encoder')

/** log density of Student's t of unit scale. */
const logDensityOf = (t: number, degrees: number) =>
  logGamma((degrees + 1) / 2) -
  logGamma(degrees / 2) -
  0.5 * Math.log(degrees * Math.PI) -
  ((degrees + 1) / 2) * Math.log1p(t ** 2 / degrees)

/** ∫ p(t) f(t) dt by Simpson's rule along t = sinh(2v), where even heavy tails are short. */
function expected(degrees: number, f: (t: number) => number): number {
  const [COUNT, END] = [40_000, 60]
  let total = 0
  for (let i = 0; i <= COUNT; i++) {
    const v = -END + (2 * END * i) / COUNT
    const weight = i === 0 || i === COUNT ? 1 : i % 2 === 1 ? 4 : 2
    const t = Math.sinh(2 * v)
    total += weight * Math.exp(logDensityOf(t, degrees)) * f(t) * 2 * Math.cosh(2 * v)
  }
  return (total * 2 * END) / COUNT / 3
}

/** Codes of one number: m, s and ν for each row, and as many pairs of normal numbers. */
function drawnAt(mean: number, logScale: number, degrees: number, rows: number, isLearned: boolean) {
  const shape = [rows, 1]
  const statistics = {
    mean: input('mean', shape),
    logScale: input('logScale', shape),
    ...(isLearned && { logDegrees: input('logDegrees', shape) }),
  }
  const own = { degrees: isLearned ? ('learned' as const) : degrees }
  const noise = input('noise', [rows, 2])
  const { code, logDensity } = studentT.draw(statistics, noise, layers, own)
  const kl = studentT.kl!(statistics, layers, own)
  const all = (value: number) => array(new Array<number>(rows).fill(value), shape)
  const normal = fillNormal(new Float32Array(2 * rows), { seed: 3, stream: 1, step: 0 })
  const feeds = {
    mean: all(mean),
    logScale: all(logScale),
    logDegrees: all(Math.log(degrees)),
    noise: array([...normal], [rows, 2]),
  }
  return { statistics, code, logDensity: logDensity!, kl, feeds }
}

describe.each([2.2, 3, 7.5, 40, 400])('with %d degrees of freedom', (degrees) => {
  const [mean, logScale] = [0.7, -0.4]
  const scale = Math.exp(logScale)
  const found = (isLearned: boolean, rows = 400) => {
    const { code, logDensity, kl, feeds } = drawnAt(mean, logScale, degrees, rows, isLearned)
    return evaluated({ code, logDensity, kl }, feeds)
  }

  test.each([false, true])('codes have their density (learned: %s)', async (isLearned) => {
    const { code, logDensity } = await found(isLearned)
    code.forEach((z, i) => {
      const wanted = logDensityOf((z - mean) / scale, degrees) - logScale
      expect(Math.abs(logDensity[i] - wanted)).toBeLessThan(1e-6)
    })
  })

  test('draws are Student’s t', async () => {
    const { code } = await found(true, 4000)
    const steps = Array.from({ length: 20_001 }, (_, i) => Math.sinh(-12 + (24 * i) / 20_000))
    const shares = [0]
    steps.slice(1).forEach((t, i) => {
      const middle = (t + steps[i]) / 2
      shares.push(shares[i] + Math.exp(logDensityOf(middle, degrees)) * (t - steps[i]))
    })
    const cumulative = (z: number) => {
      const at = ((Math.asinh((z - mean) / scale) + 12) / 24) * 20_000
      const low = Math.min(Math.max(Math.floor(at), 0), 19_999)
      return shares[low] + (at - low) * (shares[low + 1] - shares[low])
    }
    expect(kolmogorovSmirnov([...code], cumulative)).toBeLessThan(1.95)
  })

  test.each([false, true])(
    'entropy and KL to N(0, 1) are those of quadrature (learned: %s)',
    async (isLearned) => {
      const unit = unitStudent(isLearned ? input('logDegrees', [1, 1]) : degrees)
      const entropy =
        typeof unit.entropy === 'number'
          ? unit.entropy
          : (await evaluated({ e: unit.entropy }, { logDegrees: array([Math.log(degrees)], [1, 1]) })).e[0]
      expect(Math.abs(entropy - expected(degrees, (t) => -logDensityOf(t, degrees)))).toBeLessThan(1e-6)
      const { kl } = await found(isLearned, 1)
      const logPrior = (z: number) => -0.5 * (z ** 2 + Math.log(2 * Math.PI))
      const wanted = expected(
        degrees,
        (t) => logDensityOf(t, degrees) - logScale - logPrior(mean + scale * t),
      )
      expect(Math.abs(kl[0] - wanted)).toBeLessThan(1e-6 * Math.max(1, wanted))
    },
  )

  test('gradients are those of differences', async () => {
    const { statistics, code, logDensity, kl, feeds } = drawnAt(mean, logScale, degrees, 5, true)
    const names = ['mean', 'logScale', 'logDegrees'] as const
    const loss = add(add(weighted(code), weighted(logDensity, 5)), sum(kl))
    const { worst } = await checkGradient(
      loss,
      names,
      names.map((name) => statistics[name]!),
      feeds,
    )
    expect(worst).toBeLessThan(1e-7)
  })

  test('a float32 has their digits', async () => {
    const native = await nativeEngine({ threads: 1 })
    const { code, logDensity, kl, feeds } = drawnAt(mean, logScale, degrees, 400, true)
    const outputs = { code, logDensity, kl }
    const exact = await evaluated(outputs, feeds)
    const rounded = Object.fromEntries(
      Object.entries(feeds).map(([name, { data, shape }]) => [
        name,
        { data: Float32Array.from(data), shape },
      ]),
    )
    const single = await evaluated(outputs, rounded, native)
    for (const name of ['code', 'logDensity', 'kl'] as const)
      single[name].forEach((value, i) => {
        expect(Math.abs(value - exact[name][i])).toBeLessThan(3e-5 * (1 + Math.abs(exact[name][i])))
      })
  })
})

test('codes of the distribution that their prior is cost nothing', async () => {
  const { code, logDensity, feeds } = drawnAt(0, 0, 5, 20, false)
  const context = {
    latent: 1,
    layers,
    space: EUCLIDEAN,
    exampleShape: [1],
    unitInterval: true,
    encode: () => ({}),
  }
  const density = studentPrior.density!(context, { priorDegrees: 5 })
  const found = await evaluated({ kl: sub(logDensity, density.logDensity(code)) }, feeds)
  for (const nats of found.kl) expect(Math.abs(nats)).toBeLessThan(1e-12)
})

test('no noise is no offset, and many degrees are a Gaussian', async () => {
  const { code, feeds } = drawnAt(0.3, 0.5, 1000, 3, false)
  const noise = array([0, 0, 1.5, 0.2, -2, 0.7], [3, 2])
  const found = (await evaluated({ code }, { ...feeds, noise })).code
  expect(found[0]).toBe(0.3)
  expect(Math.abs((found[1] - 0.3) / Math.exp(0.5) - 1.5)).toBeLessThan(2e-3)
  expect(Math.abs((found[2] - 0.3) / Math.exp(0.5) + 2)).toBeLessThan(5e-3)
})
