/** Sweeps the likelihood index: a new likelihood is covered when it is listed. */
import { describe, expect, test } from 'vitest'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { gradient } from '../../graph/gradient.ts'
import { input } from '../../graph/ops/input.ts'
import { program } from '../../graph/program.ts'
import {
  array,
  evaluate,
  type LikelihoodCase,
  likelihood,
  losses,
  traceDensity,
} from '../../testing/density.testing.ts'
import { checkGradient, relativeDifference, weighted } from '../../testing/probing.ts'
import { densityWorld, domainOf, outputOf } from '../../testing/traced-density.ts'
import { allLikelihoods } from './index.ts'

const native = await nativeEngine({ threads: 1 })

/** Options to try besides the defaults. */
const variants: Readonly<Record<string, readonly object[]>> = {
  gaussian: [0.5, 'learned', 'per-dimension', 'decoder', 'optimal'].map((sigma) => ({ sigma })),
  laplace: [0.5, 'learned', 'per-dimension', 'decoder'].map((scale) => ({ scale })),
  categorical: [{ classes: 5 }],
  'discretized-logistic': [{ width: 0.5 }, { width: 'decoder', levels: 17 }],
  'logistic-mixture': [{ components: 2, levels: 17 }],
  'negative-binomial': [1.5, 'per-dimension', 'decoder'].map((concentration) => ({ concentration })),
  'zero-inflated-nb': [1.5, 'decoder'].map((concentration) => ({ concentration })),
  beta: [12, 'per-dimension', 'decoder'].map((precision) => ({ precision })),
  hurdle: [0.5, 'per-dimension', 'decoder'].map((spread) => ({ spread })),
}
const casesOf = (name: string): LikelihoodCase[] =>
  [{}, ...(variants[name] ?? [])].map((options) => likelihood(name, options))
/** Those of single entries; that of whole rows has tests of its own. */
const cases = allLikelihoods
  .filter(({ name }) => name !== 'columns')
  .flatMap(({ name }) => casesOf(name))
  .map((each) => ({ name: `${each.kind.name} ${JSON.stringify(each.options)}`, each }))

const sum = (xs: ArrayLike<number>): number => Array.from(xs).reduce((a, b) => a + b, 0)

describe.each(cases)('$name', ({ each }) => {
  const { kind, options } = each
  test.each([-3, -0.5, 0, 0.5, 2])(
    'its probabilities add to 1 around %d, and its center is theirs',
    async (at) => {
      const { xs, widths } = domainOf(each)
      const { loss, center } = await losses(each, outputOf(each, at), xs, { learned: 0.3 })
      const mass = loss.map((nats, i) => Math.exp(-nats - kind.omitted(options)) * widths[i])
      expect(Math.abs(sum(mass) - 1)).toBeLessThan(1e-6)
      const mean = sum(mass.map((share, i) => share * xs[i]))
      const mode = xs[loss.indexOf(Math.min(...loss))]
      // Of few levels the mean is that of the density beneath them, to within half of one.
      const digits = (kind.support(options).levels ?? 256) < 256 ? 3 : 5
      expect(center).toBeCloseTo(kind.name === 'categorical' ? mode : mean, digits)
    },
  )

  test('its gradient matches central differences', async () => {
    const { loss, output, parameters, feeds } = densityWorld(each)
    const leaves = [output, ...parameters.map(({ tensor }) => tensor)]
    const names = ['output', ...parameters.map(({ name }) => name)]
    const check = await checkGradient(weighted(loss), names, leaves, feeds)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })

  test('the native engine agrees with the reference', async () => {
    const { loss, density, output, parameters, replacements, feeds } = densityWorld(each)
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
    const { feeds, ...known } = densityWorld(each)
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
      const { loss, feeds } = densityWorld(each)
      return sum((await evaluate({ loss }, feeds)).loss)
    }),
  )
  expect(new Set(totals.map((total) => total.toFixed(5))).size).toBe(totals.length)
  expect(new Set(casesOf(name).map(({ kind, options }) => kind.formula(options))).size).toBe(totals.length)
})

test('formulas', () => {
  expect(cases.map(({ each: { kind, options } }) => kind.formula(options))).toMatchInlineSnapshot(`
    [
      "−log Bernoulli(x; x̂)",
      "−log N(x; x̂, σ² = 1)",
      "−log N(x; x̂, σ² = 0.25)",
      "−log N(x; x̂, σ² learned)",
      "−log N(x; x̂, σ² learned for each entry)",
      "−log N(x; x̂, σ² = σ²(z))",
      "−log N(x; x̂, σ² = mean (x − x̂)²)",
      "‖x − x̂‖²",
      "−log ContinuousBernoulli(x; λ)",
      "−log Laplace(x; x̂, b = 1)",
      "−log Laplace(x; x̂, b = 0.5)",
      "−log Laplace(x; x̂, b learned)",
      "−log Laplace(x; x̂, b learned for each entry)",
      "−log Laplace(x; x̂, b = b(z))",
      "−log Categorical(x; softmax of 2 logits)",
      "−log Categorical(x; softmax of 5 logits)",
      "−log P(x; Logistic(x̂, s learned) over 256 levels)",
      "−log P(x; Logistic(x̂, s = 0.5) over 256 levels)",
      "−log P(x; Logistic(x̂, s = s(z)) over 17 levels)",
      "−log Σₖ πₖ·P(x; Logistic(x̂ₖ, sₖ) over 256 levels), k = 1 … 5",
      "−log Σₖ πₖ·P(x; Logistic(x̂ₖ, sₖ) over 17 levels), k = 1 … 2",
      "−log Poisson(x; x̂)",
      "−log NB(x; x̂, r learned)",
      "−log NB(x; x̂, r = 1.5)",
      "−log NB(x; x̂, r learned for each entry)",
      "−log NB(x; x̂, r = r(z))",
      "−log [π·(x; 0) + (1 − π)·NB(x; μ, r learned)]",
      "−log [π·(x; 0) + (1 − π)·NB(x; μ, r = 1.5)]",
      "−log [π·(x; 0) + (1 − π)·NB(x; μ, r = r(z))]",
      "−log Beta(x; x̂, φ learned)",
      "−log Beta(x; x̂, φ = 12)",
      "−log Beta(x; x̂, φ learned for each entry)",
      "−log Beta(x; x̂, φ = φ(z))",
      "−log [(1 − π)·(x; 0) + π·LogNormal(x; m, σ learned)]",
      "−log [(1 − π)·(x; 0) + π·LogNormal(x; m, σ = 0.5)]",
      "−log [(1 − π)·(x; 0) + π·LogNormal(x; m, σ learned for each entry)]",
      "−log [(1 − π)·(x; 0) + π·LogNormal(x; m, σ = σ(z))]",
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
