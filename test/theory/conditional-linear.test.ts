/** A conditional VAE without hidden layers is conditional probabilistic PCA, whose likelihood is known. */
import { beforeAll, describe, expect, test } from 'vitest'
import { cholesky, halfLogDeterminant, solveLower } from '../../src/base/math/cholesky.ts'
import { type Matrix, matrixOf } from '../../src/base/math/linear-algebra.ts'
import { LOG_TWO_PI, logNormalizer } from '../../src/base/math/normal.ts'
import { dot, meanOf, sumOf } from '../../src/base/math/sums.ts'
import { datasetOf, type Given, type Model, open, type RecipeDraft, train } from '../../src/inside.node.ts'
import { arrayOf, factorRows, rounded } from '../../src/reproduce/factor-model.ts'
import { learnedVariance } from '../../src/reproduce/linear-vae.ts'
import { probabilisticPca } from '../../src/reproduce/probabilistic-pca.ts'
import { PATIENCE } from './linear-model.ts'

const [ROWS, SIZE, LATENT, CLASSES, STEPS] = [240, 5, 2, 3, 1800]

/** Each class has a mean of its own; all share their factors. */
const labels = Int32Array.from({ length: ROWS }, (_, row) => row % CLASSES)
const factors = factorRows({ rows: ROWS, size: SIZE, lengths: [2, 1.2], sigma: 0.5, offset: 1, seed: 5 })
const rows = rounded(factors.map((row, n) => row.map((x, i) => x + ((labels[n] * (i + 1)) % 4))))
const dataset = datasetOf(arrayOf(rows), { name: 'classes', labels })
const ofRows: Given = { label: [...labels] }

/** What is left of each row beside the mean of its class: all that a linear model of that form has to explain. */
function residuals(): Matrix {
  const means = Array.from({ length: CLASSES }, (_, label) => {
    const own = rows.filter((_, n) => labels[n] === label)
    return own[0].map((_, i) => meanOf(own.map((row) => row[i])))
  })
  return rows.map((row, n) => row.map((x, i) => x - means[labels[n]][i]))
}

const draft = (prior: string): RecipeDraft => ({
  data: { source: 'classes', condition: ['label'], scaling: 'none', validation: 0, test: 0 },
  model: {
    architecture: { name: 'mlp', hidden: [] },
    latent: { name: 'gaussian', size: LATENT, draws: 4 },
    likelihood: { name: 'gaussian', sigma: 'learned' },
    prior: { name: prior, ...(prior === 'conditional' && { hidden: [] }) },
  },
  objective: { name: 'vae' },
  training: { batch: ROWS, steps: STEPS, learningRate: `cosine(0.03, 0, ${STEPS})`, seed: 0 },
  engine: { name: 'native', threads: 1 },
})

const wanted = (label: number) => rows.filter((_, n) => labels[n] === label)
const meansOf = (all: Matrix) => all[0].map((_, i) => meanOf(all.map((row) => row[i])))

