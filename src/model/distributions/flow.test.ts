import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { NDArray } from '../../base/arrays.ts'
import { fillNormal, fillUniform } from '../../base/random.ts'
import { sizeOf } from '../../base/shape.ts'
import type { Feeds } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { mean } from '../../graph/functions.ts'
import { gradient } from '../../graph/gradient.ts'
import { add } from '../../graph/ops/add.ts'
import { input } from '../../graph/ops/input.ts'
import { type Program, program } from '../../graph/program.ts'
import { checkGradient, relativeDifference, weighted } from '../../testing/probing.ts'
import { type ExampleType, encoderOutputs, traceAutoencoder } from '../autoencoder.ts'
import { modelSchema } from '../spec.ts'
import { newTrace } from '../trace.ts'
import { flow } from './flow.ts'

const native = await nativeEngine({ threads: 1 })
const LATENT = 4
const CONTEXT = 2

const drawn = (shape: readonly number[], step: number, bound = 0.9): NDArray => ({
  data: Float64Array.from(
    fillUniform(new Float32Array(sizeOf(shape)), { seed: 7, stream: 1, step }, -bound, bound),
  ),
  shape,
})

async function run(traced: Program, feeds: Feeds, engine = referenceEngine) {
  using executable = await engine.load(traced)
  return await executable.run(Object.fromEntries(traced.inputs.map(({ name }) => [name, feeds[name]])))
}

/** The map from noise to code of one example whose statistics are given. */
function world(steps: number, hidden = 7, latent = LATENT) {
  const trace = newTrace()
  const statistics = {
    mean: input('mean', [1, latent]),
    logVariance: input('logVariance', [1, latent]),
    context: input('context', [1, CONTEXT]),
  }
  const noise = input('noise', [1, latent])
  const options = z.parse(flow.options, { steps, hidden, context: CONTEXT })
  const { code, logDensity } = flow.draw(statistics, noise, trace.layers('encoder'), options)
  const center = flow.center(statistics, trace.layers('encoder'), options)
  const values: Feeds = {
    ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i, 1.5)])),
    mean: drawn([1, latent], 30),
    logVariance: drawn([1, latent], 31),
    context: drawn([1, CONTEXT], 32),
    noise: drawn([1, latent], 33, 1.5),
  }
  const inputs = [...Object.values(statistics), noise, ...trace.parameters.map(({ tensor }) => tensor)]
  return { traced: program('flow', { code, logDensity: logDensity!, center }), values, inputs }
}

/** ∂code/∂noise [i][j] by central differences. */
async function jacobian({ traced, values }: ReturnType<typeof world>): Promise<number[][]> {
  const h = 1e-5
  const size = values.noise.data.length
  const at = async (moved: number, delta: number) => {
    const data = values.noise.data.map((x: number, j: number) => (j === moved ? x + delta : x))
    return (await run(traced, { ...values, noise: { ...values.noise, data } })).code.data
  }
  const columns = await Promise.all(
    Array.from({ length: size }, async (_, j) => {
      const [above, below] = [await at(j, h), await at(j, -h)]
      return Array.from(above, (x, i) => (x - below[i]) / (2 * h))
    }),
  )
  return columns[0].map((_, i) => columns.map((column) => column[i]))
}

/** log |det| by elimination. */
function logDeterminant(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map((row) => [...row])
  let log = 0
  for (let k = 0; k < rows.length; k++) {
    log += Math.log(Math.abs(rows[k][k]))
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k] / rows[k][k]
      for (let j = k; j < rows.length; j++) rows[i][j] -= factor * rows[k][j]
    }
  }
  return log
}

/** x where matrix · x = b. */
function solved(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  let rows = matrix.map((row, i) => [...row, b[i]])
  for (let k = 0; k < rows.length; k++)
    rows = rows.map((row, i) => (i === k ? row : row.map((x, j) => x - (row[k] / rows[k][k]) * rows[k][j])))
  return rows.map((row, i) => row[rows.length] / row[i])
}

const above = (matrix: number[][]) => matrix.flatMap((row, i) => row.slice(i + 1))
const below = (matrix: number[][]) => matrix.flatMap((row, i) => row.slice(0, i))

describe('the Jacobian of noise → code', () => {
  test('of one step is lower triangular, and every entry below is used', async () => {
    const matrix = await jacobian(world(1))
    for (const entry of above(matrix)) expect(entry).toBe(0)
    for (const entry of below(matrix)) expect(Math.abs(entry)).toBeGreaterThan(1e-4)
  })

  test('of two steps is full: the second runs the other way', async () => {
    const matrix = await jacobian(world(2))
    for (const entry of [...above(matrix), ...below(matrix)]) expect(Math.abs(entry)).toBeGreaterThan(1e-5)
  })

  test.each([
    { steps: 1, hidden: 7, latent: LATENT },
    { steps: 2, hidden: 7, latent: LATENT },
    { steps: 5, hidden: 7, latent: LATENT },
    { steps: 2, hidden: 3, latent: LATENT },
    { steps: 2, hidden: 5, latent: 1 },
  ])(
    'has the determinant that the log-density says ($steps steps, $hidden hidden, $latent latent)',
    async ({ steps, hidden, latent }) => {
      const own = world(steps, hidden, latent)
      const { logDensity } = await run(own.traced, own.values)
      const ofNoise = Array.from(own.values.noise.data, (x) => -0.5 * (x * x + Math.log(2 * Math.PI)))
      const wanted = ofNoise.reduce((a, b) => a + b) - logDeterminant(await jacobian(own))
      expect(logDensity.data[0]).toBeCloseTo(wanted, 7)
    },
  )
})

