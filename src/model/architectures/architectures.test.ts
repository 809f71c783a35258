import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sizeOf } from '../../base/shape.ts'
import type { Engine } from '../../engine/engine.ts'
import { nativeEngine } from '../../engine/onnxruntime/node/native.ts'
import { nodeWasmEngine } from '../../engine/onnxruntime/node/wasm.ts'
import { referenceEngine } from '../../engine/reference.ts'
import { program } from '../../graph/program.ts'
import { checkGradient, relativeDifference } from '../../testing/probing.ts'
import { type ExampleType, encoderOutputs, parametersOf } from '../autoencoder.ts'
import { type Choice, modelSchema } from '../spec.ts'
import { type ImageWorld, imageWorld, trainingProgram } from './image.testing.ts'
import { widthsFor } from './sized.ts'

const native = await nativeEngine({ threads: 1 })
const wasm = await nodeWasmEngine({ threads: 1 })

const parametersFor = (name: string, shape: readonly number[], latent = 10) => {
  const example: ExampleType = { shape, dtype: 'float32', scaleShape: [] }
  return parametersOf(modelSchema.parse({ architecture: { name }, latent: { size: latent } }), example)
}

describe('parameters', () => {
  test.each([
    ['burgess', [1, 64, 64], 502_005],
    ['burgess', [3, 32, 32], 471_223],
    ['locatello', [1, 64, 64], 690_517],
    ['higgins', [1, 64, 64], 14_196_516],
    ['conv', [1, 28, 28], 1_683_669],
    ['resnet', [3, 32, 32], 1_067_799],
  ] as const)('%s for %j has as many as the same network in PyTorch', (name, shape, wanted) => {
    const counts = parametersFor(name, shape).map((own) => sizeOf(own.shape))
    expect(counts.reduce((a, b) => a + b)).toBe(wanted)
  })

  test('of locatello lie where the paper has them', () => {
    const weights = parametersFor('locatello', [1, 64, 64]).filter(({ name }) => name.endsWith('weight'))
    expect(weights.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toMatchInlineSnapshot(`
      [
        "encoder.conv.0.weight 32×1×4×4",
        "encoder.conv.1.weight 32×32×4×4",
        "encoder.conv.2.weight 64×32×2×2",
        "encoder.conv.3.weight 64×64×2×2",
        "encoder.dense.0.weight 256×1024",
        "encoder.mean.weight 10×256",
        "encoder.logVariance.weight 10×256",
        "decoder.dense.0.weight 256×10",
        "decoder.dense.1.weight 1024×256",
        "decoder.conv.3.weight 64×64×4×4",
        "decoder.conv.2.weight 64×32×4×4",
        "decoder.conv.1.weight 32×32×4×4",
        "decoder.conv.0.weight 32×1×4×4",
      ]
    `)
  })
})

describe('any image comes back in its own size', () => {
  const sided = fc.tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 70 }),
    fc.integer({ min: 1, max: 70 }),
  )
  const few = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })

  test.each(['conv', 'resnet'])('%s with its default options', (name) => {
    fc.assert(
      fc.property(sided, (shape) => {
        const { model } = imageWorld({ architecture: { name }, shape })
        expect(model.output.shape).toEqual([2, ...shape])
      }),
      { numRuns: 25 },
    )
  })

  test('conv with any widths, kernel and strides, and two outputs for each entry', () => {
    const kernel = fc.integer({ min: 1, max: 6 })
    fc.assert(
      fc.property(sided, few, kernel, few, (shape, widths, kernel, strides) => {
        const architecture = { name: 'conv', widths, kernel, strides: strides.slice(0, widths.length) }
        const likelihood = { name: 'gaussian', sigma: 'decoder' }
        const { model } = imageWorld({ architecture, shape, likelihood })
        expect(model.output.shape).toEqual([2, 2 * shape[0], shape[1], shape[2]])
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    [
      [28, 28],
      [32, 64],
    ],
    [
      [32, 32],
      [32, 64, 64],
    ],
    [
      [17, 23],
      [32, 64],
    ],
    [
      [64, 64],
      [32, 64, 64, 64],
    ],
    [[8, 8], [32]],
    [[1, 1], [32]],
  ] as const)('%j has widths %j by default', (size, widths) => {
    expect(widthsFor(size)).toEqual(widths)
  })
})

test('what does not fit is refused', () => {
  const refusal = (architecture: Choice, shape: readonly number[]) => () =>
    imageWorld({ architecture, shape })
  expect(refusal({ name: 'conv' }, [16])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "conv" for examples of shape [16]; wanted images [channels, height, width]. Fix: use --arch mlp. [model/no-image]]`,
  )
  expect(refusal({ name: 'burgess' }, [1, 28, 28])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "burgess" for images of 28×28; wanted sides that are multiples of 16 from 64 up, or of 8 from 32 up. Fix: use --arch conv, which takes images of any size. [model/image-size]]`,
  )
  expect(refusal({ name: 'burgess' }, [1, 72, 64])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "burgess" for images of 72×64; wanted sides that are multiples of 16 from 64 up, or of 8 from 32 up. Fix: use --arch conv, which takes images of any size. [model/image-size]]`,
  )
  expect(refusal({ name: 'locatello' }, [1, 28, 28])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: architecture "locatello" for images of 28×28; wanted sides that are multiples of 16, such as 64×64. Fix: use --arch conv, which takes images of any size. [model/image-size]]`,
  )
  expect(
    refusal({ name: 'conv', widths: [8], strides: [2, 1] }, [1, 9, 9]),
  ).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: strides 2, 1 of convolutions of widths 8; wanted at most one stride for each width. Fix: give fewer --strides, or more --widths. [model/strides]]`,
  )
  expect(refusal({ name: 'resnet', widths: [12] }, [1, 9, 9])).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: 8 groups of 12 channels; wanted a number of groups that divides every width. Fix: use --groups 4, or widths that are multiples of 8. [model/groups]]`,
  )
})

