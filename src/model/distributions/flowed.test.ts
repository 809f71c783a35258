import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { fillNormal } from '../../base/random.ts'
import type { Feeds } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { add, mean, mul, slice, square, sub, sumPerExample, type Tensor } from '../../graph/vocabulary.ts'
import { drawn } from '../../testing/evaluated.ts'
import { logDeterminant } from '../../testing/jacobian.testing.ts'
import { numbersOf } from '../../testing/numbers.testing.ts'
import { initialValues } from '../parameters.ts'
import { newTrace } from '../trace.ts'
import type { Moved } from './flowed.ts'
import { gaussian } from './gaussian.ts'
import { hamiltonian } from './hamiltonian.ts'
import { householder, reflect } from './householder.ts'
import type { Latent } from './latent.ts'
import { planar, planarStep } from './planar.ts'
import { radial, radialStep } from './radial.ts'

const SIZE = 4
const kinds = [
  { name: 'planar', latent: planar as Latent, move: planarStep, width: 2 * SIZE + 1 },
  { name: 'radial', latent: radial as Latent, move: radialStep, width: SIZE + 2 },
  { name: 'householder', latent: householder as Latent, move: reflect, width: SIZE },
] as const

/** One step of one code, its numbers drawn within ±bound. */
function stepOf(
  move: (code: Tensor, parameters: Tensor) => Moved,
  width: number,
  bound: number,
  seed: number,
) {
  const code = input('code', [1, SIZE])
  const moved = move(code, input('parameters', [1, width]))
  const feeds: Feeds = {
    code: drawn([1, SIZE], seed, -2, 2),
    parameters: drawn([1, width], seed + 1, -bound, bound),
  }
  return { ...moved, feeds }
}

describe.each(kinds)('$name', ({ latent, move, width }) => {
  test.each([1, 5, 40])('a step shrinks space by its determinant (numbers within ±%i)', async (bound) => {
    for (let seed = 0; seed < 6; seed++) {
      const { code, shrinkage, feeds } = stepOf(move, width, bound, 10 * seed)
      const found = shrinkage ? (await numbersOf({ shrinkage }, feeds)).shrinkage[0] : 0
      // A stretch of 1e-4 is as little as there may be.
      expect(Math.abs(found)).toBeLessThan(40)
      if (bound < 40) expect(found).toBeCloseTo(-(await logDeterminant(code, 'code', feeds)), 5)
    }
  })

  test('all steps together have the determinant that the density says', async () => {
    const options = z.parse(latent.options, { steps: 3 })
    const trace = newTrace()
    const layers = trace.layers('encoder')
    const statistics = latent.statistics(input('features', [1, 3]), SIZE, layers, options)
    const { code, logDensity } = latent.draw(statistics, input('noise', [1, SIZE]), layers, options)
    const feeds: Feeds = {
      ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)])),
      features: drawn([1, 3], 50),
      noise: drawn([1, SIZE], 51, -2, 2),
    }
    const log = Array.from(feeds.noise.data as Float64Array, (x) => -0.5 * (x * x + Math.log(2 * Math.PI)))
    const wanted = log.reduce((a, b) => a + b) - (await logDeterminant(code, 'noise', feeds))
    const found = await numbersOf({ logDensity: logDensity! }, feeds)
    expect(found.logDensity[0]).toBeCloseTo(wanted, 6)
  })
})

/** The x at which a rising function is 0. */
function rootOf(rising: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2
    if (rising(middle) > 0) high = middle
    else low = middle
  }
  return (low + high) / 2
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0)
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

describe('what a step did is undone', () => {
  const inverses = {
    planar(moved: readonly number[], parameters: readonly number[]) {
      const [u, w, b] = [parameters.slice(0, SIZE), parameters.slice(SIZE, 2 * SIZE), parameters[2 * SIZE]]
      const along = (softplus(dot(w, u)) + 1e-4 - 1 - dot(w, u)) / (dot(w, w) + 1e-8)
      const bent = u.map((x, i) => x + along * w[i])
      // wᵀz from wᵀz + wᵀû tanh(wᵀz + b), which rises.
      const at = rootOf((x) => x + dot(w, bent) * Math.tanh(x + b) - dot(w, moved), -1e4, 1e4)
      return moved.map((x, i) => x - bent[i] * Math.tanh(at + b))
    },
    radial(moved: readonly number[], parameters: readonly number[]) {
      const center = parameters.slice(0, SIZE)
      const alpha = softplus(parameters[SIZE]) + 1e-4
      const beta = softplus(parameters[SIZE + 1]) + 1e-4 - alpha
      const off = moved.map((x, i) => x - center[i])
      const length = Math.hypot(...off)
      const r = rootOf((x) => x * (1 + beta / (alpha + x)) - length, 0, 1e4)
      return off.map((x, i) => center[i] + x / (1 + beta / (alpha + r)))
    },
    householder(moved: readonly number[], v: readonly number[]) {
      return moved.map((x, i) => x - (2 * dot(moved, v) * v[i]) / dot(v, v))
    },
  }

  test.each(kinds)('$name', async ({ name, move, width }) => {
    for (const bound of [1, 6])
      for (let seed = 0; seed < 5; seed++) {
        const { code, feeds } = stepOf(move, width, bound, 10 * seed)
        const { moved } = await numbersOf({ moved: code }, feeds)
        const back = inverses[name](moved, Array.from(feeds.parameters.data))
        back.forEach((x, i) => {
          expect(Math.abs(x - feeds.code.data[i])).toBeLessThan(1e-6)
        })
      }
  })
})

