/** Counts, shares, amounts and 8-bit images, each with its likelihood: trained, judged, drawn, kept and exported. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { fillNormal, fillUniform } from '../../base/random.ts'
import {
  datasetOf,
  evaluate,
  explain,
  exportOnnx,
  nodeEngines,
  open,
  openEngine,
  type RecipeDraft,
  save,
  train,
} from '../../inside.node.ts'

const { engine } = await openEngine(nodeEngines, 'native', { threads: 1 })
const [ROWS, WIDTH] = [400, 4]
const code = fillNormal(new Float32Array(ROWS), { seed: 8, stream: 21, step: 0 })
const chance = fillUniform(new Float32Array(ROWS * WIDTH), { seed: 8, stream: 21, step: 1 })
/** What one number for each row, and chance, make of every entry. */
const made = (entry: (code: number, chance: number) => number) =>
  Float32Array.from({ length: ROWS * WIDTH }, (_, i) => entry(code[Math.floor(i / WIDTH)], chance[i]))
const counts = made((z, u) => Math.floor(Math.exp(1 + z) * -Math.log(1 - u)))
const grey = made((z, u) => Math.min(255, Math.max(0, Math.round(128 + 60 * z + 10 * (u - 0.5)))))

const cases = [
  { name: 'discretized-logistic', data: grey, isBytes: true },
  { name: 'logistic-mixture', data: grey, isBytes: true },
  { name: 'negative-binomial', data: counts },
  { name: 'zero-inflated-nb', data: counts },
  { name: 'beta', data: made((z, u) => 1 / (1 + Math.exp(-z - (u - 0.5)))) },
  { name: 'hurdle', data: made((z, u) => (u < 0.4 ? 0 : Math.exp(z + u))) },
]

describe.each(cases)('$name', ({ name, data, isBytes = false }) => {
  const dataset = datasetOf({ data: isBytes ? Uint8Array.from(data) : data, shape: [ROWS, WIDTH] }, { name })
  const draft: RecipeDraft = {
    data: { source: 'made', ...(isBytes && { scaling: 'unit' }) },
    model: { likelihood: { name }, latent: { size: 2 }, architecture: { name: 'mlp', hidden: [16] } },
    training: { steps: 300, batch: 50, seed: 1, learningRate: 0.01 },
  }

  test('it is learned; what it shows is the data’s, here and exported', async () => {
    const training = train(draft, { dataset, engine })
    const losses: number[] = []
    for await (const event of training) if (event.kind === 'epoch') losses.push(event.train.loss)
    const trained = await training
    expect(losses.at(-1)).toBeLessThan(losses[0] - 0.5)
    using model = await open(save(trained), { engine })
    const rows = { data: dataset.dtype === 'uint8' ? Uint8Array.from(data) : data, shape: [ROWS, WIDTH] }
    const first = { data: rows.data.slice(0, 20 * WIDTH), shape: [20, WIDTH] }
    const { reconstruction } = await model.score(first)
    expect(reconstruction.every(Number.isFinite)).toBe(true)
    const drawn = await model.sample(50, { seed: 2 })
    const most = Math.max(...data)
    expect(Math.min(...drawn.data)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn.data)).toBeLessThan(20 * most)
    const { mean } = await model.encode(first)
    const session = await InferenceSession.create(exportOnnx(trained).decoder)
    const { reconstruction: shown } = await session.run({ z: new Tensor('float32', mean.data, mean.shape) })
    const wanted = await model.decode(mean)
    for (const [i, x] of wanted.data.entries())
      expect(Math.abs(Number(shown.data[i]) - x) / most).toBeLessThan(1e-4)
    const judged = await evaluate(model, dataset, { split: 'all' })
    expect(judged.bitsPerDimension).toBeCloseTo(-Number(judged.elbo) / (WIDTH * Math.LN2), 10)
    if (isBytes) expect(judged.bitsPerDimension).toBeLessThan(8)
    const { model: spec, objective } = trained.trained.recipe
    const { formula } = explain(objective, spec, { shape: dataset.exampleShape }, ROWS)
    expect(formula).toContain({ beta: 'Beta(x; x̂', hurdle: 'LogNormal(x; m' }[name] ?? '(x; ')
  })
})

test('values that a likelihood does not hold are refused before anything is trained', async () => {
  const refused = async (name: string, values: number[], scaling: 'none' | 'unit' = 'none') => {
    const dataset = datasetOf(
      { data: Float32Array.from(values), shape: [values.length, 1] },
      { name: 'made' },
    )
    const draft: RecipeDraft = { data: { source: 'made', scaling }, model: { likelihood: { name } } }
    return train(draft, { dataset, engine }).then(
      () => 'trained',
      (error: unknown) => String(error),
    )
  }
  const many = (value: number) => [value, ...Array.from({ length: 40 }, (_, i) => (i % 2) * 0.5 + 0.25)]
  expect(await refused('beta', many(1))).toMatchInlineSnapshot(
    `"BetavaeError: 1 in row 1 (after scaling) for the likelihood "beta"; wanted values between 0 and 1, neither of them. Fix: use --likelihood continuous-bernoulli --scaling unit. [recipe/outside-unit]"`,
  )
  expect(await refused('discretized-logistic', many(0.1))).toMatchInlineSnapshot(
    `"BetavaeError: 0.10000000149011612 in row 1 (after scaling) for the likelihood "discretized-logistic"; wanted one of 256 levels from 0 to 1, which --levels counts. Fix: use --likelihood continuous-bernoulli --scaling unit. [recipe/outside-unit]"`,
  )
  expect(await refused('hurdle', many(-1))).toMatchInlineSnapshot(
    `"BetavaeError: -1 in row 1 (after scaling) for the likelihood "hurdle"; wanted 0 and numbers above it. Fix: use --likelihood gaussian. [recipe/outside-support]"`,
  )
  expect(await refused('negative-binomial', many(1))).toMatchInlineSnapshot(
    `"BetavaeError: 0.25 in row 2 (after scaling) for the likelihood "negative-binomial"; wanted whole numbers from 0 on. Fix: use --likelihood gaussian. [recipe/outside-support]"`,
  )
})
