import { columnOf, columnsOf } from '../../base/math/columns.ts'
import { dot, meanOf } from '../../base/math/sums.ts'
import { centered } from '../../base/math/variance.ts'
import { nextTurn } from '../../base/yielding.ts'
import { fitLinearSvm, type SortedColumn, sortedColumn, svmClass } from '../classifiers/linear-svm.ts'
import { type HeldOut, holdOut } from './held-out.ts'
import { defineMetric, type FactoredCodes } from './metric.ts'

/** Variance below which a code is constant and explains nothing. */
const LEAST_VARIANCE = 1e-12

/**
 * Separated attribute predictability: how much better the best code alone predicts a factor than the second best.
 *
 * Kumar et al. 2018, §3; accuracy of one-dimensional linear support vector machines (C = 0.01, balanced) on held-out
 * rows. `continuousScore` takes the squared correlation instead, for factors whose levels are amounts. A single code is
 * compared with a constant one.
 */
export const sap = defineMetric({
  name: 'sap',
  title: 'SAP',
  summary: 'High where each factor can be read from one code, and from no other as well.',
  citation: 'Kumar et al. 2018, Variational Inference of Disentangled Latent Concepts',
  better: 'larger',
  async compute(sample, { seed, signal }) {
    const parts = holdOut(sample, seed)
    const accuracy: number[][] = []
    for (let code = 0; code < sample.codeSize; code++) {
      await nextTurn()
      signal?.throwIfAborted()
      accuracy.push(accuraciesOf(parts, code))
    }
    if (sample.codeSize === 1) accuracy.push(accuraciesOf(parts, undefined))
    const perFactor = gapsOf(accuracy)
    return {
      score: meanOf(perFactor),
      perFactor,
      accuracy: accuracy.slice(0, sample.codeSize),
      continuousScore: meanOf(gapsOf(squaredCorrelations(parts.train))),
      trainRows: parts.train.count,
      testRows: parts.test.count,
    }
  },
})

/** Over the codes, the best number less the second best, for each factor. */
function gapsOf(byCode: readonly (readonly number[])[]): number[] {
  return byCode[0].map((_, factor) => {
    const [best, second = 0] = byCode.map((row) => row[factor]).sort((a, b) => b - a)
    return best - second
  })
}

/** How often a code, or a constant, tells each factor. */
function accuraciesOf({ train, test }: HeldOut, code: number | undefined): number[] {
  const [learned, judged] = [train, test].map(({ count, codes, codeSize }) =>
    code === undefined ? new Float64Array(count) : columnOf(codes, codeSize, code),
  )
  const column = sortedColumn(learned)
  return train.levels.map((levels, factor) => {
    const [labels, truth] = [train, test].map(({ factors, factorCount }) =>
      columnOf(factors, factorCount, factor),
    )
    return accuracyOf(column, labels, judged, truth, levels)
  })
}

function accuracyOf(
  learned: SortedColumn,
  labels: Int32Array,
  judged: Float64Array,
  truth: Int32Array,
  levels: number,
): number {
  const machine = fitLinearSvm(learned, labels, levels)
  let right = 0
  judged.forEach((x, row) => {
    if (svmClass(machine, x) === truth[row]) right++
  })
  return right / judged.length
}

/** By code and factor; 0 where either is constant. */
function squaredCorrelations({ codes, codeSize, factors, factorCount }: FactoredCodes): number[][] {
  const amounts = columnsOf(factors, factorCount).map(centered)
  return columnsOf(codes, codeSize).map((column) => {
    const x = centered(column)
    return amounts.map((y) => {
      const covariance = (a: Float64Array, b: Float64Array) => dot(a, b) / (a.length - 1)
      const [spread, spreadOfLevels] = [covariance(x, x), covariance(y, y)]
      if (spread <= LEAST_VARIANCE || spreadOfLevels <= LEAST_VARIANCE) return 0
      return covariance(x, y) ** 2 / (spread * spreadOfLevels)
    })
  })
}
