import { describe, expect, test } from 'vitest'
import { input } from '../../graph/ops/input.ts'
import { sum } from '../../graph/ops/sum.ts'
import { program } from '../../graph/program.ts'
import { activationNames, activations } from '../../model/layers/activation.ts'
import { dense } from '../../model/layers/dense.ts'
import { newTrace } from '../../model/trace.ts'
import { measuredJacobian, overDirections } from '../../testing/jacobian.testing.ts'
import { average, numbersUnder, standardErrorsFrom } from '../../testing/numbers.testing.ts'
import { checkGradient } from '../../testing/probing.ts'
import { squaredJacobian } from './jacobian.ts'
import { noiseFeeds, parameterFeeds, uniform } from './staging.testing.ts'

const [ROWS, WIDTH, OUT] = [2, 4, 3]

/** Two hidden layers with one activation, and the estimate of its squared Jacobian. */
function toy(activation: (typeof activationNames)[number], probes = 1) {
  const trace = newTrace()
  const layers = trace.layers('toy')
  const x = input('x', [ROWS, WIDTH])
  const hidden = [5, 4].reduce((h, units, i) => activations[activation](dense(h, units, layers(i))), x)
  const output = dense(hidden, OUT, layers('out'))
  const penalty = squaredJacobian(output, x, { probes }, trace.draw)
  const feeds = {
    ...parameterFeeds(trace, 1.5),
    ...noiseFeeds(trace),
    x: uniform([ROWS, WIDTH], 99),
  }
  return { trace, x, output, penalty, feeds }
}

describe.each(activationNames)('through %s', (activation) => {
  test('orthogonal directions give the exact squared Jacobian of every row', async () => {
    const { output, penalty, feeds } = toy(activation)
    const got = await overDirections(penalty, 'probe1', [ROWS, OUT], feeds)
    const wanted = await measuredJacobian(output, 'x', feeds)
    expect(penalty.shape).toEqual([ROWS])
    for (const [row, norm] of wanted.entries()) {
      expect(norm).toBeGreaterThan(0.01)
      expect(Math.abs(got[row] / norm - 1)).toBeLessThan(1e-7)
    }
  })

  test('its own gradient matches central differences', async () => {
    const { trace, x, penalty, feeds } = toy(activation)
    const loss = sum(penalty)
    const used = program('loss', { loss }).inputs.map(({ name }) => name)
    const given = Object.fromEntries(Object.entries(feeds).filter(([name]) => used.includes(name)))
    const wrt = [...trace.parameters.map(({ name }) => name), 'x'].filter((name) => used.includes(name))
    const leaves = [...trace.parameters.map(({ tensor }) => tensor), x]
    const check = await checkGradient(loss, wrt, leaves, given)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })
})

test('random directions are unbiased, and four have a quarter of the variance of one', async () => {
  const [exact] = await measuredJacobian(toy('tanh').output, 'x', toy('tanh').feeds)
  const estimates = async (probes: number) => {
    const { trace, penalty, feeds } = toy('tanh', probes)
    const steps = Array.from({ length: 2000 }, (_, step) => ({ ...feeds, ...noiseFeeds(trace, step) }))
    return (await numbersUnder({ penalty }, steps)).map((value) => value.penalty[0])
  }
  const [one, four] = [await estimates(1), await estimates(4)]
  expect(standardErrorsFrom(exact, one)).toBeLessThan(4)
  expect(standardErrorsFrom(exact, four)).toBeLessThan(4)
  const variance = (values: number[]) => {
    const middle = average(values)
    return average(values.map((value) => (value - middle) ** 2))
  }
  expect(Math.sqrt(variance(four) / 2000)).toBeLessThan(0.02 * exact)
  expect(variance(four) / variance(one)).toBeGreaterThan(0.2)
  expect(variance(four) / variance(one)).toBeLessThan(0.3)
})
