/** Discrete codes against closed forms and enumeration, in float64. */
import { describe, expect, test } from 'vitest'
import { fillUniform, streams } from '../../base/random.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import type { Tensor } from '../../graph/tensor.ts'
import { add, constant } from '../../graph/vocabulary.ts'
import { array, drawn, evaluated } from '../../testing/evaluated.ts'
import { checkGradient, weighted } from '../../testing/probing.ts'
import { binary } from './binary.ts'
import { categorical } from './categorical.ts'
import { joint } from './joint.ts'
import type { Training } from './latent.ts'

const layers = () => {
  throw new Error('no parameters')
}
const training = (temperature: number, hard = false): Training => ({
  relaxation: { temperature: constant(temperature), hard },
  draw: (name, _, shape) => input(name, shape),
  replace: () => undefined,
})

/** 2 variables of 3 levels each. */
const probability = [0.5, 0.3, 0.2, 0.05, 0.15, 0.8]
const levels = { levels: 3 }
const uniforms = (rows: number, width: number) =>
  Array.from(fillUniform(new Float32Array(rows * width), { seed: 5, stream: streams.evaluation, step: 1 }))

function categoricalAt(rows: number, own?: Training) {
  const log = array(Array.from({ length: rows }, () => probability.map(Math.log)).flat(), [rows, 6])
  const given = input('log', [rows, 6])
  const statistics = { mean: given, logProbability: given }
  const { code, logDensity } = categorical.draw(statistics, input('noise', [rows, 6]), layers, levels, own)
  const kl = categorical.kl?.(statistics, layers, levels) as Tensor
  const feeds = { log, noise: array(uniforms(rows, 6), [rows, 6]) }
  return { given, code, logDensity: logDensity as Tensor, kl, feeds }
}

/** Pearson's statistic beyond which one of 10,000 comes by chance, by Wilson and Hilferty. */
const beyond = (freedom: number) =>
  freedom * (1 - 2 / (9 * freedom) + 3.72 * Math.sqrt(2 / (9 * freedom))) ** 3

describe('categorical variables', () => {
  test('have the KL of the enumerated distribution, a variable’s shared by its columns', async () => {
    const { kl, feeds } = categoricalAt(1)
    const found = await evaluated({ kl }, feeds)
    const each = [0, 3].map((at) =>
      probability.slice(at, at + 3).reduce((total, p) => total + p * Math.log(3 * p), 0),
    )
    const wanted = each.flatMap((nats) => [nats / 3, nats / 3, nats / 3])
    wanted.forEach((nats, i) => {
      expect(found.kl[i]).toBeCloseTo(nats, 9)
    })
  })

  test('are drawn as often as they are probable, and each has the probability of its levels', async () => {
    const rows = 20_000
    const { code, logDensity, feeds } = categoricalAt(rows)
    const found = await evaluated({ code, logDensity }, feeds)
    const counts = new Array<number>(9).fill(0)
    for (let row = 0; row < rows; row++) {
      const oneHots = [...found.code.subarray(row * 6, row * 6 + 6)].map(Math.round)
      const [a, b] = [oneHots.slice(0, 3).indexOf(1), oneHots.slice(3).indexOf(1)]
      counts[3 * a + b]++
      expect(found.logDensity[row]).toBeCloseTo(Math.log(probability[a] * probability[3 + b]), 9)
    }
    const statistic = counts.reduce((total, count, i) => {
      const wanted = rows * probability[Math.floor(i / 3)] * probability[3 + (i % 3)]
      return total + (count - wanted) ** 2 / wanted
    }, 0)
    expect(statistic).toBeLessThan(beyond(8))
  })

  test('have gradients of their relaxation, and come to one-hots as it cools', async () => {
    const { given, code, logDensity, feeds } = categoricalAt(3, training(0.7))
    const loss = add(weighted(code), weighted(logDensity, 5))
    const { worst } = await checkGradient(loss, ['log'], [given], feeds)
    expect(worst).toBeLessThan(1e-7)
    const cold = await evaluated({ code: categoricalAt(3, training(0.01)).code }, feeds)
    const hard = await evaluated({ code: categoricalAt(3).code }, feeds)
    cold.code.forEach((value, i) => {
      expect(value).toBeCloseTo(hard.code[i], 3)
    })
  })

  test('straight through are discrete, with the gradient of what is smooth', async () => {
    const smooth = categoricalAt(3, training(0.7))
    const straight = categoricalAt(3, training(0.7, true))
    const of = async ({ code, given }: typeof smooth) => [
      ...(await evaluated({ slope: gradient(weighted(code), [given])[0] }, smooth.feeds)).slope,
    ]
    expect(await of(straight)).toEqual(await of(smooth))
    const found = await evaluated({ code: straight.code }, smooth.feeds)
    expect([...found.code].map((value) => Math.abs(value - Math.round(value)) < 1e-12)).not.toContain(false)
  })

  test('want a multiple of their levels', () => {
    expect(() => categorical.space?.(20, { levels: 8 })).toThrow('--latent 24')
  })
})

