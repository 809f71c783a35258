import { averagePrecision, BetavaeError, type DetectorEntry, rocAuc, rocCurve } from '../../../inside.node.ts'

/** What the model is called beside other detectors. */
export const MODEL = 'this model'

/** How well scores tell outliers from the other rows. */
export interface Detection {
  readonly rocAuc: number
  readonly averagePrecision: number
}

export interface Detections extends Detection {
  /** The same of each baseline. */
  readonly baselines: Readonly<Record<string, Detection>>
}

const detectionOf = (scores: Float64Array, labels: readonly number[]): Detection => ({
  rocAuc: rocAuc(scores, labels),
  averagePrecision: averagePrecision(scores, labels),
})

/** 1 for outliers: a class of 1, true, yes, outlier or anomaly. Error: `cli/label`. */
export function outlierOf(cell: unknown, place: string): number {
  const word = String(cell).trim().toLowerCase()
  if (['1', '1.0', 'true', 'yes', 'outlier', 'anomaly', 'o'].includes(word)) return 1
  if (['0', '0.0', 'false', 'no', 'inlier', 'normal', 'n', '-1'].includes(word)) return 0
  throw new BetavaeError({
    code: 'cli/label',
    seen: `"${word}" in ${place}`,
    wanted: '1 for an outlier and 0 for a normal row',
    fix: 'name a column of such labels with --label',
    usage: true,
  })
}

/** Scores of labeled rows, by the model and by the baselines. */
export interface LabeledScores {
  readonly labels: readonly number[]
  readonly model: Float64Array
  readonly baselines: Readonly<Record<string, Float64Array>>
}

/** Judges the model's scores and those of the baselines. Error: `anomaly/one-class`. */
export const detectionsOf = ({ labels, model, baselines }: LabeledScores): Detections => ({
  ...detectionOf(model, labels),
  baselines: Object.fromEntries(
    Object.entries(baselines).map(([name, own]) => [name, detectionOf(own, labels)]),
  ),
})

/** The same for a page, with curves. */
export const detectorEntries = ({ labels, model, baselines }: LabeledScores): DetectorEntry[] =>
  [[MODEL, model] as const, ...Object.entries(baselines)].map(([name, scores]) => ({
    ...{ name, isModel: name === MODEL },
    ...detectionOf(scores, labels),
    curve: rocCurve(scores, labels),
  }))
