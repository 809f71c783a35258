/** Parts that do not keep their contracts, each with the flaw that must be found. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { defineColumnKind } from '../data/tables/kinds/own.ts'
import { abs, add, mean, mul, square, sub, sum, sumPerExample } from '../graph/vocabulary.ts'
import { mlp } from '../model/architectures/mlp.ts'
import { deterministic as ourDeterministic } from '../model/distributions/deterministic.ts'
import { gaussian as ourGaussian } from '../model/distributions/gaussian.ts'
import type { Latent } from '../model/distributions/latent.ts'
import { dense } from '../model/layers/dense.ts'
import { laplace } from '../model/likelihoods/laplace.ts'
import { squaredError } from '../model/likelihoods/squared-error.ts'
import { mixture as ourMixture } from '../model/priors/mixture.ts'
import type { CodeDensity, Prior } from '../model/priors/prior.ts'
import { standard } from '../model/priors/standard.ts'
import { adam as ourAdam } from '../optimizers/adam.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { sgd as ourSgd } from '../optimizers/sgd.ts'
import { checkArchitecture } from './check-architecture.ts'
import { checkLatent } from './check-latent.ts'
import { checkLikelihood } from './check-likelihood.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { checkPart } from './check-part.ts'
import { checkPreset } from './check-preset.ts'
import { checkPrior } from './check-prior.ts'
import { checkProjection } from './check-projection.ts'
import { checkSampler } from './check-sampler.ts'
import { checkSchedule } from './check-schedule.ts'
import type { Flaw } from './flaw.ts'
import { heavy as ourHeavy, logistic as ourLogistic } from './own-codes.testing.ts'

const gaussian: Latent = ourGaussian
const deterministic: Latent = ourDeterministic
const mixture: Prior = ourMixture
const [adam, sgd]: readonly Optimizer[] = [ourAdam, ourSgd]
const { isStandard: _, ...unmarked }: Prior = standard

const ownLogistic: Latent = ourLogistic
const ownHeavy: Prior = ourHeavy
const density = ourHeavy.density as NonNullable<Prior['density']>

/** The prior with something else for its density. */
const changed = (change: (own: CodeDensity) => CodeDensity): Prior => ({
  ...ownHeavy,
  density: (context, options) => change(density(context, options)),
})

type Broken = readonly [flaw: string, run: () => Promise<readonly Flaw[]>]

