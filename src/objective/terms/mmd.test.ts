import { describe, expect, test } from 'vitest'
import {
  average,
  numbersOf,
  numbersUnder,
  overSteps,
  standardErrorsFrom,
  type ToyOptions,
  worldOf,
} from '../../testing/numbers.testing.ts'

const LATENT = 3
const kernels = {
  rbf: (d: number, h: number) => Math.exp(-d / h),
  imq: (d: number, h: number) =>
    [0.1, 0.2, 0.5, 1, 2, 5, 10].reduce((total, s) => total + (s * h) / (s * h + d), 0),
}

const rowsOf = (numbers: readonly number[]): number[][] =>
  Array.from({ length: numbers.length / LATENT }, (_, i) => numbers.slice(i * LATENT, (i + 1) * LATENT))

/** The U-statistic pair by pair; rows of one example make no pair. */
function statistic(
  codes: readonly number[][],
  prior: readonly number[][],
  draws: number,
  kernel: (d: number) => number,
): number {
  const between = (
    a: readonly number[][],
    b: readonly number[][],
    counts: (i: number, j: number) => boolean,
  ) =>
    average(
      a.flatMap((x, i) =>
        b.flatMap((y, j) => (counts(i, j) ? [kernel(x.reduce((d, v, k) => d + (v - y[k]) ** 2, 0))] : [])),
      ),
    )
  const exampleOf = (row: number) => Math.floor(row / draws)
  return (
    between(codes, codes, (i, j) => exampleOf(i) !== exampleOf(j)) +
    between(prior, prior, (i, j) => i !== j) -
    2 * between(codes, prior, () => true)
  )
}

async function at(term: Record<string, string | number>, options: ToyOptions = {}) {
  const { world, value } = worldOf({ term: 'mmd', weight: 1, ...term }, options)
  const prior = world.traced.noise.find(({ name }) => name === 'mmd.prior')!.tensor
  const got = await numbersOf({ value, code: world.model.posterior.code, prior }, world.feeds)
  return { value: got.value[0], codes: rowsOf(got.code), prior: rowsOf(got.prior) }
}

describe.each(['rbf', 'imq'] as const)('%s', (kernel) => {
  test.each([
    { draws: 1, width: 1, latent: 'gaussian' },
    { draws: 3, width: 0.5, latent: 'gaussian' },
    { draws: 1, width: 2, latent: 'deterministic' },
  ])('with $draws draws of $latent codes and width $width', async ({ draws, width, latent }) => {
    const { value, codes, prior } = await at({ kernel, width }, { draws, latent })
    expect(codes).toHaveLength(4 * draws)
    const h = width * 2 * LATENT
    expect(value).toBeCloseTo(
      statistic(codes, prior, draws, (d) => kernels[kernel](d, h)),
      12,
    )
  })

  test('of codes that are draws from the prior it is 0 on average, and may be below', async () => {
    const { world, value } = worldOf({ term: 'mmd', weight: 1, kernel }, { draws: 2 })
    // An encoder of zeros: mean 0, log-variance 0, whatever the example.
    const zeros = Object.fromEntries(
      world.traced.parameters.map(({ name, shape }) => [
        name,
        { data: new Float64Array(shape.reduce((a, b) => a * b, 1)), shape },
      ]),
    )
    const runs = await numbersUnder(
      { value },
      overSteps(world, 400).map((feeds) => ({ ...feeds, ...zeros })),
    )
    const values = runs.map((run) => run.value[0])
    expect(standardErrorsFrom(0, values)).toBeLessThan(4)
    expect(Math.min(...values)).toBeLessThan(0)
  })
})

test('kernel and width change the loss; the default is imq of width 1', async () => {
  const value = async (term: Record<string, string | number>) => (await at(term)).value
  const plain = await value({})
  expect(plain).toBe(await value({ kernel: 'imq', width: 1 }))
  expect(Math.abs(plain - (await value({ kernel: 'rbf' })))).toBeGreaterThan(1e-3)
  expect(Math.abs(plain - (await value({ width: 3 })))).toBeGreaterThan(1e-3)
})

test('a batch of one example has no pairs: what is left is its distance from draws', async () => {
  const { value, codes, prior } = await at({ kernel: 'rbf' }, { batch: 1 })
  const distance = codes[0].reduce((d, z, k) => d + (z - prior[0][k]) ** 2, 0)
  expect(value).toBeCloseTo(-2 * kernels.rbf(distance, 2 * LATENT), 12)
})

test('a learned prior is refused', () => {
  const read = () => worldOf({ term: 'mmd', weight: 1 }, { prior: { name: 'mixture' } })
  expect(read).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: term "mmd" under the prior "mixture"; wanted the prior N(0, I), the only one that it compares codes with. Fix: use --prior standard, or drop the term. [objective/needs-standard-prior]]`,
  )
})
