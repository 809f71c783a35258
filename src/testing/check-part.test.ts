import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { referenceEngine } from '../engine/reference.ts'
import { abs, constant, sub, sumPerExample } from '../graph/vocabulary.ts'
import { defineTerm, type TermTrace } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { defineDetector } from '../statistics/anomaly/detectors/detector.ts'
import { DETECTORS } from '../statistics/anomaly/detectors/index.ts'
import { METRICS } from '../statistics/metrics/index.ts'
import { defineMetric } from '../statistics/metrics/metric.ts'
import { checkEngine, checkPart } from './check-part.ts'
import { checkDetector, checkMetric } from './check-statistics.ts'
import { checkTerm } from './check-term.ts'

test.each(allTerms.map((term) => ({ name: term.name, term })))(
  'term $name keeps its contract',
  async ({ term }) => {
    expect(await checkTerm(term)).toEqual([])
  },
  60_000,
)

test.each(METRICS.map((metric) => ({ name: metric.name, metric })))(
  'metric $name keeps its contract',
  async ({ metric }) => {
    expect(await checkMetric(metric)).toEqual([])
  },
  60_000,
)

test.each(DETECTORS.map((detector) => ({ name: detector.name, detector })))(
  'detector $name keeps its contract',
  async ({ detector }) => {
    expect(await checkDetector(detector)).toEqual([])
  },
  60_000,
)

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
