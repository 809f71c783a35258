import { describe, expect, test } from 'vitest'
import { input } from '../../graph/ops/input.ts'
import {
  average,
  numbered,
  numbersOf,
  numbersUnder,
  overSteps,
  standardErrorsFrom,
  worldOf,
} from '../../testing/numbers.testing.ts'
import { toyWorld } from '../../testing/toy-world.ts'
import { type AggregateRequest, aggregateLogDensities } from './total-correlation.ts'

const names = ['index-code-mi', 'total-correlation', 'dimension-wise-kl'] as const
type Estimator = AggregateRequest['estimator']
const estimators: readonly Estimator[] = ['stratified', 'weighted']
type Point = readonly number[]

interface Posterior {
  readonly mean: Point
  readonly logVariance: Point
}

/** A data set of N = 6 posteriors in two dimensions, of different places and widths. */
const population: readonly Posterior[] = [
  { mean: [0, 0], logVariance: [0, -1] },
  { mean: [1, 0.5], logVariance: [-1, 0.3] },
  { mean: [-0.7, 1.2], logVariance: [0.5, -0.4] },
  { mean: [0.4, -1], logVariance: [-2, -1] },
  { mean: [2, 1.5], logVariance: [-0.5, 0.2] },
  { mean: [-1.5, -0.3], logVariance: [0.1, 0.4] },
]

/** log q(z) and Σⱼ log q(zⱼ) of codes, as many of each posterior of the batch in turn. */
function densitiesOf(
  batch: readonly Posterior[],
  codes: readonly Point[],
  request: Pick<AggregateRequest, 'examples' | 'estimator'>,
) {
  const size = codes[0].length
  const shape = [batch.length, size] as const
  const { joint, marginals } = aggregateLogDensities({
    ...request,
    code: input('code', [codes.length, size]),
    statistics: { mean: input('mean', shape), logVariance: input('logVariance', shape) },
    draws: codes.length / batch.length,
  })
  const feeds = {
    code: numbered(codes.flat(), codes.length, size),
    mean: numbered(
      batch.flatMap(({ mean }) => mean),
      ...shape,
    ),
    logVariance: numbered(
      batch.flatMap(({ logVariance }) => logVariance),
      ...shape,
    ),
  }
  return numbersOf({ joint, marginals }, feeds)
}

const logNormal = (x: number, mean: number, logVariance: number): number =>
  -0.5 * ((x - mean) ** 2 / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI))

/** A code of the first of the population, and densities there. */
const code: Point = [0.3, -0.4]
const densityIn = (dimension: number, { mean, logVariance }: Posterior): number =>
  Math.exp(logNormal(code[dimension], mean[dimension], logVariance[dimension]))
const density = (posterior: Posterior): number => densityIn(0, posterior) * densityIn(1, posterior)
const joint = average(population.map(density))
const marginals = [0, 1].map((dimension) => average(population.map((own) => densityIn(dimension, own))))

/** The two estimates at the code, from each of several batches whose first posterior is the code's own. */
const estimates = (batches: readonly (readonly Posterior[])[], estimator: Estimator, at = code) =>
  Promise.all(
    batches.map(async (batch) => {
      const codes = batch.map(() => at)
      const got = await densitiesOf(batch, codes, { examples: population.length, estimator })
      return { joint: got.joint[0], marginals: got.marginals[0] }
    }),
  )

const others = population.slice(1)
/** Every batch of three that holds the code's own example and two different others. */
const withoutReplacement = others.flatMap((b, i) => others.slice(i + 1).map((c) => [population[0], b, c]))
/** Every batch of three that holds the code's own example and two of all. */
const withReplacement = population.flatMap((b) => population.map((c) => [population[0], b, c]))
/** The second dimension alone. */
const second = ({ mean, logVariance }: Posterior): Posterior => ({
  mean: mean.slice(1),
  logVariance: logVariance.slice(1),
})

describe('q(z) from batches of three of a data set of six, over every batch there is', () => {
  test('stratified: the average density is q(z) exactly', async () => {
    const runs = await estimates(withoutReplacement, 'stratified')
    expect(runs).toHaveLength(10)
    expect(average(runs.map((run) => Math.exp(run.joint)))).toBeCloseTo(joint, 12)
  })

  test('stratified: so is that of a marginal', async () => {
    const batches = withoutReplacement.map((batch) => batch.map(second))
    const runs = await estimates(batches, 'stratified', code.slice(1))
    expect(average(runs.map((run) => Math.exp(run.marginals)))).toBeCloseTo(marginals[1], 12)
  })

  test('stratified: with the whole data set as the batch it is q(z), no average needed', async () => {
    const [run] = await estimates([population], 'stratified')
    expect(run.joint).toBeCloseTo(Math.log(joint), 12)
    expect(run.marginals).toBeCloseTo(Math.log(marginals[0]) + Math.log(marginals[1]), 12)
  })

  test('weighted: the average density is (q(z|n) + (M − 1) q(z))/(NM), which is below q(z)', async () => {
    const mean = average((await estimates(withReplacement, 'weighted')).map((run) => Math.exp(run.joint)))
    expect(mean).toBeCloseTo((density(population[0]) + 2 * joint) / (6 * 3), 12)
    expect(mean).toBeLessThan(joint)
  })
})

