import { fillNormal, streams } from '../base/random.ts'
import type { Detector } from '../statistics/anomaly/detectors/detector.ts'
import { factoredCodes } from '../statistics/metrics/factored-codes.ts'
import type { Metric } from '../statistics/metrics/metric.ts'
import { type Flaw, flawsOf, flawUnless } from './flaw.ts'

const SIDE = 8
const noise = (count: number, seed: number): Float32Array =>
  fillNormal(new Float32Array(count), { seed, stream: streams.evaluation, step: 0 })

/** Two factors of several levels, every pair as often as any other. */
const factors = Int32Array.from({ length: 2 * 4 * SIDE ** 2 }, (_, at) => {
  const row = Math.floor(at / 2) % SIDE ** 2
  return at % 2 === 0 ? row % SIDE : Math.floor(row / SIDE)
})
const rows = factors.length / 2
const shape = [rows, 2]
/** A code that is the factors, but for a little noise; and one that is noise alone. */
const telling = factoredCodes(
  { data: noise(2 * rows, 1).map((draw, at) => factors[at] + 0.01 * draw), shape },
  { data: factors, shape },
)
const silent = factoredCodes({ data: noise(2 * rows, 2), shape }, { data: factors, shape })

/** Whether a metric tells a code that is the factors from noise, and gives the same numbers twice. */
export const checkMetric = (metric: Metric): Promise<readonly Flaw[]> =>
  flawsOf('compute', async () => {
    const score = async (codes: typeof telling) => (await metric.compute(codes, { seed: 0 })).score
    const [best, worst, again] = [await score(telling), await score(silent), await score(telling)]
    const ahead = metric.better === 'larger' ? best - worst : worst - best
    return [
      ...flawUnless(metric.summary.length > 10, 'summary', () => `"${metric.summary}"; wanted a few words`),
      ...flawUnless(
        Number.isFinite(best) && Number.isFinite(worst),
        'score',
        () => `${best} and ${worst}; wanted finite numbers`,
      ),
      ...flawUnless(
        ahead > 0,
        'order',
        () => `${best} of the factors themselves and ${worst} of noise; wanted the first to be better`,
      ),
      ...flawUnless(
        Object.is(best, again),
        'repeat',
        () => `${best}, then ${again} of the same codes and seed; wanted one number`,
      ),
    ]
  })

/** Whether a detector scores a row far from all others highest, and gives the same numbers twice. */
export const checkDetector = (detector: Detector): Promise<readonly Flaw[]> =>
  flawsOf('fit', async () => {
    const known = { data: noise(2 * rows, 3), shape }
    const fresh = { data: Float32Array.of(0.1, -0.1, 0.3, 0.2, 30, -30), shape: [3, 2] }
    const scores = () => detector.fit(known, 0).score(fresh)
    const [first, second] = [scores(), scores()]
    return [
      ...flawUnless(
        detector.summary.length > 10,
        'summary',
        () => `"${detector.summary}"; wanted a few words`,
      ),
      ...flawUnless(first.length === 3, 'score', () => `${first.length} scores of 3 rows; wanted one each`),
      ...flawUnless(
        first[2] > Math.max(first[0], first[1]),
        'order',
        () => `${first.join(', ')} of two usual rows and a far one; wanted the last to be the highest`,
      ),
      ...flawUnless(
        first.every((score, at) => Object.is(score, second[at])),
        'repeat',
        () => 'other scores the second time; wanted the same of the same rows and seed',
      ),
    ]
  })
