import { streamOf } from '../../base/random.ts'
import { type ClassifiedRows, fitLogistic, predictedClasses } from '../classifiers/logistic-regression.ts'
import {
  accuracyByFactor,
  BATCH,
  type FixedFactorDraws,
  fixedFactorDraws,
  pointsOf,
  TEST_POINTS,
  TRAIN_POINTS,
} from './fixed-factor.ts'
import { defineMetric, type FactoredCodes, type MetricOptions } from './metric.ts'

/**
 * How often a linear classifier tells from |z₁ − z₂|, averaged over 64 pairs, which factor each pair has in common.
 *
 * Higgins et al. 2017, §3; the classifier is a multinomial logistic regression, as in Locatello et al. 2019.
 */
export const betaVae = defineMetric({
  name: 'betaVae',
  title: 'BetaVAE score',
  summary: 'High where a linear classifier tells which factor two groups of codes share.',
  citation: 'Higgins et al. 2017, β-VAE',
  better: 'larger',
  async compute(sample, { seed, signal }) {
    const draws = fixedFactorDraws(sample)
    const points = (count: number, part: string) =>
      pairDifferences(sample, draws, count, part, { seed, signal })
    const train = await points(TRAIN_POINTS, 'train')
    const test = await points(TEST_POINTS, 'test')
    const model = await fitLogistic(train, { signal })
    const judged = (data: ClassifiedRows) =>
      accuracyByFactor(data.labels, predictedClasses(model, data), sample.factorCount)
    return {
      ...judged(test),
      trainScore: judged(train).score,
      chance: 1 / sample.factorCount,
      trainPoints: TRAIN_POINTS,
      testPoints: TEST_POINTS,
      batch: BATCH,
    }
  },
})

/** Mean |z₁ − z₂| over pairs of rows that share one factor, and that factor: a point each. */
async function pairDifferences(
  { codes, codeSize, factorCount }: FactoredCodes,
  draws: FixedFactorDraws,
  count: number,
  part: string,
  { seed, signal }: MetricOptions,
): Promise<ClassifiedRows> {
  const rows = new Float64Array(count * codeSize)
  const request = { factorCount, words: 2 * BATCH, ...(signal ? { signal } : {}) }
  const random = { seed, stream: streamOf(`metrics/beta-vae/${part}`) }
  const labels = await pointsOf(count, random, request, (point, factor, words) => {
    const start = point * codeSize
    for (let pair = 0; pair < BATCH; pair++) {
      const row = draws.any(words[2 * pair])
      const first = row * codeSize
      const second = draws.like(row, factor, words[2 * pair + 1]) * codeSize
      for (let d = 0; d < codeSize; d++)
        rows[start + d] += Math.abs(codes[first + d] - codes[second + d]) / BATCH
    }
  })
  return { count, width: codeSize, rows, labels, classes: factorCount }
}
