/**
 * `betavae/metrics`: numbers about codes, scores and rows, without a model.
 *
 * @module betavae/metrics
 */
export {
  type Calibration,
  calibrationOf,
  conformalThreshold,
  pValue,
} from '../statistics/anomaly/conformal.ts'
export { averagePrecision, rocAuc } from '../statistics/anomaly/curves.ts'
export { type Detector, defineDetector } from '../statistics/anomaly/detectors/detector.ts'
export { DETECTORS as detectors } from '../statistics/anomaly/detectors/index.ts'
export { type Drift, type DriftRequest, driftBetween } from '../statistics/anomaly/drift/drift.ts'
export { benjaminiHochberg } from '../statistics/anomaly/multiple-testing.ts'
export {
  type Disentanglement,
  type DisentanglementOptions,
  disentanglement,
} from '../statistics/disentanglement.ts'
export { type FidelityReport, fidelityOf } from '../statistics/fidelity/report.ts'
export type { FidelityTable } from '../statistics/fidelity/table.ts'
export { METRICS as metrics } from '../statistics/metrics/index.ts'
export {
  defineMetric,
  type FactoredCodes,
  type Metric,
  type MetricScore,
} from '../statistics/metrics/metric.ts'