describe('bits', () => {
  const statistics = { mean: input('mean', [1, 3]), logit: input('logit', [1, 3]) }
  const logits = [-2, 0.3, 4]
  const means = logits.map((logit) => 1 / (1 + Math.exp(-logit)))
  const feeds = { mean: array(means, [1, 3]), logit: array(logits, [1, 3]) }

  test('have the KL of the enumerated distribution', async () => {
    const found = await evaluated({ kl: binary.kl?.(statistics, layers, {}) as Tensor }, feeds)
    means.forEach((p, i) => {
      expect(found.kl[i]).toBeCloseTo(p * Math.log(2 * p) + (1 - p) * Math.log(2 * (1 - p)), 9)
    })
  })

  test('are 1 where uniform noise is above 1 − p, with that probability', async () => {
    const noise = [0.95, 0.2, 0.5]
    const { code, logDensity } = binary.draw(statistics, input('noise', [1, 3]), layers, {})
    const found = await evaluated(
      { code, logDensity: logDensity as Tensor },
      { ...feeds, noise: array(noise, [1, 3]) },
    )
    const wanted = means.map((p, i) => (noise[i] > 1 - p ? 1 : 0))
    wanted.forEach((bit, i) => {
      expect(found.code[i]).toBeCloseTo(bit, 9)
    })
    const log = means.reduce((total, p, i) => total + Math.log(wanted[i] === 1 ? p : 1 - p), 0)
    expect(found.logDensity[0]).toBeCloseTo(log, 9)
  })
})

describe('numbers beside categorical variables', () => {
  const own = { levels: 2, variables: 1 }
  const names = ['mean', 'logVariance', 'logProbability'] as const
  const rows = 2
  const shapes = { mean: 1, logVariance: 1, logProbability: 2 }
  const statistics = Object.fromEntries(names.map((name) => [name, input(name, [rows, shapes[name]])]))
  const feeds = {
    mean: array([0.4, -1], [rows, 1]),
    logVariance: array([-1, 0.2], [rows, 1]),
    logProbability: array([Math.log(0.9), Math.log(0.1), Math.log(0.5), Math.log(0.5)], [rows, 2]),
    noise: drawn([rows, 5], 3),
  }

  test('have each the KL of its kind', async () => {
    const found = await evaluated({ kl: joint.kl?.(statistics, layers, own) as Tensor }, feeds)
    const number = (Math.exp(-1) + 0.4 ** 2 + 1 - 1) / 2
    const level = (0.9 * Math.log(1.8) + 0.1 * Math.log(0.2)) / 2
    const wanted = [number, level, level]
    wanted.forEach((nats, i) => {
      expect(found.kl[i]).toBeCloseTo(nats, 9)
    })
    expect(found.kl[4]).toBeCloseTo(0, 9)
  })

  test('have gradients of their relaxation', async () => {
    const { code, logDensity } = joint.draw(statistics, input('noise', [rows, 5]), layers, own, training(0.7))
    const loss = add(weighted(code), weighted(logDensity as Tensor, 5))
    const tensors = names.map((name) => statistics[name])
    expect((await checkGradient(loss, [...names], tensors, feeds)).worst).toBeLessThan(1e-7)
  })
})
