/**
 * The ONNX programs of every preset and likelihood, as text: lowering is deterministic, and a change of it shows.
 * To accept a change: `npm run golden -- --accept`, and say so in the commit.
 */
import { fromBinary } from '@bufbuild/protobuf'
import { type AttributeProto, ModelProtoSchema } from 'onnx-buf'
import { describe, expect, test } from 'vitest'
import '../../src/objective/every-part.testing.ts'
import { hexCrc32 } from '../../src/base/crc32.ts'
import { lower } from '../../src/graph/onnx/lower.ts'
import { program } from '../../src/graph/program.ts'
import { traceScoring } from '../../src/infer/scoring.ts'
import { decoderOutputs, type ExampleType, encoderOutputs } from '../../src/model/autoencoder.ts'
import { allLikelihoods } from '../../src/model/likelihoods/index.ts'
import { fittingSize, modelSchema } from '../../src/model/spec.ts'
import { allPresets } from '../../src/objective/presets/index.ts'
import { gradientProgram, updateProgram } from '../../src/train/programs.ts'
import { toyPlan } from '../../src/train/toy.testing.ts'

/** The program as text, node by node. */
function listing(bytes: Uint8Array): string {
  const { graph } = fromBinary(ModelProtoSchema, bytes)
  const value = ({ name, i, f, ints, s }: AttributeProto) =>
    `${name}=${ints.length > 0 ? `[${ints}]` : s.length > 0 ? new TextDecoder().decode(s) : f !== 0 ? f : i}`
  return [
    `crc32 ${hexCrc32(bytes)}`,
    `inputs  ${graph?.input.map(({ name }) => name).join(' ')}`,
    `outputs ${graph?.output.map(({ name }) => name).join(' ')}`,
    ...(graph?.initializer ?? []).map(
      ({ name, dims, rawData }) => `${name} = constant [${dims}] crc32 ${hexCrc32(rawData)}`,
    ),
    ...(graph?.node ?? []).map(
      ({ opType, input, output, attribute }) =>
        `${output[0]} = ${opType}(${input.join(', ')})${attribute.length > 0 ? ` {${attribute.map(value).join(' ')}}` : ''}`,
    ),
    '',
  ].join('\n')
}

const example: ExampleType = { shape: [6], dtype: 'float32', scaleShape: [] }

describe.each(allPresets)('preset $name', ({ name, latent, prior, likelihood, condition, terms }) => {
  test('its training step', async () => {
    const two = { size: 2, draws: 1, ...latent }
    const model = modelSchema.parse({
      architecture: { name: 'mlp', hidden: [8] },
      latent: { ...two, size: fittingSize({ latent: two }, two.size) },
      prior,
      likelihood,
      condition: condition?.map((known) => ({ name: known, levels: [0, 1, 2] })),
    })
    const plan = toyPlan({ model, terms })
    const bytes = lower(gradientProgram(plan).program)
    expect(lower(gradientProgram(plan).program)).toEqual(bytes)
    await expect(listing(bytes)).toMatchFileSnapshot(`./programs/train-${name}.txt`)
  })
})

test('the training step of a convolutional model', async () => {
  const architecture = { name: 'conv', widths: [3, 4], strides: [2, 1], kernel: 3, hidden: [] }
  const model = modelSchema.parse({ architecture, latent: { size: 2 }, likelihood: { name: 'bernoulli' } })
  const plan = toyPlan({ model, exampleShape: [1, 5, 6] })
  await expect(listing(lower(gradientProgram(plan).program))).toMatchFileSnapshot(
    './programs/train-convolutions.txt',
  )
})

describe.each(allLikelihoods)('likelihood $name', ({ name }) => {
  test('scoring and decoding', async () => {
    const spec = modelSchema.parse({
      architecture: { name: 'mlp', hidden: [8] },
      latent: { size: 2 },
      likelihood: { name },
    })
    await expect(listing(lower(traceScoring(spec, example).program))).toMatchFileSnapshot(
      `./programs/score-${name}.txt`,
    )
    await expect(listing(lower(program('decoder', decoderOutputs(spec, example))))).toMatchFileSnapshot(
      `./programs/decode-${name}.txt`,
    )
  })
})

test('the encoder, and the update with the optimizer inside', async () => {
  const spec = modelSchema.parse({ architecture: { name: 'mlp', hidden: [8] }, latent: { size: 2 } })
  await expect(listing(lower(program('encoder', encoderOutputs(spec, example))))).toMatchFileSnapshot(
    './programs/encode.txt',
  )
  await expect(listing(lower(updateProgram(toyPlan({ clipNorm: 1 })).program))).toMatchFileSnapshot(
    './programs/update-adam.txt',
  )
})
