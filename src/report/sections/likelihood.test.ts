import { expect, test } from 'vitest'
import type { Evaluation } from '../../evaluate/evaluation.ts'
import type { ReportInput } from '../input.ts'
import { likelihoodSection } from './likelihood.ts'

const klSplit: NonNullable<Evaluation['klSplit']> = {
  examples: 100,
  draws: 5000,
  kl: 6,
  indexCodeMutualInformation: 3,
  mutualInformationBound: Math.log(100),
  saturated: false,
  totalCorrelation: 2,
  dimensionWiseKl: 1,
  aggregateGap: 3,
  standardErrors: {
    indexCodeMutualInformation: 0.01,
    totalCorrelation: 0.02,
    dimensionWiseKl: 0.03,
    aggregateGap: 0.04,
  },
}
const own = { label: 7, count: 12, loss: 30, reconstruction: 20, kl: 10, elbo: -30 }
const sectionOf = (evaluation: Partial<Evaluation>) =>
  likelihoodSection({ evaluation: { split: 'test', klSplit: null, ...evaluation } } as ReportInput)?.markup

test('shares a bar among the parts, and names each with its error', () => {
  const markup = sectionOf({ klSplit })
  expect([...(markup ?? '').matchAll(/flex-grow:([\d.]+)/g)].map(([, share]) => Number(share))).toEqual([
    0.5, 0.3333, 0.1667,
  ])
  for (const words of [
    '3.000<small>± 0.010',
    '2.000<small>± 0.020',
    '1.000<small>± 0.030',
    '3.000<small>± 0.040',
  ])
    expect(markup).toContain(words)
  expect(markup).not.toContain('class="note"')
})

test('warns where no more information can be shown', () => {
  expect(sectionOf({ klSplit: { ...klSplit, saturated: true } })).toContain('log 100 = 4.61 nats')
})

test('has no bar and no product of dimensions under a learned prior', () => {
  const standardErrors = { ...klSplit.standardErrors, dimensionWiseKl: null }
  const markup = sectionOf({ klSplit: { ...klSplit, dimensionWiseKl: null, standardErrors } })
  expect(markup).not.toContain('class="stack"')
  expect(markup).not.toContain('Dimension-wise KL')
  expect(markup).toContain('learned prior')
})

test('lists classes, of points without ELBO and KL, and counts those that are left out', () => {
  expect(sectionOf({ klSplit, classes: [own] })).toContain('<th scope="row">7</th>')
  const points = Array.from({ length: 33 }, (_, label) => ({ ...own, label, kl: null, elbo: null }))
  const markup = sectionOf({ classes: points })
  expect(markup).toContain('<h2>By class</h2>')
  expect(markup).toContain('and 3 more')
  expect(markup).not.toContain('ELBO')
})

test('says nothing where there is neither', () => {
  expect(sectionOf({})).toBeUndefined()
})
