import { describe, expect, test } from 'vitest'
import { dci } from '../../src/statistics/metrics/dci.ts'
import { irs } from '../../src/statistics/metrics/irs.ts'
import { mig } from '../../src/statistics/metrics/mig.ts'
import { modularity } from '../../src/statistics/metrics/modularity.ts'
import { udr } from '../../src/statistics/metrics/udr.ts'
import {
  mutualInformation,
  totalCorrelation,
  wassersteinCorrelation,
} from '../../src/statistics/metrics/unsupervised.ts'
import { fixtures, type Reading, rowsOf, wanted } from './recipe.ts'

const exact = [mig, modularity, irs, totalCorrelation, wassersteinCorrelation, mutualInformation]

describe.each(fixtures)('as scikit-learn has it: $name codes', (fixture) => {
  const sample = rowsOf(fixture)

  test('the rows are those that Python saw', () => {
    let sum = 0
    sample.codes.forEach((code, at) => {
      sum += code * ((at % sample.codeSize) + 1)
    })
    expect(sum).toBeCloseTo(fixture.checksum, 9)
  })

  test.each(exact)('$name, to 1e-9', async (metric) => {
    const { score } = await metric.compute(sample, { seed: 0 })
    expect(Math.abs(score - wanted(fixture, metric.name, 'score'))).toBeLessThan(1e-9)
  })

  test('UDR of three models made of the codes, to 1e-9', async () => {
    const { codes, codeSize, count } = sample
    const mixed = codes.map((code, at) => {
      const column = at % codeSize
      return codes[at - column + (codeSize - 1 - column)] + 0.5 * code
    })
    const models = [codes, mixed, codes.map((code) => Math.floor(2 * code))].map((data) => ({
      data,
      shape: [count, codeSize],
    }))
    const kl = models.map(() => Array.from({ length: codeSize }, (_, d) => (d === 0 ? 0 : 1)))
    const { perModel, masked } = fixture.scores.udr
    const near = (numbers: Reading) => (numbers as number[]).map((own) => expect.closeTo(own, 9))
    expect((await udr(models)).perModel).toEqual(near(perModel))
    expect((await udr(models, { kl })).perModel).toEqual(near(masked))
  })

  test('DCI, to 0.003', async () => {
    const found = await dci.compute(sample, { seed: 0 })
    const pairs = [
      ['disentanglement', 'disentanglement'],
      ['completeness', 'completeness'],
      ['informativeness', 'informativenessTest'],
      ['trainInformativeness', 'informativenessTrain'],
    ]
    for (const [ours, theirs] of pairs)
      expect(Math.abs((found[ours] as number) - wanted(fixture, 'dci', theirs)), ours).toBeLessThan(0.003)
  })
})
