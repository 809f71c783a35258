import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { firstIssue } from '../../base/schema.ts'
import { sizeOf } from '../../base/shape.ts'
import { array, evaluate, likelihood, losses, traceDensity } from '../../testing/density.testing.ts'

const nats = async (sigma: number | string, output: number[], x: number, learned = 0) =>
  (await losses(likelihood('gaussian', { sigma }), output, [x], { learned })).loss[0]

/** What holds a log-variance within ±20. */
const bounded = (x: number) => x / Math.sqrt(1 + (x / 20) ** 2)
const closedForm = (x: number, mean: number, logVariance: number) =>
  0.5 * ((x - mean) ** 2 / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI))

test('a given σ gives −scipy.stats.norm.logpdf', async () => {
  expect(await nats(0.5, [-1.2], 0.3)).toBeCloseTo(4.725791352644727, 12)
  expect(await nats(1, [0.5], 2)).toBeCloseTo(2.0439385332046727, 12)
  expect(await nats(2.5, [3], -1)).toBeCloseTo(3.115229265078828, 12)
})

test('learned σ start at 1', async () => {
  for (const sigma of ['learned', 'per-dimension', 'optimal'])
    expect(await nats(sigma, [0.5], 2)).toBeCloseTo(2.0439385332046727, 12)
  expect(await nats('decoder', [0.5, 0], 2)).toBeCloseTo(2.0439385332046727, 12)
})

test('a learned σ² is the exponential of a bounded log-variance', async () => {
  const wanted = closedForm(0.3, -1.2, bounded(0.7))
  expect(await nats('learned', [-1.2], 0.3, 0.7)).toBeCloseTo(wanted, 12)
  expect(await nats('decoder', [-1.2, 0.7], 0.3)).toBeCloseTo(wanted, 12)
  expect(await nats('learned', [0], 0, -1e6)).toBeCloseTo(closedForm(0, 0, -20), 6)
})

test('σ per dimension has the shape of an example, and the decoder gives means first', async () => {
  const perDimension = traceDensity(likelihood('gaussian', { sigma: 'per-dimension' }), 1, [2, 2])
  expect(perDimension.parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ['likelihood.logVariance', [2, 2]],
  ])
  const logVariance = [-1, 0, 1, 2]
  const [x, mean] = [
    [0.1, 0.2, 0.3, 0.4],
    [1, -1, 2, 0],
  ]
  const wanted = x.map((value, i) => closedForm(value, mean[i], bounded(logVariance[i])))
  const { loss } = await evaluate(
    { loss: perDimension.loss },
    {
      x: array(x, [1, 2, 2]),
      output: array(mean, [1, 2, 2]),
      'likelihood.logVariance': array(logVariance, [2, 2]),
    },
  )
  for (const [i, nat] of wanted.entries()) expect(loss[i]).toBeCloseTo(nat, 12)
  const decoder = traceDensity(likelihood('gaussian', { sigma: 'decoder' }), 1, [2, 2])
  const said = await evaluate(
    { loss: decoder.loss, center: decoder.density.center },
    { x: array(x, [1, 2, 2]), output: array([...mean, ...logVariance], [1, 4, 2]) },
  )
  for (const [i, nat] of wanted.entries()) expect(said.loss[i]).toBeCloseTo(nat, 12)
  expect(Array.from(said.center)).toEqual(mean)
})

describe('the optimal σ²', () => {
  const rows = 4
  const traced = traceDensity(likelihood('gaussian', { sigma: 'optimal' }), rows, [3])
  const size = rows * sizeOf([3])
  const x = Array.from({ length: size }, (_, i) => Math.sin(i) / 10)
  const squaredError = x.reduce((total, value) => total + (value - 0.2) ** 2, 0) / size
  const [[parameter, next]] = [...traced.replacements]
  const step = async (logVariance: number, output = new Array<number>(size).fill(0.2)) =>
    evaluate(
      { next, loss: traced.loss },
      {
        x: array(x, [rows, 3]),
        output: array(output, [rows, 3]),
        'likelihood.logVariance': array([logVariance], []),
      },
    )

  test('is a parameter that a step replaces by nine tenths of itself and a tenth of the squared error', async () => {
    expect(traced.parameters).toEqual([parameter])
    expect(parameter).toMatchObject({ name: 'likelihood.logVariance', shape: [], bound: 0 })
    expect(Math.exp((await step(0)).next[0])).toBeCloseTo(0.9 + 0.1 * squaredError, 8)
  })
  test('comes to the mean squared error, at which the density is highest', async () => {
    let logVariance = 0
    for (let i = 0; i < 300; i++) logVariance = (await step(logVariance)).next[0]
    expect(Math.exp(logVariance)).toBeCloseTo(squaredError, 8)
    const total = async (at: number) => (await step(at)).loss.reduce((a, b) => a + b, 0)
    const best = await total(logVariance)
    expect(await total(logVariance + 0.1)).toBeGreaterThan(best)
    expect(await total(logVariance - 0.1)).toBeGreaterThan(best)
    expect(best / size).toBeCloseTo(0.5 * Math.log(2 * Math.PI * Math.E * squaredError), 6)
  })
  test('stays above 0 where nothing is left to explain', async () => {
    let logVariance = 0
    for (let i = 0; i < 600; i++) logVariance = (await step(logVariance, x)).next[0]
    expect(logVariance).toBeCloseTo(-20, 6)
  })
})

test('the options say what they take', () => {
  const { kind } = likelihood('gaussian')
  const refusal = (sigma: unknown) => firstIssue(z.safeParse(kind.options, { sigma }).error!).wanted
  expect(refusal('lerned')).toMatchInlineSnapshot(
    `"a number > 0, or one of learned, per-dimension, decoder, optimal"`,
  )
  expect(refusal(-1)).toMatchInlineSnapshot(`"a number > 0"`)
  expect(kind.variance(z.parse(kind.options, { sigma: 0.5 }))).toBe(0.25)
  for (const sigma of ['learned', 'per-dimension', 'decoder', 'optimal'])
    expect(kind.variance(z.parse(kind.options, { sigma }))).toBeUndefined()
})
