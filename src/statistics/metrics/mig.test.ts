import { expect, test } from 'vitest'
import { gridCodes, known, seed0 } from './grid-codes.testing.ts'
import { mig } from './mig.ts'

// A factor has H = ln 4. A code that is the factor has I = ln 4 with it and 0 with the other, exactly, as all counts
// factorize. Four levels, and the seven of a rotated code, lie more than a bin apart, so that bins lose nothing.
test.each([
  ['identity', 1],
  ['permuted', 1],
  // Mirroring b → 3 − b swaps a + b with a − b + 3 and leaves a as it is: both codes know as much of a, I₁ = I₂.
  ['rotated', 0],
  // Both copies know all: I₁ = I₂.
  ['duplicated', 0],
  // a is known twice, gap 0; b once, gap 1.
  ['halfDuplicated', 0.5],
  ['withConstant', 1],
  ['constant', 0],
  ['noise', 0],
] as const)('%s codes: %d', async (name, wanted) => {
  expect((await mig.compute(gridCodes(known[name]), seed0)).score).toBeCloseTo(wanted, 12)
})

test('gives mutual information and entropy in nats', async () => {
  const { mutualInformation, entropy, perFactor } = await mig.compute(gridCodes(known.halfDuplicated), seed0)
  const all = Math.log(4)
  expect(mutualInformation).toEqual([
    [expect.closeTo(all), 0],
    [expect.closeTo(all), 0],
    [0, expect.closeTo(all)],
  ])
  expect(entropy).toEqual([expect.closeTo(all), expect.closeTo(all)])
  expect(perFactor).toEqual([0, expect.closeTo(1)])
})

test('a single code that knows a has a gap of all its information', async () => {
  const { perFactor } = await mig.compute(gridCodes([(a) => a]), seed0)
  expect(perFactor).toEqual([expect.closeTo(1), 0])
})

test('stops with the reason of the signal', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(mig.compute(gridCodes(known.identity), { seed: 0, signal })).rejects.toThrow('enough')
})
