import { describe, expect, test } from 'vitest'
import type { Detector } from '../../src/statistics/anomaly/detectors/detector.ts'
import { distanceToMean } from '../../src/statistics/anomaly/detectors/distance-to-mean.ts'
import { isolationForest } from '../../src/statistics/anomaly/detectors/isolation-forest.ts'
import { mahalanobis } from '../../src/statistics/anomaly/detectors/mahalanobis.ts'
import { nearestNeighbors } from '../../src/statistics/anomaly/detectors/nearest-neighbors.ts'
import { pcaReconstruction } from '../../src/statistics/anomaly/detectors/pca-reconstruction.ts'
import { heldOutAuc, oddsSet } from './odds.ts'

const TRIALS = 3

/** PyOD's published means over ten splits; those of its PCA are of `distanceToMean`. */
const PUBLISHED: readonly (readonly [Detector, cardio: number, pima: number])[] = [
  [isolationForest, 0.921, 0.681],
  [nearestNeighbors, 0.724, 0.708],
  [distanceToMean, 0.95, 0.648],
]

const meanAuc = (name: string, detector: Detector): number => {
  const areas = Array.from({ length: TRIALS }, (_, seed) => heldOutAuc(oddsSet(name), detector, seed))
  return areas.reduce((sum, area) => sum + area, 0) / TRIALS
}

describe.each(PUBLISHED)('$name, random splits of 60/40', (detector, cardio, pima) => {
  test.each([
    ['cardio', cardio],
    ['pima', pima],
  ])('has PyOD’s ROC AUC on %s, within 0.04', (name, published) => {
    expect(Math.abs(meanAuc(name, detector) - published)).toBeLessThan(0.04)
  })
})

test('where anomalies break correlations, those who look at them find them', () => {
  for (const detector of [pcaReconstruction, mahalanobis])
    expect(meanAuc('ionosphere', detector)).toBeGreaterThan(meanAuc('ionosphere', distanceToMean) + 0.1)
})
