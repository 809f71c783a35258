import { averagePrecision, BetavaeError, type OpenedTableRun, rocAuc } from '../../../inside.node.ts'

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

/** Judges the model's scores and those of the baselines. Error: `anomaly/one-class`. */
export async function detectionsOf(
  run: OpenedTableRun,
  rows: Float32Array,
  scores: Float64Array,
  labels: readonly number[],
): Promise<Detections> {
  const baselines = Object.entries(await run.baselines(rows))
  return {
    ...detectionOf(scores, labels),
    baselines: Object.fromEntries(baselines.map(([name, own]) => [name, detectionOf(own, labels)])),
  }
}