const broken: Readonly<Record<string, readonly Broken[]>> = {
  schedule: (() => {
    let calls = 0
    const line = { name: 'line', parameters: ['to'], summary: 'up to one value', refuse: () => undefined }
    const whole = {
      ...line,
      at: (step: number, [to]: readonly number[]) => Math.min(step, to),
      values: ([to]: readonly number[]) => [0, to],
    }
    return [
      ['name', () => checkSchedule({ ...whole, name: 'Line-1' })],
      ['values', () => checkSchedule({ ...whole, values: ([to]) => [to] })],
      ['repeat', () => checkSchedule({ ...whole, at: (_, [to]) => (calls++ / 1e6) * to })],
      ['refuse', () => checkSchedule({ ...whole, refuse: () => 'never' })],
      ['at', () => checkSchedule({ ...whole, at: () => Number.NaN })],
    ]
  })(),
  preset: [
    [
      'terms',
      () =>
        checkPreset({
          name: 'p',
          summary: 'a term of nobody',
          latent: { name: 'gaussian' },
          terms: [{ term: 'nobody', weight: 1 }],
        }),
    ],
  ],
  likelihood: [
    ['density', () => checkLikelihood({ ...laplace, omitted: () => 1 })],
    [
      'density',
      () =>
        checkLikelihood({
          ...laplace,
          density: (output) => ({ negativeLogLikelihood: (x) => abs(sub(x, output)), center: output }),
        }),
    ],
    [
      'center',
      () =>
        checkLikelihood({
          ...squaredError,
          density: (output) => ({
            negativeLogLikelihood: (x) => square(sub(x, output)),
            center: add(output, 1),
          }),
        }),
    ],
    ['variance', () => checkLikelihood({ ...squaredError, variance: () => 1 })],
    ['variance', () => checkLikelihood({ ...laplace, variance: () => 1 })],
    [
      'support',
      () =>
        checkLikelihood({
          ...squaredError,
          support: () => ({ holds: (x) => x > 0, wanted: 'numbers above 0' }),
        }),
    ],
    ['outputs', () => checkLikelihood({ ...squaredError, outputs: () => 1 })],
    [
      'gradient',
      () =>
        checkLikelihood({
          ...squaredError,
          density: (output) => ({
            negativeLogLikelihood: (x) => square(sub(x, mul(output, 0))),
            center: mul(output, 0),
          }),
        }),
    ],
  ],
  architecture: [
    ['shape', () => checkArchitecture({ ...mlp, encode: (x) => sum(x, [1]) })],
    ['shape', () => checkArchitecture({ ...mlp, decode: (z) => z })],
    [
      'rows',
      () =>
        checkArchitecture({
          ...mlp,
          encode: (x, layers) => dense(sub(x, mean(x, [0], true)), 4, layers('own')),
        }),
    ],
    [
      'parameters',
      () =>
        checkArchitecture({
          ...mlp,
          encode: (x, layers) => add(dense(x, 4, layers('own')), mul(layers('idle')('weight', [4], 1), 0)),
        }),
    ],
  ],
  latent: [
    [
      'density',
      () =>
        checkLatent({
          ...gaussian,
          draw: (own, noise, ...rest) => ({
            ...gaussian.draw(own, noise, ...rest),
            logDensity: sumPerExample(noise),
          }),
        }),
    ],
    [
      'kl',
      () =>
        checkLatent({
          ...gaussian,
          draw: (own, noise, ...rest) =>
            gaussian.draw({ ...own, logVariance: add(own.logVariance, 1) }, noise, ...rest),
        }),
    ],
    ['density', () => checkLatent({ ...gaussian, stochastic: false })],
    ['center', () => checkLatent({ ...gaussian, center: ({ mean: own }) => add(own, 1) })],
    [
      'center',
      () => checkLatent({ ...deterministic, draw: ({ mean: own }, noise) => ({ code: add(own, noise) }) }),
    ],
    ['shape', () => checkLatent({ ...gaussian, center: ({ mean: own }) => sum(own, [1]) })],
    ['statistics', () => checkLatent({ ...deterministic, gaussian: true })],
    ['kl', () => checkLatent({ ...gaussian, kl: ({ mean: own }) => add(square(own), 1) })],
    ['kl', () => checkLatent({ ...ownLogistic, kl: (...own) => add(ownLogistic.kl?.(...own) ?? 0, 0.5) })],
    [
      'density',
      () =>
        checkLatent({
          ...ownLogistic,
          kl: undefined,
          draw: (...own) => {
            const { code, logDensity } = ownLogistic.draw(...own)
            return { code: mul(code, 2), logDensity }
          },
        }),
    ],
    ['project', () => checkLatent({ ...gaussian, project: (code) => mul(code, 0.9) })],
    [
      'gradient',
      () =>
        checkLatent({
          ...deterministic,
          center: ({ mean: own }) => mul(own, 0),
          draw: ({ mean: own }) => ({ code: mul(own, 0) }),
        }),
    ],
  ],
  prior: [
    ['components', () => checkPrior(unmarked)],
    ['components', () => checkPrior({ ...mixture, isStandard: true })],
    [
      'weights',
      () =>
        checkPrior({
          ...mixture,
          components: (...own) => {
            const found = mixture.components?.(...own)
            return found && { ...found, logWeight: add(found.logWeight, 1) }
          },
        }),
    ],
    [
      'shape',
      () =>
        checkPrior({
          ...mixture,
          components: (...own) => {
            const found = mixture.components?.(...own)
            return found && { ...found, mean: sum(found.mean, [1]) }
          },
        }),
    ],
    ['formula', () => checkPrior({ ...mixture, formula: () => '' })],
    ['components', () => checkPrior({ ...ownHeavy, components: () => undefined })],
    ['components', () => checkPrior({ ...ownHeavy, isStandard: true })],
    ['shape', () => checkPrior(changed((density) => ({ ...density, logDensity: (code) => code })))],
    ['density', () => checkPrior(changed((density) => ({ ...density, step: (noise) => noise })))],
    [
      'density',
      () =>
        checkPrior(
          changed((density) => ({ ...density, logDensity: (code) => add(density.logDensity(code), 0.1) })),
        ),
    ],
    ['noise', () => checkPrior(changed((density) => ({ ...density, noiseOf: (code) => mul(code, 2) })))],
  ],
  sampler: [
    [
      'seed',
      () =>
        checkSampler({
          name: 'zero',
          summary: 'always the origin',
          prepare:
            ({ latent }) =>
            (count) => ({ data: new Float32Array(count * latent), shape: [count, latent] }),
        }),
    ],
    [
      'repeat',
      () =>
        checkSampler({
          name: 'wild',
          summary: 'whatever comes',
          prepare:
            ({ latent }) =>
            (count) => ({
              data: Float32Array.from({ length: count * latent }, Math.random),
              shape: [count, latent],
            }),
        }),
    ],
    [
      'shape',
      () =>
        checkSampler({
          name: 'one',
          summary: 'one code alone',
          prepare:
            ({ latent }) =>
            () => ({ data: new Float32Array(latent), shape: [1, latent] }),
        }),
    ],
    [
      'draw',
      () =>
        checkSampler({
          name: 'nowhere',
          summary: 'no numbers',
          prepare:
            ({ latent }) =>
            (count) => ({ data: new Float32Array(count * latent).fill(Number.NaN), shape: [count, latent] }),
        }),
    ],
  ],
  optimizer: [
    [
      'lowerings',
      () =>
        checkOptimizer({
          ...sgd,
          trace: (parameter, gradient, slots) => ({ parameter: sub(parameter, gradient), slots }),
        }),
    ],
    ['slots', () => checkOptimizer({ ...adam, trace: (...own) => ({ ...adam.trace(...own), slots: [] }) })],
    ['update', () => checkOptimizer({ ...adam, update: () => undefined })],
    [
      'update',
      () =>
        checkOptimizer({
          ...adam,
          update: (p, g, ...rest) =>
            adam.update(
              p,
              g.map((x) => -x),
              ...rest,
            ),
        }),
    ],
    [
      'scale',
      () =>
        checkOptimizer({
          ...sgd,
          update: (p, g, slots, scalars, _, options) => sgd.update(p, g, slots, scalars, 1, options),
        }),
    ],
  ],
  projection: [
    [
      'shape',
      () =>
        checkProjection({
          name: 'line',
          summary: 'on one line',
          project: ({ shape }) => ({
            points: { data: new Float64Array(shape[0]), shape: [shape[0], 1] },
            axes: ['a', 'b'],
          }),
        }),
    ],
    [
      'project',
      () =>
        checkProjection({
          name: 'point',
          summary: 'on one point',
          project: ({ shape }) => ({
            points: { data: new Float64Array(2 * shape[0]), shape: [shape[0], 2] },
            axes: ['a', 'b'],
          }),
        }),
    ],
    [
      'repeat',
      () =>
        checkProjection({
          name: 'wild',
          summary: 'anywhere at all',
          project: ({ shape }) => ({
            points: { data: Float64Array.from({ length: 2 * shape[0] }, Math.random), shape: [shape[0], 2] },
            axes: ['a', 'b'],
          }),
        }),
    ],
  ],
}

