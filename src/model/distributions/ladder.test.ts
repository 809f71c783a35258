/** A hierarchy of linear maps, whose evidence and posterior are known: z₂, z₁ = a·z₂ + c + s·ε₁, x = W·z₁ + b + σ·noise. */
import { describe, expect, test } from 'vitest'
import { fillNormal } from '../../base/random.ts'
import type { Feeds } from '../../engine/engine.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { createModel } from '../../infer/create-model.ts'
import { importanceWeights } from '../../infer/importance.ts'
import { average, numbered, numbersOf, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { decoderOutputs, type ExampleType, traceAutoencoder } from '../autoencoder.ts'
import { completeModel } from '../spec.ts'
import { newTrace } from '../trace.ts'
import { ladder } from './ladder.ts'

const [SIGMA, SIZE] = [0.5, 4]
/** Of each number of z₁: its slope and offset by z₂, its deviation, and the length of its column of W. */
const LOWER = [
  { slope: 1.2, offset: 0.3, deviation: 0.6, length: 2 },
  { slope: -0.7, offset: -0.5, deviation: 0.9, length: 1 },
]
const BIAS = [1, -1, 0.5, 0]
const example: ExampleType = { shape: [SIZE], dtype: 'float32', scaleShape: [] }
const spec = completeModel(
  {
    architecture: { name: 'mlp', hidden: [] },
    latent: { name: 'ladder', size: 3, draws: 1, top: 1, hidden: [] },
    prior: { name: 'standard' },
    likelihood: { name: 'gaussian', sigma: SIGMA },
  },
  example.shape,
)

/** Variance of (xⱼ − bⱼ)/lⱼ given z₁, and given z₂. */
const ofX = ({ length }: (typeof LOWER)[number]) => SIGMA ** 2 / length ** 2
const ofBoth = (own: (typeof LOWER)[number]) => ofX(own) + own.deviation ** 2
const precision = LOWER.reduce((total, own) => total + own.slope ** 2 / ofBoth(own), 1)
const pull = (own: (typeof LOWER)[number]) => own.slope / ofBoth(own) / precision
/** What `boundLogVariance` maps to the logarithm. */
const unbound = (variance: number) => Math.log(variance) / Math.sqrt(1 - (Math.log(variance) / 20) ** 2)

/** The model, and the posterior that it has; `wide` multiplies the variance of z₂ in that. */
function valuesWith(wide = 1): Feeds {
  const rows = (values: readonly (readonly number[])[]) =>
    numbered(values.flat(), values.length, values[0].length)
  const only = (at: number, value: number) => BIAS.map((_, i) => (i === at ? value : 0))
  const none = BIAS.map(() => 0)
  return {
    'encoder.lower.mean.weight': rows(LOWER.map(({ length }, j) => only(j, 1 / length))),
    'encoder.lower.mean.bias': numbered(
      LOWER.map(({ length }, j) => -BIAS[j] / length),
      2,
    ),
    'encoder.lower.logVariance.weight': rows([none, none]),
    'encoder.lower.logVariance.bias': numbered(
      LOWER.map((own) => unbound(ofX(own))),
      2,
    ),
    'encoder.upper.mean.weight': rows([
      BIAS.map((_, j) => (LOWER[j] ? pull(LOWER[j]) / LOWER[j].length : 0)),
    ]),
    'encoder.upper.mean.bias': numbered(
      [LOWER.reduce((total, own, j) => total - pull(own) * (BIAS[j] / own.length + own.offset), 0)],
      1,
    ),
    'encoder.upper.logVariance.weight': rows([none]),
    'encoder.upper.logVariance.bias': numbered([unbound(wide / precision)], 1),
    'decoder.lower.mean.weight': rows(LOWER.map(({ slope }) => [slope])),
    'decoder.lower.mean.bias': numbered(
      LOWER.map(({ offset }) => offset),
      2,
    ),
    'decoder.lower.logVariance.weight': rows([[0], [0]]),
    'decoder.lower.logVariance.bias': numbered(
      LOWER.map(({ deviation }) => unbound(deviation ** 2)),
      2,
    ),
    'decoder.0.weight': rows(BIAS.map((_, i) => LOWER.map(({ length }, j) => (i === j ? length : 0)))),
    'decoder.0.bias': numbered(BIAS, SIZE),
    'data.shift': numbered([0]),
    'data.scale': numbered([1]),
  }
}
const scalars = (values: Feeds): Feeds => ({
  ...values,
  'data.shift': { data: Float64Array.of(0), shape: [] },
  'data.scale': { data: Float64Array.of(1), shape: [] },
})

const ROWS = 5
const x = Array.from(fillNormal(new Float32Array(ROWS * SIZE), { seed: 4, stream: 1, step: 0 }), (z) => 2 * z)

/** log p(x): (x₁, x₂) are jointly normal, the others on their own. */
function evidence(row: number): number {
  const off = BIAS.map((bias, i) => x[row * SIZE + i] - bias)
  const [a, b] = LOWER.map(({ offset, length }, j) => off[j] - length * offset)
  const [p, q] = LOWER.map((own) => own.length ** 2 * (own.slope ** 2 + ofBoth(own)))
  const r = LOWER[0].length * LOWER[0].slope * LOWER[1].length * LOWER[1].slope
  const determinant = p * q - r * r
  const pair = -0.5 * ((q * a * a - 2 * r * a * b + p * b * b) / determinant + Math.log(determinant))
  const rest = off
    .slice(2)
    .reduce((total, y) => total - 0.5 * (y ** 2 / SIGMA ** 2 + Math.log(SIGMA ** 2)), 0)
  return pair + rest - (SIZE / 2) * Math.log(2 * Math.PI)
}

/** The ELBO's parts at `draws` draws of each row. */
async function drawn(values: Feeds, draws: number) {
  const traced = traceAutoencoder(spec, example, ROWS, { draws })
  const noise = fillNormal(new Float32Array(ROWS * draws * 3), { seed: 2, stream: 1, step: 0 })
  const feeds = {
    ...values,
    x: numbered(x, ROWS, SIZE),
    noise: numbered([...noise], ROWS * draws, 3),
  }
  const outputs = {
    loss: traced.reconstructionOfDraws,
    ratio: traced.logRatio!,
    kl: traced.kl!,
    each: traced.klPerDimension!,
    mean: traced.posterior.mean,
  }
  return numbersOf(outputs, feeds)
}

/** Mean and variance of z₂ given x. */
const upperOf = (row: number) => ({
  mean: LOWER.reduce(
    (total, own, j) => total + pull(own) * ((x[row * SIZE + j] - BIAS[j]) / own.length - own.offset),
    0,
  ),
  variance: 1 / precision,
})

describe('a linear hierarchy', () => {
  const exact = scalars(valuesWith())

  test('under its own posterior has the evidence as its bound, at every draw', async () => {
    const { loss, ratio } = await drawn(exact, 3)
    loss.forEach((nats, i) => {
      expect(-nats - ratio[i]).toBeCloseTo(evidence(Math.floor(i / 3)), 9)
    })
    const request = {
      ...{ count: ROWS, samples: 4, seed: 1, values: exact },
      read: async (places: Uint32Array) => ({
        x: {
          data: Float64Array.from([...places].flatMap((at) => x.slice(at * SIZE, (at + 1) * SIZE))),
          shape: [places.length, SIZE],
        },
      }),
    }
    for await (const { first, examples, values } of importanceWeights(
      referenceEngine,
      spec,
      example,
      request,
    ))
      values.forEach((log, i) => {
        expect(log).toBeCloseTo(evidence(first + Math.floor((i * examples) / values.length)), 9)
      })
  })

  test('has the KL of each level that is known: of z₂, and expected of z₁', async () => {
    const { each, kl, ratio } = await drawn(exact, 4000)
    for (let row = 0; row < ROWS; row++) {
      const { mean, variance } = upperOf(row)
      expect(each[row * 3 + 2]).toBeCloseTo(0.5 * (variance + mean ** 2 - 1 - Math.log(variance)), 9)
      // The posterior of z₁ is drawn towards x by a share of its distance from what z₂ leads to expect, which z₂ moves.
      LOWER.forEach((own, j) => {
        const share = own.deviation ** 2 / ofBoth(own)
        const away = (x[row * SIZE + j] - BIAS[j]) / own.length - own.slope * mean - own.offset
        const squares = ((away ** 2 + own.slope ** 2 * variance) * share ** 2) / own.deviation ** 2
        const wanted = 0.5 * (1 - share + squares - 1 - Math.log(1 - share))
        expect(Math.abs(each[row * 3 + j] - wanted)).toBeLessThan(0.05 * (1 + wanted))
      })
      expect(standardErrorsFrom(kl[row], ratio.slice(4000 * row, 4000 * (row + 1)))).toBeLessThan(4)
    }
  })

  test('is bounded from below under another posterior, and the nearer the more draws weigh', async () => {
    const { loss, ratio } = await drawn(scalars(valuesWith(2.5)), 4000)
    for (let row = 0; row < ROWS; row++) {
      const weights = loss.slice(4000 * row, 4000 * (row + 1)).map((nats, i) => -nats - ratio[4000 * row + i])
      // z₁ is exact: only q(z₂|x) is too wide, by KL(N(0, 2.5) ‖ N(0, 1)).
      const gap = 0.5 * (2.5 - 1 - Math.log(2.5))
      expect(standardErrorsFrom(evidence(row) - gap, weights)).toBeLessThan(4)
      const whole = Math.log(average(weights.map((log) => Math.exp(log - evidence(row)))))
      expect(Math.abs(whole)).toBeLessThan(0.1)
    }
  })

  test('encodes to the posterior’s mean, and decodes the lower level', async () => {
    using model = await createModel(referenceEngine, { spec, example, values: exact, hasPrior: true })
    const rows = { data: Float32Array.from(x), shape: [ROWS, SIZE] }
    const { mean } = await model.encode(rows)
    for (let row = 0; row < ROWS; row++) expect(mean.data[3 * row + 2]).toBeCloseTo(upperOf(row).mean, 5)
    // z₂ moves what z₁ is about, and with it the data: an upper code is a traversal of everything below.
    const moved = await model.traverse(2, [-1, 0, 1])
    const middle = BIAS.map((bias, i) => bias + (LOWER[i] ? LOWER[i].length * LOWER[i].offset : 0))
    for (const [step, z] of [-1, 0, 1].entries())
      middle.forEach((center, i) => {
        const own = LOWER[i]
        expect(moved.data[step * SIZE + i]).toBeCloseTo(center + (own ? own.length * own.slope * z : 0), 5)
      })
  })

  test('samples have the covariance of the evidence', async () => {
    using model = await createModel(referenceEngine, { spec, example, values: exact, hasPrior: true })
    const { data } = await model.sample(4000, { seed: 1 })
    LOWER.forEach((own, j) => {
      const column = Array.from({ length: 4000 }, (_, row) => data[row * SIZE + j])
      const center = average(column)
      const variance = average(column.map((value) => (value - center) ** 2))
      const wanted = own.length ** 2 * (own.slope ** 2 + own.deviation ** 2)
      expect(Math.abs(variance / wanted - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000))
    })
  })
})

test('z₁ is a stretched ε₁: the decoder reads it, and the program of a decoder tells of both levels', async () => {
  const trace = newTrace()
  const code = input('code', [1, 5])
  const own = { top: 2, hidden: [6], activation: 'tanh' as const }
  const read = ladder.chart!(code, own, trace.layers('decoder'))
  expect(read.shape).toEqual([1, 3])
  const names = program('decoder', decoderOutputs(spec, example)).inputs.map(({ name }) => name)
  expect(names).toContain('decoder.lower.mean.weight')
})
