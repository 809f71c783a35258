/** Every baseline that scores rows without labels. To add one: its file, and one line here. */
import type { Detector } from './detector.ts'
import { distanceToMean } from './distance-to-mean.ts'
import { isolationForest } from './isolation-forest.ts'
import { mahalanobis } from './mahalanobis.ts'
import { nearestNeighbors } from './nearest-neighbors.ts'
import { pcaReconstruction } from './pca-reconstruction.ts'

/** Every detector of odd rows that learns from rows alone. */
export const DETECTORS: readonly Detector[] = [
  pcaReconstruction,
  isolationForest,
  nearestNeighbors,
  mahalanobis,
  distanceToMean,
]