describe.each(Object.entries(broken))('what is wrong with a broken %s is found', (_, cases) => {
  test.each(cases)('%s', async (flaw, run) => {
    expect((await run()).map(({ check }) => check)).toContain(flaw)
  })
})

const share = defineColumnKind({
  name: 'share',
  summary: 'a share in percent, as a number from 0 to 1',
  wanted: 'a share such as 12%',
  numbers: 'real',
  fields: z.strictObject({ whole: z.number() }),
  fit: (cells) =>
    cells.every((cell) => /^[\d.]+%$/.test(String(cell))) ? { whole: 100 } : 'not all cells are shares',
  size: () => 1,
  write(cell, { whole }) {
    const value = Number.parseFloat(String(cell))
    return String(cell).endsWith('%') && Number.isFinite(value) ? [value / whole] : undefined
  },
  read: ([value], { whole }) => `${Number((value * whole).toFixed(3))}%`,
  value: (cell) => Number.parseFloat(String(cell)),
})
const shares = ['1%', '50%', '99.5%']

test('a kind of column is checked on cells of its own', async () => {
  expect(await checkPart(share, { cells: shares })).toEqual([])
  expect(await checkPart(share)).toMatchObject([{ check: 'cells' }])
  expect(await checkPart(share, { cells: ['1%', 'one'] })).toMatchObject([
    { check: 'fit', said: expect.stringContaining('not all cells') },
  ])
})

test.each([
  ['fields', { fit: () => ({ whole: Number.NaN }) }],
  ['write', { write: () => [1, 2] }],
  ['write', { write: () => [1] }],
  ['write', { numbers: 'binary' as const }],
  ['read', { read: () => 'nothing' }],
  ['read', { read: ([value]: readonly number[]) => `${value}%` }],
  ['scale', { fit: () => ({ whole: 1e-3 }) }],
  ['value', { value: () => Number.NaN }],
  ['wanted', { wanted: '%' }],
])('what is wrong with its %s is found', async (flaw, change) => {
  const flaws = await checkPart(defineColumnKind({ ...share, ...change }), { cells: shares })
  expect(flaws.map(({ check }) => check)).toContain(flaw)
})