describe.each(['standard', 'conditional'])('under the prior %s', (prior) => {
  let model: Model
  let values: Values
  let [elbo, logLikelihood] = [Number.NaN, Number.NaN]
  beforeAll(async () => {
    const run = await train(draft(prior), { dataset })
    model = await open(run, { threads: 1 })
    values = run.trained.values
    elbo = meanOf(await exactElbos(run.trained.values, model))
    logLikelihood = meanOf(exactLogLikelihoods(run.trained.values))
  }, PATIENCE)

  test('the ELBO is the exact log p(x|c) of the model, and no other linear model has a higher one', () => {
    expect(logLikelihood - elbo).toBeGreaterThan(-1e-6)
    expect(logLikelihood - elbo).toBeLessThan(1e-3)
    const best = probabilisticPca(residuals(), LATENT).logLikelihood
    // Variances of a prior that classes have for themselves fit these rows a little better.
    expect(elbo - best).toBeGreaterThan(-1e-3)
    expect(elbo - best).toBeLessThan(prior === 'standard' ? 1e-6 : 1e-2)
    // Without the classes none comes near it.
    expect(probabilisticPca(rows, LATENT).logLikelihood).toBeLessThan(best - 1)
  })

  test('samples of a class have its mean', async () => {
    const drawn = matrixOf(await model.sample(4000, { where: { label: 2 } }))
    const [samples, truth] = [meansOf(drawn), meansOf(wanted(2))]
    // The standard error of a mean of 4,000 with deviations below 2.5 is below 0.04.
    for (const [i, mean] of samples.entries()) expect(Math.abs(mean - truth[i])).toBeLessThan(0.16)
  })

  test('counterfactuals are what the code is to the other class, and move by the difference of two means', async () => {
    const array = arrayOf(rows)
    const own = matrixOf(await model.reconstruct(array, { condition: ofRows }))
    const other = matrixOf(await model.reconstruct(array, { condition: ofRows, where: { label: 0 } }))
    const [from, to] = [meansOf(wanted(1)), meansOf(wanted(0))]
    for (const [i, moved] of other[1].entries()) expect(moved - own[1][i]).toBeCloseTo(to[i] - from[i], 1)
    expect(other[0]).toEqual(own[0])
    const { mean } = await model.encode(array, { condition: ofRows })
    const codes = matrixOf(mean)
    for (const [n, row] of other.entries()) {
      const truth = decoded(values, movedTo(values, codes[n], labels[n], 0), 0)
      for (const [i, x] of row.entries()) expect(x).toBeCloseTo(truth[i], 4)
    }
  })

  test('noise is what a code keeps: draws of one class become those of another', async () => {
    const [first, second] = [0, 2].map((label) => ({ label }))
    const [from, to] = await Promise.all([first, second].map((where) => model.sample(50, { where })))
    const codes = codesOf(values, matrixOf(from), 0)
    const moved = matrixOf(await model.decode(arrayOf(codes), { condition: first, where: second }))
    for (const [n, row] of matrixOf(to).entries())
      for (const [i, x] of row.entries()) expect(moved[n][i]).toBeCloseTo(x, 3)
  })

  test('a code of no class in particular lies in the prior as a whole', async () => {
    const { mean, deviation } = await model.spread('prior')
    const [middle] = matrixOf(await model.decode(arrayOf([[...mean]]), { where: { label: 1 } }))
    const [beside] = matrixOf(
      await model.decode(arrayOf([[mean[0] + deviation[0], mean[1]]]), { where: { label: 1 } }),
    )
    const center = [0, 1].map((j) => priorOf(values, 1, j)[0])
    const step = Math.exp(priorOf(values, 1, 0)[1] / 2)
    const [at, next] = [center, [center[0] + step, center[1]]].map((code) => decoded(values, code, 1))
    for (const [i, x] of middle.entries()) expect(x).toBeCloseTo(at[i], 4)
    for (const [i, x] of beside.entries()) expect(x).toBeCloseTo(next[i], 4)
  })
})

/** μ(c′) + σ(c′)·(z − μ(c))/σ(c). */
const movedTo = (values: Values, code: readonly number[], from: number, to: number): number[] =>
  code.map((z, j) => {
    const [[m, v], [m2, v2]] = [priorOf(values, from, j), priorOf(values, to, j)]
    return m2 + Math.exp((v2 - v) / 2) * (z - m)
  })

/** W·z + B·c + b. */
function decoded(values: Values, code: readonly number[], label: number): number[] {
  const bias = matrixOf(values['decoder.0.bias']).flat()
  return matrixOf(values['decoder.0.weight']).map(
    (all, i) => dot(all.slice(0, LATENT), code) + bias[i] + all[LATENT + label],
  )
}

