import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { referenceEngine } from '../engine/reference.ts'
import { abs, constant, sub, sumPerExample } from '../graph/vocabulary.ts'
import { allSamplers } from '../infer/samplers/index.ts'
import { allArchitectures } from '../model/architectures/index.ts'
import { allLatents } from '../model/distributions/index.ts'
import { allLikelihoods } from '../model/likelihoods/index.ts'
import { allPriors } from '../model/priors/index.ts'
import { allPresets } from '../objective/presets/index.ts'
import { allSchedules } from '../objective/schedule.ts'
import { defineTerm, type TermTrace } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { allOptimizers } from '../optimizers/index.ts'
import { allProjections } from '../report/projections/index.ts'
import { defineDetector } from '../statistics/anomaly/detectors/detector.ts'
import { DETECTORS } from '../statistics/anomaly/detectors/index.ts'
import { METRICS } from '../statistics/metrics/index.ts'
import { defineMetric } from '../statistics/metrics/metric.ts'
import { checkArchitecture } from './check-architecture.ts'
import { checkLatent } from './check-latent.ts'
import { checkLikelihood } from './check-likelihood.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { checkEngine, checkPart } from './check-part.ts'
import { checkPreset } from './check-preset.ts'
import { checkPrior } from './check-prior.ts'
import { checkProjection } from './check-projection.ts'
import { checkSampler } from './check-sampler.ts'
import { checkSchedule } from './check-schedule.ts'
import { checkDetector, checkMetric } from './check-statistics.ts'
import { checkTerm } from './check-term.ts'
import type { Flaw } from './flaw.ts'
import { chained, everywhere, heavy, logistic } from './own-codes.testing.ts'

/** Every part of the house's, with the check of its kind; a likelihood of whole rows has tests of its own. */
const house: readonly (readonly [
  kind: string,
  parts: readonly (readonly [name: string, run: () => Promise<readonly Flaw[]>])[],
])[] = [
  ['term', allTerms.map((own) => [own.name, () => checkTerm(own)])],
  ['schedule', allSchedules.map((own) => [own.name, () => checkSchedule(own)])],
  ['preset', allPresets.map((own) => [own.name, () => checkPreset(own)])],
  [
    'likelihood',
    allLikelihoods
      .filter(({ name }) => name !== 'columns')
      .map((own) => [own.name, () => checkLikelihood(own)]),
  ],
  ['architecture', allArchitectures.map((own) => [own.name, () => checkArchitecture(own)])],
  ['latent', [...allLatents, logistic].map((own) => [own.name, () => checkLatent(own)])],
  ['prior', [...allPriors, heavy, chained, everywhere].map((own) => [own.name, () => checkPrior(own)])],
  ['sampler', allSamplers.map((own) => [own.name, () => checkSampler(own)])],
  ['optimizer', allOptimizers.map((own) => [own.name, () => checkOptimizer(own)])],
  ['metric', METRICS.map((own) => [own.name, () => checkMetric(own)])],
  ['detector', DETECTORS.map((own) => [own.name, () => checkDetector(own)])],
  ['projection', allProjections.map((own) => [own.name, () => checkProjection(own)])],
]

describe.each(house)('every %s keeps its contract', (_, parts) => {
  test.each(parts)(
    '%s',
    async (__, run) => {
      expect(await run()).toEqual([])
    },
    60_000,
  )
})

const given = {
  name: 'own',
  on: 'code',
  summary: 'distance of the code from a place',
  option: 'own',
  symbol: 'τ',
  defaultWeight: 1,
  options: z.strictObject({ place: z.number().default(2) }),
  formula: ({ place }: { place: number }) => `‖z − ${place}‖₁`,
  loss: ({ model }: TermTrace, { place }: { place: number }) =>
    sumPerExample(abs(sub(model.posterior.mean, place))),
  reading: (weight: number, { place }: { place: number }) => `z ~ Laplace(${place}, ${1 / weight})`,
} as const

describe('a term in no list', () => {
  test('is checked', async () => expect(await checkPart(defineTerm(given))).toEqual([]))

  test.each([
    ['summary', defineTerm({ ...given, summary: 'own' })],
    ['reading', defineTerm({ ...given, reading: () => 'a prior' })],
    ['gradient', defineTerm({ ...given, loss: () => constant(1) })],
    [
      'gradient',
      defineTerm({
        ...given,
        loss: () => {
          throw new Error('no such op')
        },
      }),
    ],
  ])('without %s is told so', async (flaw, term) => {
    expect((await checkPart(term)).map(({ check }) => check)).toContain(flaw)
  })
})

test('flaws of a metric and of a detector are found', async () => {
  let calls = 0
  const metric = defineMetric({
    ...METRICS[0],
    name: 'rising',
    better: 'larger',
    compute: async () => ({ score: calls++ }),
  })
  expect(await checkPart(metric)).toMatchObject([{ check: 'order' }, { check: 'repeat' }])
  const detector = defineDetector({
    ...{ name: 'blind', title: 'Blind', summary: 'every row scores one', paper: 'none' },
    fit:
      () =>
      ({ count }) =>
        new Float64Array(count).fill(1),
  })
  expect(await checkPart(detector)).toMatchObject([{ check: 'order' }])
})

test('the reference keeps to itself, and an engine that gives zeros does not', async () => {
  expect(await checkEngine(referenceEngine)).toEqual([])
  const broken = { ...referenceEngine, load: () => Promise.reject(new Error('out of memory')) }
  expect((await checkEngine(broken)).length).toBeGreaterThan(50)
}, 60_000)
