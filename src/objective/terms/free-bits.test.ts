import { expect, test } from 'vitest'
import { gradient } from '../../graph/gradient.ts'
import { average, numbersOf, worldOf } from '../../testing/numbers.testing.ts'

const at = async (nats?: number) => {
  const { world, value } = worldOf({ term: 'free-bits', weight: 1, ...(nats === undefined ? {} : { nats }) })
  const { klPerDimension } = world.model
  const leaves = world.traced.parameters
    .filter(({ part }) => part === 'encoder')
    .map(({ tensor }) => gradient(value, [tensor])[0])
  const slopes = Object.fromEntries(leaves.map((slope, i) => [`slope${i}`, slope]))
  const got = await numbersOf({ value, kl: klPerDimension!, ...slopes }, world.feeds)
  const dimensions = [0, 1, 2].map((j) => average(got.kl.filter((_, i) => i % 3 === j)))
  const steepest = Math.max(...leaves.flatMap((_, i) => got[`slope${i}` as 'value']).map(Math.abs))
  return { value: got.value[0], dimensions, steepest }
}

test('each dimension counts by what it has over the free nats', async () => {
  const { dimensions } = await at(0)
  const [least, middle] = dimensions.toSorted((a, b) => a - b)
  const nats = (least + middle) / 2
  expect(middle - least).toBeGreaterThan(1e-3)
  const wanted = dimensions.reduce((total, kl) => total + Math.max(nats, kl), 0)
  expect((await at(nats)).value).toBeCloseTo(wanted, 12)
})

test('with nothing free it is the mean KL', async () => {
  const { value, dimensions } = await at(0)
  expect(value).toBeCloseTo(
    dimensions.reduce((a, b) => a + b),
    12,
  )
})

test('with all of it free nothing pulls', async () => {
  const { value, steepest } = await at(50)
  expect(value).toBe(150)
  expect(steepest).toBe(0)
  expect((await at()).steepest).toBeGreaterThan(1e-3)
})

test('a prior without a KL for each dimension is refused', () => {
  const read = () => worldOf({ term: 'free-bits', weight: 1 }, { prior: { name: 'mixture' } })
  expect(read).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "free-bits" under the prior "mixture"; wanted the prior N(0, I), the only one that it compares codes with. Fix: use --prior standard, or drop the term. [objective/needs-standard-prior]]`,
  )
})