test('of several draws each belongs to its own example', async () => {
  const batch = population.slice(0, 3)
  const [first, again] = [0.1, -0.6].map((shift) => batch.map(({ mean }) => mean.map((x) => x + shift)))
  const request = { examples: 50, estimator: 'stratified' } as const
  const turns = await densitiesOf(
    batch,
    first.flatMap((own, i) => [own, again[i]]),
    request,
  )
  const alone = [await densitiesOf(batch, first, request), await densitiesOf(batch, again, request)]
  for (const name of ['joint', 'marginals'] as const)
    turns[name].forEach((value, row) => {
      expect(value).toBeCloseTo(alone[row % 2][name][Math.floor(row / 2)], 12)
    })
})

const world = (estimator: Estimator, options = {}) =>
  toyWorld({ ...options, terms: names.map((term) => ({ term, weight: 1, estimator })) })

describe.each(estimators)('%s', (estimator) => {
  test.each([1, 3])('with %i draws the three are log q(z|x) − log p(z) at the draws', async (draws) => {
    const { traced, model, feeds } = world(estimator, { draws })
    const got = await numbersOf<string>({ ...traced.values, ratio: model.logRatio! }, feeds)
    const sums = [0, 1, 2, 3].map((i) => names.reduce((total, name) => total + got[name][i], 0))
    sums.forEach((sum, i) => {
      expect(sum).toBeCloseTo(average(got.ratio.slice(i * draws, (i + 1) * draws)), 10)
    })
  })

  test('the three are the KL in closed form on average', async () => {
    const own = world(estimator, { draws: 2 })
    const runs = await numbersUnder<string>({ ...own.traced.values, kl: own.model.kl! }, overSteps(own, 400))
    const sums = runs.map((run) => names.reduce((total, name) => total + average(run[name]), 0))
    expect(standardErrorsFrom(average(runs[0].kl), sums)).toBeLessThan(4)
    expect(Math.abs(sums[0] - average(runs[0].kl))).toBeGreaterThan(1e-3)
  })

  test('with the prior learned, the three are still log q(z|x) − log p(z)', async () => {
    const { traced, model, feeds } = world(estimator, { prior: { name: 'mixture' } })
    const got = await numbersOf<string>({ ...traced.values, ratio: model.logRatio! }, feeds)
    got.ratio.forEach((ratio, i) => {
      expect(names.reduce((total, name) => total + got[name][i], 0)).toBeCloseTo(ratio, 10)
    })
  })
})

/** Information and correlation at a code of each posterior, where the batch is the data set. */
async function partsOf(posteriors: readonly Posterior[], codes: readonly Point[]) {
  const got = await densitiesOf(posteriors, codes, { examples: posteriors.length, estimator: 'stratified' })
  return posteriors.map(({ mean, logVariance }, i) => {
    const own =
      logNormal(codes[i][0], mean[0], logVariance[0]) + logNormal(codes[i][1], mean[1], logVariance[1])
    return { information: own - got.joint[i], correlation: got.joint[i] - got.marginals[i] }
  })
}

describe('known parts', () => {
  test('codes that say nothing of their example have neither information nor correlation', async () => {
    const alike = Array<Posterior>(3).fill({ mean: [0.2, -1], logVariance: [-0.5, 0.4] })
    const parts = await partsOf(alike, [
      [0, 0],
      [1, -2],
      [-0.4, 0.3],
    ])
    for (const { information, correlation } of parts) {
      expect(information).toBeCloseTo(0, 12)
      expect(correlation).toBeCloseTo(0, 12)
    }
  })

  test('of two examples far apart in both dimensions each says log 2, and log 2 is said twice', async () => {
    const apart: Posterior[] = [
      { mean: [20, 20], logVariance: [0, 0] },
      { mean: [-20, -20], logVariance: [0, 0] },
    ]
    const parts = await partsOf(apart, [
      [20.5, 19],
      [-21, -20.3],
    ])
    for (const { information, correlation } of parts) {
      expect(information).toBeCloseTo(Math.LN2, 12)
      expect(correlation).toBeCloseTo(Math.LN2, 12)
    }
  })
})

const lossOf = async (term: string, estimator: Estimator): Promise<number> => {
  const { world, value } = worldOf({ term, weight: 1, estimator })
  return average((await numbersOf({ value }, world.feeds)).value)
}

test.each(names)('%s: the estimator changes the loss', async (term) => {
  const [one, other] = [await lossOf(term, 'stratified'), await lossOf(term, 'weighted')]
  expect(Math.abs(one - other)).toBeGreaterThan(0.1)
})

test('of two with different estimators each takes its own', async () => {
  const { traced, feeds } = toyWorld({
    terms: estimators.map((estimator) => ({ term: 'total-correlation', weight: 1, estimator })),
  })
  const got = await numbersOf(traced.values, feeds)
  const { 'total-correlation': first, 'total-correlation-2': second } = got
  expect(average(first)).toBeCloseTo(await lossOf('total-correlation', 'stratified'), 12)
  expect(average(second)).toBeCloseTo(await lossOf('total-correlation', 'weighted'), 12)
})
