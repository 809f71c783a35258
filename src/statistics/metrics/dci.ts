import { columnsOf } from '../../base/math/columns.ts'
import { meanOf, sumOf } from '../../base/math/sums.ts'
import { fitBoostedTrees } from '../classifiers/gradient-boosting.ts'
import { type HeldOut, holdOut } from './held-out.ts'
import { defineMetric, type MetricOptions } from './metric.ts'

/** So that the entropy of a code without importance is that of a uniform one. */
const TRACE = 1e-11

/**
 * DCI: boosted trees learn each factor from the codes, and their importances [codes, factors] tell who carries what.
 * Eastwood & Williams 2018, §2, with the trees of Locatello et al. 2019.
 *
 * `disentanglement` (the score): mean over codes of 1 − H(importances over factors) / log K, weighted by importance.
 * `completeness`: the same over factors, with the codes' number D. `informativeness`: accuracy on rows held out.
 * An entropy over one entry counts 0. Throws the signal's reason.
 */
export const dci = defineMetric({
  name: 'dci',
  title: 'DCI',
  summary: 'High where each code matters for one factor alone.',
  citation:
    'Eastwood & Williams 2018, A Framework for the Quantitative Evaluation of Disentangled Representations',
  better: 'larger',
  async compute(sample, options) {
    const parts = holdOut(sample, options.seed)
    const { importance, trainAccuracy, testAccuracy } = await importances(parts, options)
    const perFactor = sample.levels.map((_, k) => importance.map((row) => row[k]))
    const disentanglement = concentration(importance)
    return {
      score: disentanglement,
      disentanglement,
      completeness: concentration(perFactor),
      informativeness: meanOf(testAccuracy),
      trainInformativeness: meanOf(trainAccuracy),
      disentanglementPerCode: importance.map(certainty),
      completenessPerFactor: perFactor.map(certainty),
      informativenessPerFactor: testAccuracy,
      importance,
      trainRows: parts.train.count,
      testRows: parts.test.count,
      seed: options.seed,
    }
  },
})

async function importances({ train, test }: HeldOut, { seed, signal }: MetricOptions) {
  const { count, codeSize: width, factorCount, levels } = train
  const importance = Array.from({ length: width }, () => new Array<number>(factorCount).fill(0))
  const trainAccuracy: number[] = []
  const testAccuracy: number[] = []
  const truth = columnsOf(test.factors, factorCount)
  for (const [k, labels] of columnsOf(train.factors, factorCount).entries()) {
    const model = await fitBoostedTrees(
      { count, width, rows: train.codes, labels, classes: levels[k] },
      { seed, signal },
    )
    for (let d = 0; d < width; d++) importance[d][k] = model.importances[d]
    trainAccuracy.push(agreement(model.classes(model.learned, count), labels))
    testAccuracy.push(agreement(model.classes(model.scores(test.codes), test.count), truth[k]))
  }
  return { importance, trainAccuracy, testAccuracy }
}

/** The share of rows on which two labelings agree. */
const agreement = (a: Int32Array, b: Int32Array): number =>
  meanOf(a.map((label, row) => (label === b[row] ? 1 : 0)))

/** Mean certainty of rows, weighted by their sums. */
function concentration(rows: readonly (readonly number[])[]): number {
  const total = sumOf(rows.map(sumOf))
  return sumOf(rows.map((row) => certainty(row) * (total === 0 ? 1 / rows.length : sumOf(row) / total)))
}

/** 1 − entropy of a row, as a share of the largest it can be: 1 where all is in one entry. */
function certainty(row: readonly number[]): number {
  if (row.length === 1) return 1
  const total = sumOf(row) + row.length * TRACE
  const shares = row.map((own) => (own + TRACE) / total)
  return 1 + sumOf(shares.map((share) => share * Math.log(share))) / Math.log(row.length)
}