/** The codes that were decoded to these rows. */
function codesOf(values: Values, made: Matrix, label: number): Matrix {
  const weight = matrixOf(values['decoder.0.weight']).map((all) => all.slice(0, LATENT))
  const base = decoded(values, [0, 0], label)
  const gram = [0, 1].map((j) => [0, 1].map((k) => sumOf(weight.map((w) => w[j] * w[k]))))
  const determinant = gram[0][0] * gram[1][1] - gram[0][1] ** 2
  return made.map((row) => {
    const [a, b] = [0, 1].map((j) => sumOf(weight.map((w, i) => w[j] * (row[i] - base[i]))))
    return [(gram[1][1] * a - gram[0][1] * b) / determinant, (gram[0][0] * b - gram[0][1] * a) / determinant]
  })
}

/** E over q of log p(x|z,c) − KL(q(z|x,c) ‖ p(z|c)) of each row, with no draw. */
async function exactElbos(
  values: Readonly<Record<string, { data: ArrayLike<number>; shape: readonly number[] }>>,
  model: Model,
): Promise<number[]> {
  const weight = matrixOf(values['decoder.0.weight'])
  const bias = matrixOf(values['decoder.0.bias']).flat()
  const noise = learnedVariance(values as Parameters<typeof learnedVariance>[0])
  const { mean, logVariance = mean } = await model.encode(arrayOf(rows), { condition: ofRows })
  const [means, logVariances] = [matrixOf(mean), matrixOf(logVariance)]
  return rows.map((row, n) => {
    const squares = weight.map((all, i) => {
      const own = all.slice(0, LATENT)
      const expected = dot(own, means[n]) + bias[i] + all[LATENT + labels[n]]
      return (row[i] - expected) ** 2 + sumOf(own.map((w, j) => w ** 2 * Math.exp(logVariances[n][j])))
    })
    const kl = sumOf(means[n].map((m, j) => klTo(priorOf(values, labels[n], j), m, logVariances[n][j])))
    return -sumOf(squares) / (2 * noise) - SIZE * logNormalizer(noise) - kl
  })
}

type Values = Parameters<typeof exactElbos>[0]

/** log N(x; W·μ(c) + B·c + b, W·diag(σ²(c))·Wᵀ + σ²·I) of each row. */
function exactLogLikelihoods(values: Values): number[] {
  const weight = matrixOf(values['decoder.0.weight'])
  const bias = matrixOf(values['decoder.0.bias']).flat()
  const noise = learnedVariance(values as Parameters<typeof learnedVariance>[0])
  return rows.map((row, n) => {
    const prior = [0, 1].map((dimension) => priorOf(values, labels[n], dimension))
    const covariance = Float64Array.from({ length: SIZE * SIZE }, (_, at) => {
      const [i, k] = [Math.floor(at / SIZE), at % SIZE]
      const shared = sumOf(prior.map(([, v], j) => weight[i][j] * weight[k][j] * Math.exp(v)))
      return shared + (i === k ? noise : 0)
    })
    const away = Float64Array.from(row, (x, i) => {
      const expected = sumOf(prior.map(([m], j) => weight[i][j] * m))
      return x - expected - bias[i] - weight[i][LATENT + labels[n]]
    })
    const factor = cholesky(covariance, SIZE)
    solveLower(factor, SIZE, away)
    const squares = sumOf(Array.from(away, (z) => z ** 2))
    return -(SIZE * LOG_TWO_PI + squares) / 2 - halfLogDeterminant(factor, SIZE)
  })
}

/** Mean and log-variance of a dimension of p(z|c): N(0, 1), or what the prior's layers say of a class. */
function priorOf(values: Values, label: number, dimension: number): readonly [number, number] {
  if (!values['prior.mean.weight']) return [0, 0]
  const [mean, raw] = ['mean', 'logVariance'].map(
    (name) =>
      matrixOf(values[`prior.${name}.weight`])[dimension][label] +
      values[`prior.${name}.bias`].data[dimension],
  )
  return [mean, raw / Math.hypot(1, raw / 20)]
}

/** KL(N(mean, exp(logVariance)) ‖ N(m, exp(v))). */
const klTo = ([m, v]: readonly [number, number], mean: number, logVariance: number): number =>
  (v - logVariance + (Math.exp(logVariance) + (mean - m) ** 2) / Math.exp(v) - 1) / 2
