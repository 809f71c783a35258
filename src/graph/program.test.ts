import { expect, test } from 'vitest'
import { add } from './ops/add.ts'
import { exp } from './ops/exp.ts'
import { input } from './ops/input.ts'
import { mul } from './ops/mul.ts'
import { program } from './program.ts'

test('inputs stand in order of first use, and only those that are used', () => {
  const [a, b] = [input('a', [2]), input('b', ['n', 2])]
  input('unused', [3])
  expect(program('p', { y: mul(b, a), z: exp(a) }).inputs).toEqual([
    { name: 'b', dtype: 'float32', shape: ['n', 2] },
    { name: 'a', dtype: 'float32', shape: [2] },
  ])
})

test('an input that a rewrite makes useless is not asked for', () => {
  const a = input('a', [2])
  expect(program('p', { y: add(a, 0) }).nodes).toEqual([a])
})

test('one input written twice alike is one input', () => {
  expect(program('p', { y: add(input('a', [2]), input('a', [2])) }).inputs).toHaveLength(1)
})

test('two inputs of one name are refused', () => {
  expect(() => program('p', { y: add(input('a', [2]), input('a', [1])) })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: two values called "a" in program "p"; wanted one value for each name. Fix: rename one of them. [graph/duplicate-name]]`,
  )
})

test("an output with an input's name is refused", () => {
  expect(() => program('p', { a: exp(input('a', [2])) })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: two values called "a" in program "p"; wanted one value for each name. Fix: rename one of them. [graph/duplicate-name]]`,
  )
})
