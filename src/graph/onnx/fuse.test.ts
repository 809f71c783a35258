import { expect, test } from 'vitest'
import { add } from '../ops/add.ts'
import { input } from '../ops/input.ts'
import { matmul } from '../ops/matmul.ts'
import { mul } from '../ops/mul.ts'
import { broadcastTo, sum } from '../ops/sum.ts'
import { program } from '../program.ts'
import type { Tensor } from '../tensor.ts'
import { fusions } from './fuse.ts'

const x = input('x', [5, 3])
const w = input('w', [3, 4])
const product = () => matmul(x, w)
const fusionsOf = (outputs: Record<string, Tensor>) => fusions(program('fuse', outputs)).size

test('a bias joins the product that only it reads', () => {
  const [[sumNode, fusion]] = fusions(program('fuse', { y: add(product(), input('b', [4])) }))
  expect(sumNode.shape).toEqual([5, 4])
  expect(fusion.inputs.map(({ attributes }) => attributes.name)).toEqual(['x', 'w', 'b'])
})

test('a bias written out for every row joins too', () => {
  expect(fusionsOf({ y: add(product(), broadcastTo(input('b', [4]), [5, 4])) })).toBe(1)
})

test('a number that multiplies a product joins it', () => {
  expect(fusionsOf({ y: mul(product(), 3) })).toBe(1)
  expect(fusionsOf({ y: matmul(mul(x, 3), w) })).toBe(1)
  expect(fusionsOf({ y: mul(product(), 3), product: product() })).toBe(0)
})

test.each<[string, Record<string, Tensor>]>([
  ['that is itself wanted', { y: add(product(), input('b', [4])), product: product() }],
  ['that something else reads', { y: add(product(), input('b', [4])), total: sum(product()) }],
  ['and a whole matrix', { y: add(product(), input('b', [5, 4])) }],
  ['and a column', { y: add(product(), input('b', [5, 1])) }],
  ['and one number for all columns', { y: add(product(), input('b', [1])) }],
])('a product %s stays by itself', (_, outputs) => {
  expect(fusionsOf(outputs)).toBe(0)
})
