import '../../src/objective/every-part.testing.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import type { NDArray } from '../../src/base/arrays.ts'
import { type Matrix, matrixOf, multiply, transpose } from '../../src/base/math/linear-algebra.ts'
import type { Feeds } from '../../src/engine/engine.ts'
import { referenceEngine } from '../../src/engine/reference.ts'
import { gradient } from '../../src/graph/gradient.ts'
import { program } from '../../src/graph/program.ts'
import { explain } from '../../src/inside.ts'
import type { ExampleType } from '../../src/model/autoencoder.ts'
import { modelSchema } from '../../src/model/spec.ts'
import { knobsAt, readObjective } from '../../src/objective/objective.ts'
import { traceObjective } from '../../src/objective/trace.ts'
import { normals } from '../../src/reproduce/factor-model.ts'
import { distance, identity, plus, scaled, solve } from './linear-algebra.ts'

const N = 32
const SIZE = 4
const LATENT = 2
const SIGMA = 1.5
const WEIGHT = 1 / 16

const spec = modelSchema.parse({
  architecture: { name: 'mlp', hidden: [] },
  latent: { name: 'deterministic', size: LATENT },
  likelihood: { name: 'gaussian', sigma: SIGMA },
})
const example: ExampleType = { shape: [SIZE], dtype: 'float32', scaleShape: [] }
const objective = { name: 'map', terms: [{ term: 'l2', weight: WEIGHT, part: 'decoder' }] }
const terms = readObjective(objective, spec)
const request = { spec, example, terms, batch: N, examples: N }
const rows = normals(N, SIZE, 1)

const array = (matrix: Matrix): NDArray => ({
  data: Float64Array.from(matrix.flat()),
  shape: [matrix.length, matrix[0].length],
})
const vector = (values: readonly number[]): NDArray => ({
  data: Float64Array.from(values),
  shape: [values.length],
})
const scalar = (value: number): NDArray => ({ data: Float64Array.of(value), shape: [] })

/** The encoder stays as it is, and with it the codes. */
const encoder = { weight: normals(LATENT, SIZE, 2), bias: [0.3, -0.2] }
/** Codes, and 1 for the bias [N, LATENT + 1]. */
const inputs: Matrix = multiply(rows, transpose(encoder.weight)).map((code) => [
  ...code.map((entry, j) => entry + encoder.bias[j]),
  1,
])

const fixed: Feeds = {
  x: array(rows),
  'encoder.mean.weight': array(encoder.weight),
  'encoder.mean.bias': vector(encoder.bias),
  'data.shift': scalar(0),
  'data.scale': scalar(1),
  ...Object.fromEntries(Object.entries(knobsAt(terms, 0)).map(([name, value]) => [name, scalar(value)])),
}

const RATE = 0.5
const STEPS = 1000

/** Minimizes the objective by its decoder alone: [SIZE, LATENT + 1], the bias in the last column. */
async function descend(): Promise<Matrix> {
  const [{ loss, parameters }] = traceObjective(request).players
  const learned = parameters.filter(({ part }) => part === 'decoder')
  const slopes = gradient(
    loss,
    learned.map(({ tensor }) => tensor),
  )
  const outputs = Object.fromEntries(learned.map(({ name }, i) => [`gradient.${name}`, slopes[i]]))
  using executable = await referenceEngine.load(program('descent', outputs))
  const values: Record<string, NDArray> = {
    'decoder.0.weight': array(normals(SIZE, LATENT, 3)),
    'decoder.0.bias': vector([1, 2, 3, 4]),
  }
  for (let step = 0; step < STEPS; step++) {
    const results = await executable.run({ ...fixed, ...values })
    for (const [name, { data }] of Object.entries(values))
      for (let i = 0; i < data.length; i++) data[i] -= RATE * results[`gradient.${name}`].data[i]
  }
  const bias = [...values['decoder.0.bias'].data]
  return matrixOf(values['decoder.0.weight']).map((row, i) => [...row, bias[i]])
}

/** σ² of the prior that the ledger reads out of the weight. */
function priorVariance(): number {
  const [{ reading }] = explain(objective, spec, example, N).terms
  return Number(/ = N\(0, ([\d.]+)\)/.exec(reading)?.[1])
}

describe('λ‖θ‖² on a linear decoder over fixed codes', () => {
  let found: Matrix
  beforeAll(async () => {
    found = await descend()
  })
  const gram = multiply(transpose(inputs), inputs)
  const target = multiply(transpose(inputs), rows)

  test('is ridge regression with the penalty 2λσ²N. Hoerl & Kennard 1970', () => {
    const penalty = 2 * WEIGHT * SIGMA ** 2 * N
    const ridge = solve(plus(gram, scaled(identity(LATENT + 1), penalty)), target)
    expect(distance(found, transpose(ridge))).toBeLessThan(1e-4)
    const leastSquares = solve(gram, target)
    expect(distance(found, transpose(leastSquares))).toBeGreaterThan(0.01)
  })

  test('is the MAP solution under the prior that the ledger names', () => {
    const variance = priorVariance()
    expect(variance).toBe(1 / (2 * WEIGHT * N))
    const precision = plus(scaled(gram, 1 / SIGMA ** 2), scaled(identity(LATENT + 1), 1 / variance))
    const mode = solve(precision, scaled(target, 1 / SIGMA ** 2))
    expect(distance(found, transpose(mode))).toBeLessThan(1e-4)
  })
})
