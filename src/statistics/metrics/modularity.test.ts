import { expect, test } from 'vitest'
import { gridCodes, known, seed0 } from './grid-codes.testing.ts'
import { modularity } from './modularity.ts'

// With two factors a code's modularity is 1 − min(I²) / max(I²).
test.each([
  ['identity', 1],
  ['permuted', 1],
  // A copy is as modular as what it copies.
  ['duplicated', 1],
  // Swapping a with b leaves a + b as it is, and a − b up to sign: I with both is the same.
  ['rotated', 0],
  ['constant', 0],
  ['noise', 0],
  // (1 + 1 + 0) / 3: a code that knows nothing counts 0.
  ['withConstant', 2 / 3],
] as const)('%s codes: %d', async (name, wanted) => {
  expect((await modularity.compute(gridCodes(known[name]), seed0)).score).toBeCloseTo(wanted, 12)
})

test('with one factor, a code that knows it is modular and another is not', async () => {
  const { codes, count } = gridCodes(known.identity)
  const factors = Int32Array.from({ length: count }, (_, row) => codes[2 * row])
  const sample = { count, codeSize: 2, factorCount: 1, codes, factors, levels: [4] }
  expect((await modularity.compute(sample, seed0)).perCode).toEqual([1, 0])
})
