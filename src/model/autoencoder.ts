import { fail } from '../base/errors.ts'
import { type ConcreteShape, type Dim, formatShape, sameShape } from '../base/shape.ts'
import { sumPerExample } from '../graph/functions.ts'
import { add } from '../graph/ops/add.ts'
import { cast } from '../graph/ops/cast.ts'
import { div } from '../graph/ops/div.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { sub } from '../graph/ops/sub.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Posterior } from './distributions/posterior.ts'
import { type Parameter, type ParameterList, parameterList } from './parameters.ts'
import { architectureOf, latentOf, likelihoodOf, type ModelSpec } from './spec.ts'

/** What a model must know of the data it is for. */
export interface ExampleType {
  readonly shape: ConcreteShape
  readonly dtype: 'uint8' | 'float32'
  /** Shape of the shift and scale that take stored rows to model units: [] or the example's. */
  readonly scaleShape: ConcreteShape
}

/** An autoencoder as symbolic tensors; `batch` is a number, or a name for a size known when it runs. */
export interface Autoencoder {
  readonly parameters: readonly Parameter[]
  /** Examples in model units [batch, ...exampleShape]. */
  readonly x: Tensor
  readonly posterior: Posterior
  /** The likelihood's parameter [batch, ...exampleShape]. */
  readonly output: Tensor
  /** −log p(x|z) of each example in nats [batch]. */
  readonly reconstruction: Tensor
}

/** Rows as stored, (x − shift) · scale. */
export function modelUnits(example: ExampleType, batch: Dim): Tensor {
  const stored = cast(input('x', [batch, ...example.shape], example.dtype), 'float32')
  return mul(sub(stored, shiftInput(example)), scaleInput(example))
}

const shiftInput = ({ scaleShape }: ExampleType): Tensor => input('data.shift', scaleShape)
const scaleInput = ({ scaleShape }: ExampleType): Tensor => input('data.scale', scaleShape)

/** Traces encoder, posterior, decoder and likelihood in one piece. */
export function traceAutoencoder(spec: ModelSpec, example: ExampleType, batch: Dim): Autoencoder {
  const list = parameterList()
  const x = modelUnits(example, batch)
  const posterior = traceEncoder(spec, x, list)
  const output = traceOutput(spec, example, posterior.code, list)
  const { kind, options } = likelihoodOf(spec)
  const reconstruction = sumPerExample(kind.negativeLogLikelihood(output, x, options))
  return { parameters: list.all, x, posterior, output, reconstruction }
}

function traceEncoder(spec: ModelSpec, x: Tensor, list: ParameterList): Posterior {
  const { kind, options } = architectureOf(spec)
  const features = kind.encode(x, (path) => list.under('encoder', String(path)), options)
  return latentOf(spec).posterior(features, spec.latent.size, (path) => list.under('encoder', String(path)))
}

function traceOutput(spec: ModelSpec, example: ExampleType, code: Tensor, list: ParameterList): Tensor {
  const { kind, options } = architectureOf(spec)
  const output = kind.decode(code, example.shape, (path) => list.under('decoder', String(path)), options)
  const wanted = [code.shape[0], ...example.shape]
  if (!sameShape(output.shape, wanted))
    fail({
      code: 'model/decoder-output',
      seen: `decoder gives ${formatShape(output.shape)}`,
      wanted: `${formatShape(wanted)}, the shape of the data`,
      fix: 'end the decoder with a reshape',
    })
  return output
}

/** The encoder alone: stored rows `x` to `mean` (and `logVariance`) [batch, latent]. */
export function encoderOutputs(spec: ModelSpec, example: ExampleType): Record<string, Tensor> {
  const { mean, logVariance } = traceEncoder(spec, modelUnits(example, 'batch'), parameterList())
  return logVariance ? { mean, logVariance } : { mean }
}

/** The decoder alone: codes `z` [batch, latent] to `reconstruction`, E[x|z] in the data's own units. */
export function decoderOutputs(spec: ModelSpec, example: ExampleType): Record<string, Tensor> {
  const code = input('z', ['batch', spec.latent.size])
  const output = traceOutput(spec, example, code, parameterList())
  const mean = likelihoodOf(spec).kind.mean(output)
  return { reconstruction: add(div(mean, scaleInput(example)), shiftInput(example)) }
}
