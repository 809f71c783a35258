import { expect, test } from 'vitest'
import { gridCodes, known, seed0 } from './grid-codes.testing.ts'
import { irs } from './irs.ts'

test.each([
  // With its own factor held, a code does not move: 1 − 0.
  ['identity', 1],
  ['permuted', 1],
  ['duplicated', 1],
  // a + b is at most 3 from its mean 3. With a held it is at most 3/2 from its mean, and a quarter of the rows is at
  // each end, so the 0.99 quantile is 3/2 as well: 1 − (3/2) / 3. So for b, and for a − b.
  ['rotated', 0.5],
  // Moves as much with a factor held as without.
  ['noise', 0],
  // Weighed by deviation: a constant counts for nothing.
  ['withConstant', 1],
  ['constant', 0],
] as const)('%s codes: %d', async (name, wanted) => {
  expect((await irs.compute(gridCodes(known[name]), seed0)).score).toBeCloseTo(wanted, 12)
})

test('weighs codes by their largest deviation', async () => {
  // Deviations 3/2 with robustness 1, and 2 · 3 with robustness 1/2: (3/2 + 3) / (3/2 + 6) = 0.6.
  const sample = gridCodes([(a) => a, (a, b) => 2 * (a + b)])
  expect((await irs.compute(sample, seed0)).score).toBeCloseTo(0.6, 12)
})

test('forgives one row in two hundred', async () => {
  // Within the level it lies in, the outlier is beyond the 0.99 quantile of 800 rows, while it sets the largest deviation.
  const sample = gridCodes(known.identity, 50)
  sample.codes[0] = 100
  const { perCode } = await irs.compute(sample, seed0)
  expect((perCode as number[])[0]).toBeGreaterThan(0.99)
})

test('counts the codes that move', async () => {
  expect(await irs.compute(gridCodes(known.withConstant), seed0)).toMatchObject({
    activeCodes: 2,
    perCode: [1, 1, 0],
    rows: 64,
  })
})
