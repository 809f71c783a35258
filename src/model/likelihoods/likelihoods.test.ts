/** Sweeps the likelihood index: a new likelihood is covered when it is listed. */
import { describe, expect, test } from 'vitest'
import { sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import { checkGradient, relativeDifference, weighted } from '../../testing/probing.ts'
import { array, evaluate, type LikelihoodCase, likelihood, losses, traceDensity } from './density.testing.ts'
import { allLikelihoods } from './index.ts'

const native = await nativeEngine({ threads: 1 })

/** Options to try besides the defaults. */
const variants: Readonly<Record<string, readonly object[]>> = {
  gaussian: [0.5, 'learned', 'per-dimension', 'decoder', 'optimal'].map((sigma) => ({ sigma })),
  laplace: [0.5, 'learned', 'per-dimension', 'decoder'].map((scale) => ({ scale })),
  categorical: [{ classes: 5 }],
}
const casesOf = (name: string): LikelihoodCase[] =>
  [{}, ...(variants[name] ?? [])].map((options) => likelihood(name, options))
/** Those of single entries; that of whole rows has tests of its own. */
const cases = allLikelihoods
  .filter(({ name }) => name !== 'columns')
  .flatMap(({ name }) => casesOf(name))
  .map((each) => ({ name: `${each.kind.name} ${JSON.stringify(each.options)}`, each }))

/** Numbers that stand for everything an entry can be, and the share of it that each stands for. */
function domainOf({ kind, options }: LikelihoodCase): { readonly xs: number[]; readonly width: number } {
  const { isBinary, isUnit, isWhole, holds } = kind.support(options)
  const middles = (low: number, high: number, count: number) => ({
    xs: Array.from({ length: count }, (_, i) => low + ((i + 0.5) / count) * (high - low)),
    width: (high - low) / count,
  })
  if (isBinary) return { xs: [0, 1], width: 1 }
  if (isWhole) return { xs: Array.from({ length: 200 }, (_, i) => i).filter(holds), width: 1 }
  return isUnit ? middles(0, 1, 4000) : middles(-40, 40, 40_000)
}

/** What a decoder might say of an entry: a center, and what else there is within ±½. */
const outputOf = ({ kind, options }: LikelihoodCase, center: number): number[] =>
  Array.from({ length: kind.outputs(1, options) }, (_, i) => (i === 0 ? center : ((i * 7) % 5) / 4 - 0.5))

const sum = (xs: ArrayLike<number>): number => Array.from(xs).reduce((a, b) => a + b, 0)

/** Three examples [2, 3] and what feeds their density; parameters differ entry by entry. */
function world(each: LikelihoodCase, centers: readonly number[]) {
  const traced = traceDensity(each, 3, [2, 3])
  const likely = domainOf(each).xs.filter((x) => Math.abs(x) <= 3)
  const feeds: Feeds = {
    x: array(
      Array.from({ length: 18 }, (_, i) => likely[Math.floor((((i * 7 + 3) % 18) / 18) * likely.length)]),
      [3, 2, 3],
    ),
    output: array(
      Array.from(
        { length: sizeOf(traced.output.shape as number[]) },
        (_, i) => centers[(i * 5) % centers.length],
      ),
      traced.output.shape as number[],
    ),
    ...Object.fromEntries(
      traced.parameters.map(({ name, shape }) => [
        name,
        array(
          Array.from({ length: sizeOf(shape) }, (_, i) => 0.3 + i / 10),
          shape,
        ),
      ]),
    ),
  }
  return { ...traced, feeds }
}
const centers = [-2.7, -0.9, -0.51, -0.3, -1e-3, 0, 1e-4, 0.2, 0.47, 0.8, 1.6, 3.1]

describe.each(cases)('$name', ({ each }) => {
  const { kind, options } = each
  test.each([-3, -0.5, 0, 0.5, 2])(
    'its probabilities add to 1 around %d, and its center is theirs',
    async (at) => {
      const { xs, width } = domainOf(each)
      const { loss, center } = await losses(each, outputOf(each, at), xs, { learned: 0.3 })
      const mass = loss.map((nats) => Math.exp(-nats - kind.omitted(options)) * width)
      expect(Math.abs(sum(mass) - 1)).toBeLessThan(1e-6)
      const mean = sum(mass.map((share, i) => share * xs[i]))
      const mode = xs[mass.indexOf(Math.max(...mass))]
      expect(center).toBeCloseTo(kind.name === 'categorical' ? mode : mean, 5)
    },
  )

  test('its gradient matches central differences', async () => {
    const { loss, output, parameters, feeds } = world(each, centers)
    const leaves = [output, ...parameters.map(({ tensor }) => tensor)]
    const names = ['output', ...parameters.map(({ name }) => name)]
    const check = await checkGradient(weighted(loss), names, leaves, feeds)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('the native engine agrees with the reference', async () => {
    const { loss, density, output, parameters, replacements, feeds } = world(each, centers)
    const slopes = gradient(weighted(loss), [output, ...parameters.map(({ tensor }) => tensor)])
    const named = { ...slopes, ...[...replacements.values()] }
    const outputs = {
      loss,
      center: density.center,
      ...Object.fromEntries(Object.entries(named).map(([i, slope]) => [`d${i}`, slope])),
    }
    const traced = program('likelihood', outputs)
    using exact = await referenceEngine.load(traced)
    using fast = await native.load(traced)
    const [wanted, got] = [await exact.run(feeds), await fast.run(feeds)]
    for (const name of Object.keys(outputs))
      expect(relativeDifference(got[name], wanted[name]), name).toBeLessThan(native.tolerance)
  })

  test('a program need not know how many examples there will be', async () => {
    const { loss, density, parameters, replacements } = traceDensity(each, 'batch', [2, 3])
    const { feeds, ...known } = world(each, centers)
    const free = await evaluate({ loss, center: density.center }, feeds)
    expect(free).toEqual(await evaluate({ loss: known.loss, center: known.density.center }, feeds))
    expect(free.loss).toHaveLength(18)
    expect(parameters.map(({ name }) => name)).toEqual(known.parameters.map(({ name }) => name))
    expect(replacements.size).toBe(0)
  })

  test('it says what it is', () => {
    const { holds, wanted } = kind.support(options)
    expect(kind.summary.length).toBeGreaterThan(10)
    expect(kind.formula(options)).toMatch(/x̂|x;/)
    expect(wanted.length).toBeGreaterThan(5)
    expect(domainOf(each).xs.every(holds)).toBe(true)
  })
})

test.each(Object.keys(variants))('every option of %s changes the loss, and the formula', async (name) => {
  const totals = await Promise.all(
    casesOf(name).map(async (each) => {
      const { loss, feeds } = world(each, centers)
      return sum((await evaluate({ loss }, feeds)).loss)
    }),
  )
  expect(new Set(totals.map((total) => total.toFixed(3))).size).toBe(totals.length)
  expect(new Set(casesOf(name).map(({ kind, options }) => kind.formula(options))).size).toBe(totals.length)
})

test('formulas', () => {
  expect(cases.map(({ each: { kind, options } }) => kind.formula(options))).toMatchInlineSnapshot(`
    [
      "−log Bernoulli(x; x̂)",
      "−log ContinuousBernoulli(x; λ)",
      "−log N(x; x̂, σ² = 1)",
      "−log N(x; x̂, σ² = 0.25)",
      "−log N(x; x̂, σ² learned)",
      "−log N(x; x̂, σ² learned for each entry)",
      "−log N(x; x̂, σ² = σ²(z))",
      "−log N(x; x̂, σ² = mean (x − x̂)²)",
      "‖x − x̂‖²",
      "−log Laplace(x; x̂, b = 1)",
      "−log Laplace(x; x̂, b = 0.5)",
      "−log Laplace(x; x̂, b learned)",
      "−log Laplace(x; x̂, b learned for each entry)",
      "−log Laplace(x; x̂, b = b(z))",
      "−log Categorical(x; softmax of 2 logits)",
      "−log Categorical(x; softmax of 5 logits)",
      "−log Poisson(x; x̂)",
    ]
  `)
})

test('what the encoder is shown lies near unit scale, and apart for numbers that differ', async () => {
  const shown = async (name: string, options: object, xs: readonly number[]) => {
    const { kind, options: chosen } = likelihood(name, options)
    const x = input('x', [xs.length])
    const { seen } = await evaluate({ seen: kind.shown?.(x, chosen) ?? x }, { x: array(xs) })
    return [...seen]
  }
  expect(await shown('categorical', { classes: 256 }, [0, 51, 255])).toEqual([0, 0.2, 1])
  expect(await shown('categorical', {}, [0, 1])).toEqual([0, 1])
  const [none, one, million] = await shown('poisson', {}, [0, 1, 1e6])
  expect([none, one, million]).toEqual([0, Math.LN2, Math.log(1e6 + 1)])
  // A learned pseudo-input may go below 0, where a logarithm must not end training.
  expect((await shown('poisson', {}, [-2])).every(Number.isFinite)).toBe(true)
  expect(await shown('gaussian', {}, [-7, 300])).toEqual([-7, 300])
})

test('supports', () => {
  const holds = (name: string, options?: object) => {
    const { kind, options: chosen } = likelihood(name, options)
    return (x: number) => kind.support(chosen).holds(x)
  }
  expect([-1, 0, 0.5, 1, 1 + 1e-7, 1.1, 3].filter(holds('continuous-bernoulli'))).toEqual([
    0,
    0.5,
    1,
    1 + 1e-7,
  ])
  expect([-1, 0, 0.5, 1, 2, 3].filter(holds('categorical', { classes: 3 }))).toEqual([0, 1, 2])
  expect([-1, 0, 0.5, 1, 1e6, Number.NaN].filter(holds('poisson'))).toEqual([0, 1, 1e6])
  expect([-1e9, 0.5].filter(holds('laplace'))).toEqual([-1e9, 0.5])
})
