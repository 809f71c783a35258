import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { relativeDifference } from '../testing/probing.ts'
import { gradient } from './gradient.ts'
import { add } from './ops/add.ts'
import { greater } from './ops/compare.ts'
import { constant } from './ops/constant.ts'
import { exp } from './ops/exp.ts'
import { input } from './ops/input.ts'
import { matmul } from './ops/matmul.ts'
import { mul } from './ops/mul.ts'
import { neg } from './ops/neg.ts'
import { reshape } from './ops/reshape.ts'
import { sub } from './ops/sub.ts'
import { broadcastTo, sum } from './ops/sum.ts'
import { where } from './ops/where.ts'
import { program } from './program.ts'
import { simplify } from './simplify.ts'
import type { Tensor } from './tensor.ts'

const x = input('x', [3, 4])
const column = input('column', [3, 1])

/** A tensor as text, so that a test reads as what is left. */
const show = ({ op, inputs, attributes }: Tensor): string =>
  op.name === 'input'
    ? String(attributes.name)
    : op.name === 'constant'
      ? String((attributes.values as number[])[0])
      : `${op.name}(${inputs.map(show).join(', ')})`
const left = (tensor: Tensor): string => show(simplify([tensor])[0])

describe('sharing', () => {
  test('equal nodes become one', () => {
    const [a, b] = simplify([exp(add(x, 2)), exp(add(x, 2))])
    expect(a).toBe(b)
  })

  test('nodes that differ in an attribute alone stay apart', () => {
    const [a, b] = simplify([sum(x, [0]), sum(x, [1])])
    expect(a).not.toBe(b)
  })

  test('constants that JSON writes alike stay apart', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    expect(new Set(simplify(values.map((value) => add(x, value)))).size).toBe(3)
  })

  test('what is simple already is left as it is', () => {
    const [once] = simplify([exp(add(x, 2))])
    expect(simplify([once])[0]).toBe(once)
  })
})

describe('arithmetic that does nothing', () => {
  test.each<[Tensor, string]>([
    [add(x, 0), 'x'],
    [add(0, x), 'x'],
    [sub(x, 0), 'x'],
    [sub(0, x), 'sub(0, x)'],
    [mul(x, 1), 'x'],
    [mul(1, x), 'x'],
    [neg(neg(x)), 'x'],
    [add(mul(x, 1), neg(neg(x))), 'add(x, x)'],
    [add(x, 1), 'add(x, 1)'],
    [mul(x, 0), 'mul(x, 0)'],
  ])('%#', (tensor, wanted) => expect(left(tensor)).toBe(wanted))

  test('a constant that broadcasts is kept', () => {
    expect(left(add(x, constant(0, [2, 3, 4])))).toBe('add(x, 0)')
    expect(left(mul(input('scalar', []), constant(1, [3])))).toBe('mul(scalar, 1)')
  })
})

describe('scalings', () => {
  test.each<[Tensor, string]>([
    [mul(mul(x, 2), 3), 'mul(x, 6)'],
    [mul(3, mul(2, x)), 'mul(x, 6)'],
    [mul(neg(x), 2), 'mul(x, -2)'],
    [neg(mul(x, 2)), 'mul(x, -2)'],
    [mul(mul(x, 2), 0.5), 'x'],
    [mul(mul(x, -2), 0.5), 'neg(x)'],
    [mul(mul(mul(x, 2), 3), 4), 'mul(x, 24)'],
    [mul(mul(x, column), 3), 'mul(mul(x, column), 3)'],
  ])('%#', (tensor, wanted) => expect(left(tensor)).toBe(wanted))

  test.each([
    [1e-30, 1e-30],
    [1e30, 1e30],
    [1e-40, 2],
    [0, 2],
    [Number.POSITIVE_INFINITY, 0.5],
  ])('%d · %d leaves what float32 holds exactly, so both stay', (a, b) => {
    expect(left(mul(mul(x, a), b))).toBe(`mul(mul(x, ${a}), ${b})`)
  })
})

describe('a number that multiplies a matrix', () => {
  const w = input('w', [4, 5])

  test.each<[Tensor, string]>([
    [matmul(mul(x, 3), w), 'mul(matmul(x, w), 3)'],
    [matmul(x, neg(w)), 'neg(matmul(x, w))'],
    [sum(mul(3, x)), 'mul(sum(x), 3)'],
    [mul(sum(mul(x, 3), [0]), 2), 'mul(sum(x), 6)'],
    [matmul(mul(x, column), w), 'matmul(mul(x, column), w)'],
    [matmul(mul(x, 1e-40), w), 'matmul(mul(x, 1e-40), w)'],
  ])('multiplies what comes of it %#', (tensor, wanted) => expect(left(tensor)).toBe(wanted))
})

