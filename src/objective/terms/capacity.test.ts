import { describe, expect, test } from 'vitest'
import { mean } from '../../graph/functions.ts'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'
import { optionInput } from '../inputs.ts'
import { knobsAt } from '../objective.ts'

const at = async (target: number | string) => {
  const { world, value } = worldOf({ term: 'capacity', weight: 1, target })
  const got = await numbersOf({ value, kl: world.model.kl! }, world.feeds)
  return { value: got.value[0], kl: got.kl, shape: value.shape }
}

test.each([0, 0.1, 5])('it is the distance of the mean KL from C = %d', async (target) => {
  const { value, kl, shape } = await at(target)
  expect(shape).toEqual([])
  expect(value).toBeCloseTo(Math.abs(average(kl) - target), 12)
})

test('examples share the budget: at their mean it is 0, however far each is from it', async () => {
  const { kl } = await at(0)
  const spread = Math.max(...kl) - Math.min(...kl)
  expect(spread).toBeGreaterThan(0.01)
  expect((await at(average(kl))).value).toBeLessThan(1e-12)
})

test('the target moves with the step, through an input of the program', async () => {
  const { world, value } = worldOf({ term: 'capacity', weight: 1, target: 'linear(0, 10, 100)' })
  const name = optionInput('capacity', 'target')
  const target = knobsAt(world.terms, 25)[name]
  expect(target).toBe(2.5)
  const feeds = { ...world.feeds, [name]: { data: Float64Array.of(target), shape: [] } }
  const got = await numbersOf({ value, kl: mean(world.model.kl!) }, feeds)
  expect(got.value[0]).toBeCloseTo(Math.abs(got.kl[0] - 2.5), 12)
})

describe('a target that cannot be is refused', () => {
  const read = (target: number | string) => () => worldOf({ term: 'capacity', weight: 1, target })
  test('text outside the grammar', () => {
    expect(read('fast')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: weight "fast"; wanted a number, constant(value), linear(from, to, steps), cosine(from, to, steps), sigmoid(from, to, steps), cyclic(from, to, period, ramp), steps(value, step, value, …). Fix: write for example 4 or linear(0, 4, 10000). [objective/schedule]]`,
    )
  })
  test('less than no nats', () => {
    expect(read('linear(-1, 25, 100)')).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: term "capacity" with {"target":"linear(-1, 25, 100)"}; wanted target: a number of nats ≥ 0 at every step: no KL is less. Fix: correct the options of the term. [choice/term-options]]`,
    )
  })
})
