/** Planted faults are called what they are, and little is said of healthy rows. */
import { expect, test } from 'vitest'
import { toldOf } from './confusion.ts'

test('four in five are named rightly, and of a thousand healthy rows fewer than one stretch is named', async () => {
  const { right, faults, words, healthy } = await toldOf([301, 302], 2400)
  expect(faults).toBe(24)
  expect(right).toBeGreaterThanOrEqual(0.8 * faults)
  expect(words).toBeLessThan(healthy / 1000)
}, 60_000)
