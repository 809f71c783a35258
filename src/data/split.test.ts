import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digest, splitRows } from './split.ts'

describe('splitRows', () => {
  test('puts every row in exactly one part, ascending', () => {
    const fraction = fc.double({ min: 0, max: 0.4, noNaN: true })
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fraction,
        fraction,
        fc.nat(),
        (count, validation, test, seed) => {
          const parts = Object.values(splitRows({ count, validation, test, seed }))
          const all = parts.flatMap((part) => [...part]).sort((a, b) => a - b)
          expect(all).toEqual(Array.from({ length: count }, (_, i) => i))
          for (const part of parts) expect(part).toEqual(part.slice().sort())
        },
      ),
    )
  })

  test('takes the fractions, and at least one row where a fraction is not 0', () => {
    const { train, validation, test: held } = splitRows({ count: 60, validation: 0.1, test: 0.001, seed: 1 })
    expect([train.length, validation.length, held.length]).toEqual([53, 6, 1])
  })

  test('takes no test rows where the data have a test set', () => {
    const { train, test: held } = splitRows({ count: 50, hasTest: true, test: 0.5, seed: 1 })
    expect([train.length, held.length]).toEqual([50, 0])
  })

  test('the test rows stay when the validation fraction changes, and differ by seed', () => {
    const rows = (validation: number, seed: number) =>
      splitRows({ count: 500, validation, test: 0.2, seed }).test
    expect(rows(0.3, 1)).toEqual(rows(0, 1))
    expect(rows(0, 2)).not.toEqual(rows(0, 1))
  })

  test('golden: the same rows in every release', () => {
    const { train, validation } = splitRows({ count: 20, validation: 0.25, seed: 3 })
    expect([...validation]).toMatchInlineSnapshot(`
      [
        2,
        5,
        13,
        14,
        19,
      ]
    `)
    expect(digest(train)).toMatchInlineSnapshot(`"aea451bb"`)
  })

  test('says what is wrong', () => {
    expect(() => splitRows({ count: 10, validation: 1, seed: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a validation fraction of 1; wanted a number in the range [0, 1). Fix: give the share of rows to hold out for validation, such as 0.1. [data/split-fraction]]`,
    )
    expect(() => splitRows({ count: 10, test: -0.1, seed: 0 })).toThrow('[data/split-fraction]')
    expect(() => splitRows({ count: 10, test: Number.NaN, seed: 0 })).toThrow('[data/split-fraction]')
    expect(() =>
      splitRows({ count: 10, validation: 0.5, test: 0.5, seed: 0 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: 10 of 10 rows held out; wanted at least one row to train on. Fix: give more rows, or hold out less: --validation 0 --test 0 holds out none. [data/split-empty]]`,
    )
  })
})

test('digest tells rows and their order apart', () => {
  const all = [[1, 2], [2, 1], [1], [1, 2, 0]].map((rows) => digest(Uint32Array.from(rows)))
  expect(new Set(all).size).toBe(4)
  const held = Uint32Array.of(9, 1, 2)
  expect(digest(held.subarray(1))).toBe(all[0])
})
