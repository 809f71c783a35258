/** Metrics of codes alone: how far they are from independent. Locatello et al. 2019, appendix C. */

import { sumOf } from '../../base/math/sums.ts'
import { symmetricEigen } from '../../base/math/symmetric-eigen.ts'
import { type Covariance, covarianceOf } from './covariance.ts'
import { binnedCodes, informationMatrix } from './information.ts'
import { defineMetric } from './metric.ts'

const citation = 'Locatello et al. 2019, Challenging Common Assumptions in Unsupervised Learning'

/**
 * Eigenvalues of the covariance, each entry multiplied by a function of its two standard deviations, greatest first;
 * 0 where no more than rounding is left of one.
 */
function scaledEigenvalues(
  { matrix, deviations, size }: Covariance,
  factor: (a: number, b: number) => number,
): Float64Array {
  const scaled = matrix.map(
    (entry, at) => entry * factor(deviations[Math.floor(at / size)], deviations[at % size]),
  )
  const { values } = symmetricEigen(scaled, size)
  const zero = size * Number.EPSILON * Math.max(0, ...values.subarray(0, 1))
  return values.map((value) => (value <= zero ? 0 : value))
}

/**
 * Gaussian total correlation in nats: KL(N(0, Σ) ‖ N(0, diag Σ)) = −½ log |correlation matrix|.
 *
 * Constant codes are left out: they depend on nothing. Infinity where a code is a linear function of others;
 * `redundantCodes` says how many are.
 */
export const totalCorrelation = defineMetric({
  name: 'totalCorrelation',
  title: 'Total correlation',
  summary: 'Low where codes are uncorrelated, in nats.',
  citation,
  better: 'smaller',
  async compute({ codes, codeSize, count }) {
    const values = scaledEigenvalues(covarianceOf(codes, codeSize), (a, b) => 1 / (a * b))
    const redundantCodes = values.filter((value) => value === 0).length
    const score = redundantCodes > 0 ? Number.POSITIVE_INFINITY : -0.5 * sumOf(values.map(Math.log))
    return { score: Math.max(0, score), activeCodes: values.length, redundantCodes, rows: count }
  },
})

/**
 * Gaussian Wasserstein correlation: the squared 2-Wasserstein distance of N(0, Σ) from N(0, diag Σ), which is
 * 2 tr Σ − 2 tr (D^½ Σ D^½)^½ with D = diag Σ. `normalized` is divided by tr Σ; 0 where all codes are constant.
 */
export const wassersteinCorrelation = defineMetric({
  name: 'wassersteinCorrelation',
  title: 'Wasserstein correlation',
  summary: 'Low where codes are uncorrelated; in squared units of the codes.',
  citation,
  better: 'smaller',
  async compute({ codes, codeSize, count }) {
    const covariance = covarianceOf(codes, codeSize)
    const roots = scaledEigenvalues(covariance, (a, b) => a * b).map(Math.sqrt)
    const trace = sumOf(covariance.deviations.map((deviation) => deviation ** 2))
    const score = Math.max(0, 2 * trace - 2 * sumOf(roots))
    return { score, normalized: trace === 0 ? 0 : score / trace, activeCodes: covariance.size, rows: count }
  },
})

/** Mean mutual information in nats of two different codes, each in 20 bins of equal width; 0 for one code alone. */
export const mutualInformation = defineMetric({
  name: 'mutualInformation',
  title: 'Mutual information of codes',
  summary: 'Low where no code says anything of another, in nats.',
  citation,
  better: 'smaller',
  async compute(sample, { signal }) {
    const codes = binnedCodes(sample)
    const matrix = await informationMatrix(codes, codes, signal)
    const pairs = codes.length * (codes.length - 1)
    const apart = sumOf(matrix.map((row, i) => sumOf(row) - row[i]))
    return { score: pairs === 0 ? 0 : apart / pairs, matrix, rows: sample.count }
  },
})
