import { expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { square } from './functions.ts'
import { gradient } from './gradient.ts'
import { exp } from './ops/exp.ts'
import { input } from './ops/input.ts'
import { mul } from './ops/mul.ts'
import { sum } from './ops/sum.ts'
import { program } from './program.ts'

const x = input('x', [3])
const feeds = { x: { data: Float64Array.of(1, -2, 3), shape: [3] } }
const valuesOf = async (tensor: ReturnType<typeof input>) => {
  using executable = await referenceEngine.load(program('p', { tensor }))
  return Array.from((await executable.run(feeds)).tensor.data)
}

test('Σ x² has slope 2x, which has slope 2 in turn', async () => {
  const [slope] = gradient(sum(square(x)), [x])
  expect(await valuesOf(slope)).toEqual([2, -4, 6])
  expect(await valuesOf(gradient(sum(slope), [x])[0])).toEqual([2, 2, 2])
})

test('every path to an input counts', async () => {
  const twice = mul(x, 2)
  expect(await valuesOf(gradient(sum(mul(twice, twice)), [x])[0])).toEqual([8, -16, 24])
})

test('an inner tensor can be differentiated by', async () => {
  const inner = mul(x, 2)
  expect(await valuesOf(gradient(sum(square(inner)), [inner])[0])).toEqual([4, -8, 12])
})

test('what the output does not depend on has slope zero, in its own shape', async () => {
  const [slope] = gradient(sum(x), [input('other', [2, 2])])
  expect(slope.shape).toEqual([2, 2])
  expect(await valuesOf(slope)).toEqual([0, 0, 0, 0])
})

test('only a scalar has a gradient', () => {
  expect(() => gradient(exp(x), [x])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: gradient of a tensor of shape [3]; wanted a scalar. Fix: sum or average it first. [graph/gradient-of-array]]`,
  )
})
