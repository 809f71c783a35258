import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchPlan, clampBatch } from './batches.ts'

const rows = Uint32Array.from({ length: 23 }, (_, i) => 100 + i)

describe('batchPlan', () => {
  test('an epoch shows distinct rows and drops the incomplete last batch', () => {
    const plan = batchPlan({ rows, batch: 5, seed: 1 })
    expect(plan.stepsPerEpoch).toBe(4)
    for (const epoch of [0, 1, 7]) {
      const seen = Array.from({ length: 4 }, (_, step) => [...plan.at(4 * epoch + step)]).flat()
      expect(new Set(seen).size).toBe(20)
      expect(seen.every((row) => rows.includes(row))).toBe(true)
    }
  })

  test('epochs and seeds differ', () => {
    const order = (seed: number, step: number) => [...batchPlan({ rows, batch: 23, seed }).at(step)].join()
    expect(new Set([order(1, 0), order(1, 1), order(1, 2), order(2, 0)]).size).toBe(4)
  })

  test('every row comes first about equally often', () => {
    const plan = batchPlan({ rows: Uint32Array.of(0, 1, 2, 3), batch: 4, seed: 5 })
    const counts = [0, 0, 0, 0]
    for (let step = 0; step < 4000; step++) counts[plan.at(step)[0]]++
    // 1000 each, within six standard deviations.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(165)
  })

  test('entered at any step, it gives what it would have given', () => {
    const whole = batchPlan({ rows, batch: 4, seed: 9 })
    const steps = Array.from({ length: 16 }, (_, step) => whole.at(step))
    fc.assert(
      fc.property(fc.nat(15), (start) => {
        expect(batchPlan({ rows, batch: 4, seed: 9 }).at(start)).toEqual(steps[start])
        expect(whole.at(start)).toEqual(steps[start])
      }),
    )
  })

  test('a batch is the caller’s to keep', () => {
    const plan = batchPlan({ rows, batch: 4, seed: 9 })
    plan.at(0).fill(0)
    expect([...plan.at(0)].every((row) => row >= 100)).toBe(true)
  })

  test('says what is wrong', () => {
    expect(() => batchPlan({ rows, batch: 24, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a batch of 24 from 23 training rows; wanted at most 23. Fix: give a smaller batch, or hold fewer rows out. [data/batch-rows]]`,
    )
    expect(() => batchPlan({ rows, batch: 0, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[BetavaeError: a batch of 0; wanted a whole number of at least 1. Fix: give the number of examples a step sees, such as 128. [data/batch]]`,
    )
    expect(() => batchPlan({ rows, batch: 2.5, seed: 1 })).toThrow('[data/batch]')
  })
})

test('clampBatch', () => {
  expect([clampBatch(128, 23), clampBatch(5, 23)]).toEqual([23, 5])
})
