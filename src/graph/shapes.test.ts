import { describe, expect, test } from 'vitest'
import type { Tensor } from './tensor.ts'
import * as graph from './vocabulary.ts'

const x = (...shape: (number | string)[]) => graph.input('x', shape)
const y = (...shape: (number | string)[]) => graph.input('y', shape)

describe('shapes that an op takes, and what it makes of them', () => {
  test.each<[string, Tensor, (number | string)[]]>([
    ['broadcast of a vector', graph.broadcastTo(x(3), [2, 3]), [2, 3]],
    ['broadcast of a column', graph.broadcastTo(x(2, 1), [2, 3]), [2, 3]],
    ['broadcast over a named axis', graph.broadcastTo(x(1, 3), ['n', 3]), ['n', 3]],
    ['concat', graph.concat([x(2, 3), y(2, 4)], 1), [2, 7]],
    ['concat along the last axis', graph.concat([x(2, 3), y(2, 4)], -1), [2, 7]],
    ['concat beside a named axis', graph.concat([x('n', 3), y('n', 4)], 1), ['n', 7]],
    ['matmul', graph.matmul(x(2, 3), y(3, 4)), [2, 4]],
    ['matmul, a transposed', graph.matmul(x(3, 2), y(3, 4), { transposeA: true }), [2, 4]],
    ['matmul, b transposed', graph.matmul(x(2, 3), y(4, 3), { transposeB: true }), [2, 4]],
    ['matmul of named rows', graph.matmul(x('n', 3), y(3, 4)), ['n', 4]],
    ['reshape', graph.reshape(x(2, 6), [3, 4]), [3, 4]],
    ['reshape beside a named axis', graph.reshape(x('n', 6), ['n', 2, 3]), ['n', 2, 3]],
    ['slice of the first', graph.slice(x(5), 0, 0, 1), [1]],
    ['slice to the end', graph.slice(x(2, 5), -1, 2, 5), [2, 3]],
    ['pad', graph.pad(x(2, 5), 1, 1, 2), [2, 8]],
    ['sum', graph.sum(x(2, 3, 4), [1]), [2, 4]],
    ['sum that keeps its axis', graph.sum(x(2, 3, 4), [-1], true), [2, 3, 1]],
    ['gather', graph.gather(x(5, 2), graph.constant([1, 3, 3], [3], 'int32')), [3, 2]],
    ['scatterAdd', graph.scatterAdd(x(3, 2), graph.constant([1, 3, 3], [3], 'int32'), 7), [7, 2]],
    [
      'conv2d',
      graph.conv2d(x(2, 3, 7, 9), y(4, 3, 3, 3), { stride: [2, 2], padding: [1, 1, 1, 1] }),
      [2, 4, 4, 5],
    ],
  ])('%s', (_, made, shape) => {
    expect(made.shape).toEqual(shape)
  })

  test('what changes nothing is the tensor itself', () => {
    const whole = x(2, 3)
    expect(graph.broadcastTo(whole, [2, 3])).toBe(whole)
    expect(graph.reshape(whole, [2, 3])).toBe(whole)
    expect(graph.slice(whole, 1, 0, 3)).toBe(whole)
    expect(graph.slice(whole, -1, 0, 3)).toBe(whole)
    expect(graph.pad(whole, 1, 0, 0)).toBe(whole)
    expect(graph.concat([whole], 0)).toBe(whole)
    expect(graph.sum(whole, [])).toBe(whole)
    expect(graph.pad(whole, 1, 1, 0)).not.toBe(whole)
    expect(graph.pad(whole, 1, 0, 1)).not.toBe(whole)
    expect(graph.slice(whole, 1, 0, 2)).not.toBe(whole)
    expect(graph.slice(whole, 1, 1, 3)).not.toBe(whole)
  })
})

describe('shapes that do not fit are refused, and both are named', () => {
  test.each<[string, () => Tensor, string, string]>([
    ['broadcast to fewer', () => graph.broadcastTo(x(2, 3), [1, 3]), 'graph/broadcast', '[2, 3] to [1, 3]'],
    ['broadcast to fewer axes', () => graph.broadcastTo(x(2, 3), [3]), 'graph/broadcast', '[2, 3] to [3]'],
    ['concat', () => graph.concat([x(2, 3), y(3, 3)], 1), 'graph/concat', '[2, 3], [3, 3] along axis 1'],
    ['concat of other ranks', () => graph.concat([x(2, 3), y(2)], 0), 'graph/concat', '[2, 3], [2]'],
    ['matmul', () => graph.matmul(x(2, 3), y(4, 3)), 'graph/matmul', '[2, 3] and [4, 3]'],
    [
      'matmul, a transposed',
      () => graph.matmul(x(2, 3), y(3, 4), { transposeA: true }),
      'graph/matmul',
      '[2, 3]ᵀ and [3, 4]',
    ],
    [
      'matmul, b transposed',
      () => graph.matmul(x(2, 3), y(3, 4), { transposeB: true }),
      'graph/matmul',
      '[2, 3] and [3, 4]ᵀ',
    ],
    ['matmul of three axes', () => graph.matmul(x(2, 3, 1), y(3, 4)), 'graph/matmul', '[2, 3, 1] and [3, 4]'],
    ['matmul by three axes', () => graph.matmul(x(2, 3), y(3, 4, 1)), 'graph/matmul', '[2, 3] and [3, 4, 1]'],
    ['reshape', () => graph.reshape(x(2, 3), [5]), 'graph/reshape', '[2, 3] to [5]'],
    ['reshape that loses a name', () => graph.reshape(x('n', 3), [3]), 'graph/reshape', '[n, 3] to [3]'],
    [
      'reshape of two names',
      () => graph.reshape(x('n', 'm', 4), ['n', 'm', 2, 2]),
      'graph/reshape',
      '[n, m, 4]',
    ],
    ['slice of nothing', () => graph.slice(x(5), 0, 2, 2), 'graph/slice', 'slice 2..2 of axis 0 of [5]'],
    ['slice from before', () => graph.slice(x(5), 0, -1, 2), 'graph/slice', 'slice -1..2'],
    ['slice beyond the end', () => graph.slice(x(5), 0, 1, 6), 'graph/slice', 'slice 1..6'],
    [
      'convolution of other channels',
      () => graph.conv2d(x(1, 2, 5, 5), y(1, 3, 3, 3)),
      'graph/convolution',
      '[1, 2, 5, 5] and [1, 3, 3, 3]',
    ],
    [
      'convolution by what is larger',
      () => graph.conv2d(x(1, 1, 2, 5), y(1, 1, 3, 3)),
      'graph/convolution',
      '[1, 1, 2, 5]',
    ],
    [
      'convolution of three axes',
      () => graph.conv2d(x(1, 5, 5), y(1, 1, 3, 3)),
      'graph/convolution',
      '[1, 5, 5]',
    ],
  ])('%s', (_, make, code, seen) => {
    expect(make).toThrow(expect.objectContaining({ code, seen: expect.stringContaining(seen) }))
  })

  test('a slice of a named axis is not known to be too long', () => {
    expect(graph.slice(x('n', 2), 0, 3, 9).shape).toEqual([6, 2])
  })
})