describe('a banana: x = z₂ + z₁²/2 seen as 1 give or take ¼', () => {
  const SIGMA = 0.25
  const logLikelihood = (code: Tensor) => {
    const expected = add(slice(code, 1, 1, 2), mul(square(slice(code, 1, 0, 1)), 0.5))
    const error = mul(sub(expected, 1), 1 / SIGMA)
    return sub(mul(sumPerExample(square(error)), -0.5), Math.log(SIGMA) + Math.log(2 * Math.PI) / 2)
  }
  /** log p(x): given z₁ it is N(1 − z₁²/2; 0, 1 + σ²), summed over z₁. */
  const evidence = (() => {
    let sum = 0
    const width = 0.001
    for (let first = -8; first < 8; first += width) {
      const variance = 1 + SIGMA ** 2
      const error = 1 - first ** 2 / 2
      sum +=
        (Math.exp(-(first ** 2) / 2 - error ** 2 / (2 * variance)) / (2 * Math.PI * Math.sqrt(variance))) *
        width
    }
    return Math.log(sum)
  })()

  /** The ELBO that a kind of posterior comes to, by 800 steps of Adam over 64 draws. */
  async function fitted(latent: Latent, chosen: object = {}): Promise<number> {
    const ROWS = 64
    const options = z.parse(latent.options, chosen)
    const trace = newTrace()
    const layers = trace.layers('encoder')
    const statistics = latent.statistics(input('features', [ROWS, 1]), 2, layers, options)
    const width = latent.noise?.(2, options).width ?? 2
    const logJoint = (code: Tensor) =>
      add(sub(mul(sumPerExample(square(code)), -0.5), Math.log(2 * Math.PI)), logLikelihood(code))
    const model = { layers: trace.layers('decoder'), logJoint }
    const noise = input('noise', [ROWS, width])
    const { code, logDensity } = latent.draw(statistics, noise, layers, options, undefined, model)
    const loss = mean(sub(logDensity!, logJoint(code)))
    const slopes = gradient(
      loss,
      trace.parameters.map(({ tensor }) => tensor),
    )
    const traced = program('banana', {
      loss,
      ...Object.fromEntries(slopes.map((slope, i) => [`slope${i}`, slope])),
    })
    const native = await nativeEngine({ threads: 1 })
    using executable = await native.load(traced)
    const values = trace.parameters.map((parameter, i) => initialValues(parameter, i, 1))
    const [first, second] = [0, 1].map(() => values.map(({ length }) => new Float64Array(length)))
    let total = 0
    const [STEPS, JUDGED] = [800, 200]
    for (let step = 1; step <= STEPS + JUDGED; step++) {
      const drawn = fillNormal(new Float32Array(ROWS * width), { seed: 1, stream: 1, step })
      const found = await executable.run({
        features: { data: new Float32Array(ROWS).fill(1), shape: [ROWS, 1] },
        noise: { data: drawn, shape: [ROWS, width] },
        ...Object.fromEntries(
          trace.parameters.map(({ name, shape }, i) => [name, { data: values[i], shape }]),
        ),
      })
      if (step > STEPS) total -= found.loss.data[0]
      else
        values.forEach((own, i) => {
          own.forEach((_, at) => {
            const slope = found[`slope${i}`].data[at]
            first[i][at] += 0.1 * (slope - first[i][at])
            second[i][at] += 0.01 * (slope ** 2 - second[i][at])
            const rate = (0.02 * (1 - step / STEPS)) / (1 - 0.9 ** step)
            own[at] -= (rate * first[i][at]) / (Math.sqrt(second[i][at] / (1 - 0.99 ** step)) + 1e-8)
          })
        })
    }
    return total / JUDGED
  }

  test('planar, radial and Hamiltonian posteriors come nearer to its evidence than a Gaussian', async () => {
    const [flat, bent, round] = [await fitted(gaussian), await fitted(planar), await fitted(radial)]
    const led = await fitted(hamiltonian, { steps: 10 })
    for (const elbo of [flat, bent, round, led]) expect(elbo).toBeLessThan(evidence + 0.02)
    expect(led).toBeGreaterThan(flat + 0.04)
    expect(bent).toBeGreaterThan(flat + 0.15)
    expect(round).toBeGreaterThan(flat + 0.03)
    expect(evidence - bent).toBeLessThan(0.6 * (evidence - flat))
  })
})