describe('shapes', () => {
  test('of two reshapes the last tells', () => {
    expect(left(reshape(reshape(x, [12]), [2, 6]))).toBe('reshape(x)')
    expect(left(reshape(reshape(x, [12]), [3, 4]))).toBe('x')
  })

  test('of two broadcasts the last tells', () => {
    expect(left(broadcastTo(broadcastTo(column, [3, 4]), [2, 3, 4]))).toBe('broadcast(column)')
  })

  test.each<[Tensor, string]>([
    [mul(x, broadcastTo(column, [3, 4])), 'mul(x, column)'],
    [mul(broadcastTo(column, [3, 4]), x), 'mul(column, x)'],
    [mul(x, broadcastTo(constant(1), [3, 4])), 'x'],
    [where(greater(x, 0), broadcastTo(column, [3, 4]), 0), 'where(greater(x, 0), column, 0)'],
    [add(input('row', [4]), broadcastTo(column, [3, 4])), 'add(row, column)'],
  ])('an op that broadcasts reads its input unexpanded %#', (tensor, wanted) => {
    expect(left(tensor)).toBe(wanted)
  })

  test('what only repeats is done once, and repeated last', () => {
    const both = add(broadcastTo(column, [3, 4]), broadcastTo(input('scalar', []), [3, 4]))
    expect(simplify([both])[0].shape).toEqual([3, 4])
    expect(left(both)).toBe('broadcast(add(column, scalar))')
    expect(left(exp(broadcastTo(column, [3, 4])))).toBe('broadcast(exp(column))')
    expect(left(mul(x, reshape(broadcastTo(input('scalar', []), [12]), [3, 4])))).toBe('mul(x, scalar)')
  })

  test('a gradient over a symbolic batch needs no extent written out', () => {
    const batch = input('data', ['batch', 4])
    const loss = sum(mul(exp(batch), batch))
    const [slope] = simplify(gradient(loss, [batch]))
    expect(show(slope)).not.toContain('broadcast')
  })
})

/** Random expressions of x and of a column, all of shape [3, 4]. */
const expressions = fc.letrec<{ tensor: Tensor }>((tie) => ({
  tensor: fc.oneof(
    { maxDepth: 6 },
    fc.constant(x),
    fc.constant(broadcastTo(column, [3, 4])),
    fc.tuple(tie('tensor'), fc.constantFrom(0, 1, -1, 2, 0.5)).map(([a, by]) => mul(a, by)),
    fc.tuple(tie('tensor'), fc.constantFrom(0, 1)).map(([a, by]) => add(a, by)),
    fc.tuple(fc.constantFrom(0, 1), tie('tensor')).map(([by, a]) => sub(by, a)),
    tie('tensor').map((a) => neg(a)),
    fc.tuple(tie('tensor'), tie('tensor')).map(([a, b]) => matmul(matmul(a, b, { transposeB: true }), b)),
    tie('tensor').map((a) => broadcastTo(sum(a, [1], true), [3, 4])),
    tie('tensor').map((a) => reshape(reshape(a, [2, 6]), [3, 4])),
    fc.tuple(tie('tensor'), tie('tensor')).map(([a, b]) => add(a, b)),
    fc
      .tuple(tie('tensor'), tie('tensor'))
      .map(([a, b]) => where(greater(a, b), a, broadcastTo(column, [3, 4]))),
  ),
})).tensor

test('no rewrite changes a value or a shape', async () => {
  const feeds = {
    x: { data: Float64Array.from({ length: 12 }, (_, i) => Math.sin(3 * i + 1)), shape: [3, 4] },
    column: { data: Float64Array.of(0.3, -0.7, 1.1), shape: [3, 1] },
  }
  await fc.assert(
    fc.asyncProperty(expressions, async (tensor) => {
      const traced = program('plain', { y: tensor })
      // The reference runs any program, simplified or not.
      using simple = await referenceEngine.load(traced)
      using plain = await referenceEngine.load({ ...traced, outputs: { y: tensor }, nodes: allNodes(tensor) })
      const [got, wanted] = [await simple.run(feeds), await plain.run(feeds)]
      expect(got.y.shape).toEqual([3, 4])
      expect(relativeDifference(got.y, wanted.y)).toBeLessThan(1e-12)
    }),
    { numRuns: 200, seed: 5 },
  )
})

const allNodes = (tensor: Tensor): Tensor[] => [...new Set([...tensor.inputs.flatMap(allNodes), tensor])]
