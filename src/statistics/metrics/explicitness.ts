import { columnOf, columnsOf } from '../../base/math/columns.ts'
import { meanOf } from '../../base/math/sums.ts'
import { varianceOf } from '../../base/math/variance.ts'
import {
  type ClassifiedRows,
  fitLogistic,
  type LogisticModel,
  probabilitiesOf,
} from '../classifiers/logistic-regression.ts'
import { rocAuc } from '../roc-auc.ts'
import { holdOut } from './held-out.ts'
import { defineMetric, type FactoredCodes } from './metric.ts'

/**
 * How well a linear classifier reads each factor from the whole code: area under the ROC curve, one level against the
 * rest, averaged over levels, on held-out rows.
 *
 * Ridgeway & Mozer 2018, §3, as disentanglement_lib computes it: the probabilities of a multinomial logistic regression
 * on standardized codes. 0.5 is chance, 1 is perfect.
 */
export const explicitness = defineMetric({
  name: 'explicitness',
  title: 'Explicitness',
  summary: 'High where a linear classifier reads every factor from the code.',
  citation: 'Ridgeway & Mozer 2018, Learning Deep Disentangled Embeddings with the F-Statistic Loss',
  better: 'larger',
  async compute(sample, { seed, signal }) {
    const { train, test } = holdOut(sample, seed)
    const standardize = standardizer(train)
    const [learned, judged] = [standardize(train), standardize(test)]
    const perFactor: number[] = []
    const trainPerFactor: number[] = []
    for (const factor of sample.levels.keys()) {
      const data = classified(train, learned, factor)
      const model = await fitLogistic(data, { signal })
      perFactor.push(areaOf(model, classified(test, judged, factor)))
      trainPerFactor.push(areaOf(model, data))
    }
    return {
      score: meanOf(perFactor),
      perFactor,
      trainScore: meanOf(trainPerFactor),
      chance: 0.5,
      trainRows: train.count,
      testRows: test.count,
    }
  },
})

/** Codes less their mean over their deviation; constant ones become 0. */
function standardizer({ codes, codeSize }: FactoredCodes): (sample: FactoredCodes) => Float64Array {
  const columns = columnsOf(codes, codeSize)
  const means = columns.map(meanOf)
  const deviations = columns.map((column) => Math.sqrt(varianceOf(column)) || 1)
  return (sample) => sample.codes.map((code, at) => (code - means[at % codeSize]) / deviations[at % codeSize])
}

const classified = (sample: FactoredCodes, rows: Float64Array, factor: number): ClassifiedRows => ({
  count: sample.count,
  width: sample.codeSize,
  rows,
  labels: columnOf(sample.factors, sample.factorCount, factor),
  classes: sample.levels[factor],
})

/** Mean over the levels that some of the rows have, and some have not. */
function areaOf(model: LogisticModel, data: ClassifiedRows): number {
  const { labels, classes } = data
  const probabilities = probabilitiesOf(model, data)
  const areas = Array.from({ length: classes }, (_, level) =>
    rocAuc(columnOf(probabilities, classes, level), (row) => labels[row] === level),
  )
  return meanOf(areas.filter((area) => !Number.isNaN(area)))
}
