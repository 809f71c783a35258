import { describe, expect, test } from 'vitest'
import { input } from '../../graph/ops/input.ts'
import { newTrace } from '../../model/trace.ts'
import { numbered, numbersOf } from '../../testing/numbers.testing.ts'
import { checkGradient } from '../../testing/probing.ts'
import { crossEntropy, discriminatorOptions, discriminatorTraining, logOdds } from './discriminator.ts'
import { parameterFeeds, uniform } from './staging.testing.ts'

const options = (given: object = {}) => discriminatorOptions.parse(given)

/** Two kinds of codes, told apart by a discriminator. */
function stage(given: object) {
  const trace = newTrace()
  const layers = trace.layers('opponent')
  const [first, second] = [input('first', [5, 2]), input('second', [5, 2])]
  const odds = logOdds(first, layers, options(given))
  const loss = crossEntropy(odds, logOdds(second, layers, options(given)))
  const feeds = { ...parameterFeeds(trace, 0.9), first: uniform([5, 2], 50), second: uniform([5, 2], 51) }
  return { trace, odds, loss, feeds }
}

describe('the discriminator', () => {
  test('has the layers and units it is told, and the same ones for both kinds', () => {
    const shapes = (given: object) => stage(given).trace.parameters.map(({ shape }) => shape)
    expect(shapes({ layers: 2, units: 3 })).toEqual([[3, 2], [3], [3, 3], [3], [1, 3], [1]])
    expect(shapes({ layers: 0 })).toEqual([[1, 2], [1]])
    expect(shapes({}).filter((shape) => shape.length === 2)).toHaveLength(5)
  })

  test('gives log-odds by a leaky ReLU, whose slope below 0 is 0.2', async () => {
    const { odds, trace, feeds } = stage({ layers: 1, units: 1 })
    const set = [numbered([1, 0], 1, 2), numbered([0], 1), numbered([1], 1, 1), numbered([0.5], 1)]
    const given = Object.fromEntries(trace.parameters.map(({ name }, i) => [name, set[i]]))
    const first = numbered([2, 9, -2, 9, 0, 9, 1, 9, -5, 9], 5, 2)
    const got = await numbersOf({ odds }, { ...feeds, ...given, first })
    const wanted = [2.5, 0.1, 0.5, 1.5, -0.5]
    for (const [i, value] of wanted.entries()) expect(got.odds[i]).toBeCloseTo(value, 12)
  })

  test('minimizes the mean surprise, log(1 + e^∓odds)', async () => {
    const odds = { first: numbered([0.3, -2], 2), second: numbered([1, 4], 2) }
    const got = await numbersOf({ loss: crossEntropy(input('first', [2]), input('second', [2])) }, odds)
    const surprise = (x: number) => Math.log1p(Math.exp(x))
    expect(got.loss[0]).toBeCloseTo(
      ((surprise(-0.3) + surprise(2)) / 2 + (surprise(1) + surprise(4)) / 2) / 2,
      12,
    )
  })

  test('its gradient matches central differences', async () => {
    const { trace, loss, feeds } = stage({ layers: 2, units: 4 })
    const names = trace.parameters.map(({ name }) => name)
    const leaves = trace.parameters.map(({ tensor }) => tensor)
    const check = await checkGradient(loss, names, leaves, feeds)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('learns by Adam with a short memory, at a rate that may be a schedule', () => {
    expect(discriminatorTraining(options())).toEqual({
      optimizer: { name: 'adam', beta1: 0.5, beta2: 0.9 },
      learningRate: 1e-4,
    })
    const falling = options({ learningRate: 'linear(0.001, 0, 1000)' })
    expect(discriminatorTraining(falling).learningRate).toBe('linear(0.001, 0, 1000)')
  })
})