test('it is undone: Newton’s steps from no noise find the noise of a code', async () => {
  const own = world(3)
  const { data: wanted } = (await run(own.traced, own.values)).code
  let found = new Float64Array(LATENT)
  for (let step = 0; step < 15; step++) {
    const values = { ...own.values, noise: { data: found, shape: [1, LATENT] } }
    const { data } = (await run(own.traced, values)).code
    const off = Array.from(wanted, (x, i) => x - data[i])
    const move = solved(await jacobian({ ...own, values }), off)
    found = found.map((x, i) => x + move[i])
  }
  found.forEach((x, i) => {
    expect(Math.abs(x - own.values.noise.data[i])).toBeLessThan(1e-6)
  })
})

test('the center is the code of zero noise', async () => {
  const { traced, values } = world(3)
  const noise = { data: new Float64Array(LATENT), shape: [1, LATENT] }
  const { code, center } = await run(traced, { ...values, noise })
  expect(center.data).toEqual(code.data)
  expect((await run(traced, values)).code.data).not.toEqual(code.data)
})

test('a step of zeros keeps σ(1.5) of its input', async () => {
  const { traced, values } = world(2)
  const zeros = Object.entries(values).map(([name, { data, shape }]) => [
    name,
    { data: name.startsWith('encoder.') ? new Float64Array(data.length) : data, shape },
  ])
  const { center } = await run(traced, Object.fromEntries(zeros))
  const kept = (1 / (1 + Math.exp(-1.5))) ** 2
  center.data.forEach((x: number, i: number) => {
    expect(x).toBeCloseTo(kept * values.mean.data[i], 12)
  })
})

test('the context moves every dimension, the first too', async () => {
  const { traced, values } = world(1)
  const { code } = await run(traced, values)
  const { code: moved } = await run(traced, { ...values, context: drawn([1, CONTEXT], 34) })
  code.data.forEach((x: number, i: number) => {
    expect(Math.abs(x - moved.data[i])).toBeGreaterThan(1e-4)
  })
})

test('its gradient matches central differences', async () => {
  const { traced, values, inputs } = world(2)
  const scalar = add(weighted(traced.outputs.code), weighted(traced.outputs.logDensity))
  const check = await checkGradient(scalar, Object.keys(values), inputs, values)
  expect(check.probesVary).toBe(true)
  expect(check.worst).toBeLessThan(1e-7)
})

describe('inside an autoencoder', () => {
  const BATCH = 3
  const DRAWS = 2
  const example: ExampleType = { shape: [6], dtype: 'float32', scaleShape: [] }
  const spec = modelSchema.parse({
    architecture: { name: 'mlp', hidden: [5], activation: 'tanh' },
    latent: { name: 'iaf', size: 3, hidden: 6, context: 2 },
  })
  const trace = newTrace()
  const model = traceAutoencoder(spec, example, BATCH, { draws: DRAWS }, trace)
  const feeds: Feeds = {
    ...Object.fromEntries(trace.parameters.map(({ name, shape }, i) => [name, drawn(shape, i)])),
    x: drawn([BATCH, 6], 40),
    'data.shift': { data: Float64Array.of(-1), shape: [] },
    'data.scale': { data: Float64Array.of(0.5), shape: [] },
    noise: {
      data: fillNormal(new Float32Array(BATCH * DRAWS * 3), { seed: 3, stream: 2, step: 0 }),
      shape: [BATCH * DRAWS, 3],
    },
  }

  test('with several draws, engines agree on loss and gradient', async () => {
    const loss = add(mean(model.reconstruction), mean(model.kl!))
    const slopes = gradient(
      loss,
      trace.parameters.map(({ tensor }) => tensor),
    )
    const outputs = Object.fromEntries(slopes.map((slope, i) => [`d${i}`, slope]))
    const traced = program('step', { loss, code: model.posterior.code, ...outputs })
    const wanted = await run(traced, feeds)
    const got = await run(traced, feeds, native)
    for (const name of Object.keys(wanted)) {
      expect(relativeDifference(got[name], wanted[name])).toBeLessThan(native.tolerance)
      expect(Array.from(wanted[name].data).some((x) => Math.abs(x) > 1e-6)).toBe(true)
    }
  })

  test('drawing, and encoding with a free batch size, share their parameters', async () => {
    const names = trace.parameters.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.filter((name) => name.startsWith('encoder.flow.1'))).toMatchInlineSnapshot(`
      [
        "encoder.flow.1.hidden.weight",
        "encoder.flow.1.hidden.bias",
        "encoder.flow.1.mean.weight",
        "encoder.flow.1.mean.bias",
        "encoder.flow.1.gate.weight",
        "encoder.flow.1.gate.bias",
      ]
    `)
    const encoder = program('encoder', encoderOutputs(spec, example))
    const { mean: center } = await run(program('center', { mean: model.posterior.mean }), feeds)
    const encoded = await run(encoder, feeds, native)
    expect(Object.keys(encoded)).toEqual(['mean'])
    expect(relativeDifference(encoded.mean, center)).toBeLessThan(native.tolerance)
  })
})