const tanh = { activation: 'tanh' }
const small: readonly [string, Choice, number[]][] = [
  ['conv', { name: 'conv', widths: [2, 3], strides: [1, 2], kernel: 3, hidden: [4], ...tanh }, [1, 5, 6]],
  [
    'conv with group norm',
    { name: 'conv', widths: [4], hidden: [], norm: 'group', groups: 2, ...tanh },
    [2, 4, 3],
  ],
  ['resnet', { name: 'resnet', widths: [2], hidden: [3], groups: 1, ...tanh }, [1, 4, 5]],
]

describe.each(small)('a small %s', (_, architecture, shape) => {
  test('has the gradient of central differences', async () => {
    const { loss, parameters, feeds, model } = imageWorld({ architecture, shape })
    const inputs = [...parameters.map(({ tensor }) => tensor), model.x]
    const names = parameters.map(({ name }) => name)
    const check = await checkGradient(loss, names, inputs, feeds)
    expect(check.probesVary).toBe(true)
    expect(check.worst).toBeLessThan(1e-7)
  })
})

/** Runs loss and gradient on an engine and gives the largest difference from the reference, in its tolerances. */
async function disagreement(engine: Engine, world: ImageWorld): Promise<number> {
  const traced = trainingProgram(world)
  using exact = await referenceEngine.load(traced)
  using own = await engine.load(traced)
  const [wanted, got] = await Promise.all([exact.run(world.feeds), own.run(world.feeds)])
  const differences = Object.keys(wanted).map((name) => relativeDifference(got[name], wanted[name]))
  return Math.max(...differences) / engine.tolerance
}

describe.each([native, wasm])('$name agrees with the reference', (engine) => {
  test.each<[Choice, number[]]>([
    [{ name: 'burgess' }, [1, 32, 32]],
    [{ name: 'locatello' }, [1, 16, 32]],
    [{ name: 'conv', widths: [4, 6] }, [3, 17, 23]],
    [{ name: 'conv', widths: [4, 6, 4], kernel: 5, strides: [3, 1, 2], norm: 'group', groups: 2 }, [1, 9, 4]],
    [{ name: 'resnet', widths: [8, 8], blocks: 2 }, [3, 13, 12]],
  ])('%j for %j', async (architecture, shape) => {
    expect(await disagreement(engine, imageWorld({ architecture, shape }))).toBeLessThan(1)
  })
})

test('kernels, strides and sizes of every kind agree', async () => {
  const three = fc.integer({ min: 1, max: 3 })
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
      ),
      fc.array(three, { minLength: 2, maxLength: 2 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(three, { minLength: 2, maxLength: 2 }),
      async (shape, widths, kernel, strides) => {
        const architecture = { name: 'conv', widths, kernel, strides, hidden: [4], ...tanh }
        expect(await disagreement(native, imageWorld({ architecture, shape }))).toBeLessThan(1)
      },
    ),
    { numRuns: 25 },
  )
})

test('an encoder alone keeps its batch open', () => {
  const spec = modelSchema.parse({ architecture: { name: 'resnet', widths: [8] }, latent: { size: 2 } })
  const outputs = encoderOutputs(spec, { shape: [1, 6, 6], dtype: 'uint8', scaleShape: [] })
  expect(program('encoder', outputs).outputs.mean.shape).toEqual(['batch', 2])
})
