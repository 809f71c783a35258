import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { referenceEngine } from '../engine/reference.ts'
import { abs, constant, sub, sumPerExample } from '../graph/vocabulary.ts'
import { defineTerm, type Term } from '../objective/term.ts'
import { allTerms } from '../objective/terms/index.ts'
import { DETECTORS } from '../statistics/anomaly/detectors/index.ts'
import { METRICS } from '../statistics/metrics/index.ts'
import { checkEngine, checkPart } from './check-part.ts'

describe.each([...allTerms, ...METRICS, ...DETECTORS].map((part) => ({ name: part.name, part })))(
  '$name',
  ({ part }) => {
    test('keeps its contract', async () => expect(await checkPart(part)).toEqual([]), 60_000)
  },
)

const own: Term<{ place: number }> = defineTerm({
  name: 'own',
  on: 'code',
  summary: 'distance of the code from a place',
  option: 'own',
  symbol: 'τ',
  defaultWeight: 1,
  options: z.strictObject({ place: z.number().default(2) }),
  formula: ({ place }) => `‖z − ${place}‖₁`,
  loss: ({ model }, { place }) => sumPerExample(abs(sub(model.posterior.mean, place))),
  reading: (weight, { place }) => `z ~ Laplace(${place}, ${1 / weight})`,
})

test('a term in no list is checked', async () => expect(await checkPart(own)).toEqual([]))

test('each flaw of a term is found', async () => {
  const checks = async (changes: Partial<Term<{ place: number }>>) =>
    (await checkPart({ ...own, ...changes } as Term)).map(({ check }) => check)
  expect(await checks({ summary: 'own' })).toEqual(['summary'])
  expect(await checks({ reading: () => 'a prior' })).toEqual(['reading'])
  expect(await checks({ loss: () => constant(1) })).toContain('gradient')
  expect(
    await checks({
      loss: () => {
        throw new Error('no such op')
      },
    }),
  ).toEqual(['gradient'])
})

test('flaws of a metric and of a detector are found', async () => {
  const [metric, detector] = [METRICS[0], DETECTORS[0]]
  let calls = 0
  expect(await checkPart({ ...metric, compute: async () => ({ score: calls++ }) })).toMatchObject([
    { check: 'order' },
    { check: 'repeat' },
  ])
  expect(
    await checkPart({ ...detector, fit: () => ({ score: () => Float64Array.of(1, 1, 1) }) }),
  ).toMatchObject([{ check: 'order' }])
})

test('the reference keeps to itself, and an engine that gives zeros does not', async () => {
  expect(await checkEngine(referenceEngine)).toEqual([])
  const broken = { ...referenceEngine, load: () => Promise.reject(new Error('out of memory')) }
  expect((await checkEngine(broken)).length).toBeGreaterThan(50)
}, 60_000)
