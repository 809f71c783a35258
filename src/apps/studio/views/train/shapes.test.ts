import { expect, test } from 'vitest'
import { parseWeight } from '../../../../inside.ts'
import { pullOf, shapes, weightOf } from './shapes.ts'

test('every shape is a weight that ends at its value', () => {
  for (const { value: shape } of shapes) {
    const { kind, args } = parseWeight(weightOf({ value: 4, shape }, 2000), {})
    expect(kind.at(1999, args), shape).toBe(4)
  }
  expect(weightOf({ value: 4, shape: 'warm-up' }, 2000)).toBe('linear(0, 4, 500)')
  expect(weightOf({ value: 4, shape: 'cyclic' }, 2000)).toBe('cyclic(0, 4, 500, 0.5)')
})

test('one step is enough for any', () => {
  for (const { value: shape } of shapes)
    expect(() => parseWeight(weightOf({ value: 1, shape }, 1), {})).not.toThrow()
})

test('a weight is read as it was written, and where it was moved to', () => {
  for (const { value: shape } of shapes)
    expect(pullOf(weightOf({ value: 4, shape }, 2000))).toEqual({ value: 4, shape })
  expect(pullOf('steps(4, 300, 8)')).toEqual({ value: 8, shape: 'constant' })
})
