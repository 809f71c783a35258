import { columnsOf } from '../../base/math/columns.ts'
import { sampleVarianceOf } from '../../base/math/variance.ts'
import { streamOf } from '../../base/random.ts'
import {
  accuracyByFactor,
  BATCH,
  fixedFactorDraws,
  pointsOf,
  TEST_POINTS,
  TRAIN_POINTS,
} from './fixed-factor.ts'
import { defineMetric, type FactoredCodes } from './metric.ts'

/** Standard deviation below which a code is dead and has no vote. */
const LEAST_DEVIATION = 0.05

/**
 * How often the code that varies least, of those that vary at all, tells which factor was held fixed.
 *
 * Kim & Mnih 2018, §4: 64 rows that share a factor vote with argmin of their variance over the variance of all rows
 * (both with n − 1); each code stands for the factor that it most often voted in.
 */
export const factorVae = defineMetric({
  name: 'factorVae',
  title: 'FactorVAE score',
  summary: 'High where for each factor some code stays still when the factor does.',
  citation: 'Kim & Mnih 2018, Disentangling by Factorising',
  better: 'larger',
  async compute(sample, { seed, signal }) {
    const { factorCount, codeSize } = sample
    const variances = variancesOf(sample)
    const active = [...variances.keys()].filter((d) => Math.sqrt(variances[d]) >= LEAST_DEVIATION)
    const details = {
      chance: 1 / factorCount,
      activeCodes: active.length,
      trainPoints: TRAIN_POINTS,
      testPoints: TEST_POINTS,
      batch: BATCH,
    }
    if (active.length === 0)
      return { score: 0, perFactor: new Array<number>(factorCount).fill(0), trainScore: 0, ...details }
    const vote = voting(sample, variances, active)
    const votes = (count: number, part: string) =>
      collectVotes(count, { seed, stream: streamOf(`metrics/factor-vae/${part}`) }, factorCount, vote, signal)
    const train = await votes(TRAIN_POINTS, 'train')
    const test = await votes(TEST_POINTS, 'test')
    const meaning = majorities(train, codeSize, factorCount)
    const judged = ({ factors, codes }: Votes) =>
      accuracyByFactor(
        factors,
        codes.map((code) => meaning[code]),
        factorCount,
      )
    return { ...judged(test), trainScore: judged(train).score, ...details }
  },
})

/** Variance of each code over all rows. */
const variancesOf = ({ codes, codeSize }: FactoredCodes): number[] =>
  columnsOf(codes, codeSize).map(sampleVarianceOf)

/** By the words of a point: the active code whose variance has shrunk most; the first of equals. */
type Vote = (factor: number, words: Uint32Array) => number

function voting(sample: FactoredCodes, variances: readonly number[], active: readonly number[]): Vote {
  const { codes, codeSize } = sample
  const draws = fixedFactorDraws(sample)
  const rows = new Uint32Array(BATCH)
  return (factor, words) => {
    const shared = draws.any(words[BATCH])
    for (let i = 0; i < BATCH; i++) rows[i] = draws.like(shared, factor, words[i]) * codeSize
    let winner = active[0]
    let least = Number.POSITIVE_INFINITY
    for (const d of active) {
      let mean = 0
      for (let i = 0; i < BATCH; i++) mean += codes[rows[i] + d] / BATCH
      let squares = 0
      for (let i = 0; i < BATCH; i++) squares += (codes[rows[i] + d] - mean) ** 2
      const ratio = squares / (BATCH - 1) / variances[d]
      if (ratio < least) [winner, least] = [d, ratio]
    }
    return winner
  }
}

/** Of each point the factor that was fixed and the code that voted. */
interface Votes {
  readonly factors: Int32Array
  readonly codes: Int32Array
}

async function collectVotes(
  count: number,
  random: { seed: number; stream: number },
  factorCount: number,
  vote: Vote,
  signal: AbortSignal | undefined,
): Promise<Votes> {
  const codes = new Int32Array(count)
  const request = { factorCount, words: BATCH + 1, ...(signal ? { signal } : {}) }
  const factors = await pointsOf(count, random, request, (point, factor, words) => {
    codes[point] = vote(factor, words)
  })
  return { factors, codes }
}

/** The factor that each code most often voted in; the first of equals. */
function majorities({ factors, codes }: Votes, codeSize: number, factorCount: number): Int32Array {
  const counts = new Uint32Array(codeSize * factorCount)
  codes.forEach((code, point) => {
    counts[code * factorCount + factors[point]]++
  })
  return Int32Array.from({ length: codeSize }, (_, code) => {
    const own = counts.subarray(code * factorCount, (code + 1) * factorCount)
    return own.indexOf(Math.max(...own))
  })
}
