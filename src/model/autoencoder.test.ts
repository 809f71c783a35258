import { describe, expect, test } from 'vitest'
import { referenceEngine } from '../engine/reference.ts'
import { gradient } from '../graph/gradient.ts'
import { input } from '../graph/ops/input.ts'
import { sum } from '../graph/ops/sum.ts'
import { program } from '../graph/program.ts'
import { decoderOutputs, type ExampleType, encoderOutputs, parametersOf } from './autoencoder.ts'
import { boundLogVariance } from './distributions/gaussian.ts'
import { initialValues } from './parameters.ts'
import { type Choice, completeModel, modelSchema } from './spec.ts'

const mnist: ExampleType = { shape: [1, 28, 28], dtype: 'uint8', scaleShape: [] }

test('a bounded log-variance never stops its gradient, is close to the identity, and cannot overflow', async () => {
  const raw = input('raw', [7])
  const bounded = boundLogVariance(raw)
  using executable = await referenceEngine.load(
    program('bound', { bounded, slope: gradient(sum(bounded), [raw])[0] }),
  )
  const values = [-1e4, -200, -6, 0, 2, 200, 1e4]
  const { bounded: out, slope } = await executable.run({
    raw: { data: Float64Array.from(values), shape: [7] },
  })
  for (let i = 0; i < values.length; i++) {
    expect(Math.abs(out.data[i])).toBeLessThanOrEqual(20)
    expect(Math.fround(slope.data[i])).toBeGreaterThan(0)
  }
  expect(out.data[2]).toBeCloseTo(-5.75, 2)
  expect(out.data[3]).toBe(0)
  expect(slope.data[3]).toBe(1)
})

test('the default model is 784-400-20-400-784, mirrored', () => {
  const parameters = parametersOf(modelSchema.parse({}), mnist)
  expect(parameters.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toMatchInlineSnapshot(`
    [
      "encoder.0.weight 400×784",
      "encoder.0.bias 400",
      "encoder.mean.weight 20×400",
      "encoder.mean.bias 20",
      "encoder.logVariance.weight 20×400",
      "encoder.logVariance.bias 20",
      "decoder.0.weight 400×20",
      "decoder.0.bias 400",
      "decoder.1.weight 784×400",
      "decoder.1.bias 784",
    ]
  `)
  expect(parameters.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0)).toBe(652_824)
})

test('starting values are uniform within 1/√fan-in and depend on the seed', () => {
  const [weight] = parametersOf(modelSchema.parse({}), mnist)
  const values = initialValues(weight, 0, 1)
  const bound = 1 / Math.sqrt(784)
  const variance = values.reduce((total, x) => total + x * x, 0) / values.length
  expect(Math.max(...values.subarray(0, 10_000))).toBeLessThan(bound)
  expect(variance).toBeCloseTo(bound ** 2 / 3, 5)
  expect(initialValues(weight, 0, 1)).toEqual(values)
  expect(initialValues(weight, 0, 2)).not.toEqual(values)
  expect(initialValues(weight, 1, 1)).not.toEqual(values)
})

describe('encoder and decoder alone', () => {
  const spec = modelSchema.parse({ architecture: { name: 'mlp', hidden: [3] }, latent: { size: 2 } })
  test('they are the halves of the whole, named and with a free batch size', () => {
    const encoder = program('encoder', encoderOutputs(spec, mnist))
    const decoder = program('decoder', decoderOutputs(spec, mnist))
    expect(Object.keys(encoder.outputs)).toEqual(['mean', 'logVariance'])
    expect(encoder.inputs.find(({ name }) => name === 'x')).toEqual({
      name: 'x',
      dtype: 'uint8',
      shape: ['batch', 1, 28, 28],
    })
    expect(decoder.outputs.reconstruction.shape).toEqual(['batch', 1, 28, 28])
    const whole = parametersOf(spec, mnist).map(({ name }) => name)
    const halves = [...encoder.inputs, ...decoder.inputs].map(({ name }) => name)
    expect(halves.filter((name) => /^(en|de)coder/.test(name)).sort()).toEqual([...whole].sort())
  })
})

test('widths that follow the size of the images are written out', () => {
  const complete = (architecture: Choice, shape: number[]) =>
    completeModel(modelSchema.parse({ architecture }), shape).architecture.widths
  expect(complete({ name: 'conv' }, [1, 28, 28])).toEqual([32, 64])
  expect(complete({ name: 'resnet' }, [3, 64, 64])).toEqual([32, 64, 64, 64])
  expect(complete({ name: 'conv', widths: [5] }, [1, 28, 28])).toEqual([5])
})

test('a spec is completed with every option written out, and refuses what it does not know', () => {
  expect(completeModel(modelSchema.parse({ likelihood: { name: 'gaussian' } }), [6])).toEqual({
    architecture: { name: 'mlp', hidden: [400], activation: 'relu' },
    latent: { name: 'gaussian', size: 20, draws: 1 },
    prior: { name: 'standard' },
    likelihood: { name: 'gaussian', sigma: 1 },
  })
  const complete = (part: object) => () => completeModel(modelSchema.parse(part), [6])
  expect(complete({ architecture: { name: 'mpl' } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "mpl"; wanted mlp, conv, resnet, burgess, locatello, higgins, conv1d. Fix: name one of those. [choice/unknown-architecture]]`,
  )
  expect(complete({ likelihood: { name: 'gaussian', sigma: -1 } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: likelihood "gaussian" with {"sigma":-1}; wanted sigma: a number > 0. Fix: correct the options of the likelihood. [choice/likelihood-options]]`,
  )
  expect(complete({ architecture: { name: 'mlp', hiden: [3] } })).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "mlp" with {"hiden":[3]}; wanted no "hiden" there. Fix: correct the options of the architecture. [choice/architecture-options]]`,
  )
})
