import type { Dim } from '../base/shape.ts'
import { sumPerExample } from '../graph/functions.ts'
import type { Tensor } from '../graph/tensor.ts'
import { conditionInput } from './condition.ts'
import { traceDecoder } from './decoder.ts'
import type { Drawn, Training } from './distributions/latent.ts'
import { type Divergence, traceDivergence } from './divergence.ts'
import { overDraws, perDraw, repeated } from './draws.ts'
import { traceDraws, traceStatistics } from './encoder.ts'
import { type ExampleType, modelUnits } from './example.ts'
import { generativeOf } from './generative.ts'
import type { Density } from './likelihoods/likelihood.ts'
import type { Parameter } from './parameters.ts'
import type { CodeSpace } from './spaces.ts'
import { latentOf, type ModelSpec, spaceOf } from './spec.ts'
import { newTrace } from './trace.ts'

// All that traces a model is had from here: pages then load it as one piece, where files by themselves would be many.
export { codeContext, codingOf, tracePrior } from './code-prior.ts'
export { decoderOutputs, encoderOutputs } from './coders.ts'
export { traceDecoder } from './decoder.ts'
export { byExample, overDraws, perDraw, repeated } from './draws.ts'
export { overTime, traceDraws, traceFeatures, traceStatistics } from './encoder.ts'
export { type ExampleType, modelUnits } from './example.ts'
export { generativeOf } from './generative.ts'

/** What is known of the codes of a batch. @inline */
export interface Posterior extends Drawn {
  /** By example [batch, …], not by draw. */
  readonly statistics: Readonly<Record<string, Tensor>>
  /** The code that stands for each example [batch, latent]. */
  readonly mean: Tensor
}

/**
 * An autoencoder as symbolic tensors; `batch` is a number, or a name for a size known when it runs.
 *
 * Every example has `draws` codes, each a row: rows = batch · draws, those of one example next to each other.
 */
export interface Autoencoder extends Divergence {
  readonly draws: number
  /** Examples in model units [batch, ...exampleShape]. */
  readonly x: Tensor
  /** What the encoder was shown: x, unless a term corrupts it. */
  readonly seen: Tensor
  /** What is known of each example besides [batch, width]; undefined where the model is given nothing. */
  readonly condition: Tensor | undefined
  readonly posterior: Posterior
  /** Where codes live. */
  readonly space: CodeSpace
  /** What the decoder gives [rows, outputs, …rest]. */
  readonly output: Tensor
  readonly density: Density
  /** What other codes [rows, latent] are decoded to, each with the condition of the example that its row is of. */
  decode(code: Tensor): Density
  /** −log p(x|z) of each draw in nats [rows]. */
  readonly reconstructionOfDraws: Tensor
  /** −log p(x|z) of each example in nats [batch], averaged over its draws. */
  readonly reconstruction: Tensor
}

export interface TraceOptions {
  /** More than 1 needs a batch that is a number. */
  readonly draws?: number
  /** What is done to examples before the encoder sees them. */
  readonly corrupt?: (x: Tensor) => Tensor
  /** What draws may use, where a model is traced for training. */
  readonly training?: Training
}

/** Traces encoder, posterior, prior, decoder and likelihood in one piece. */
export function traceAutoencoder(
  spec: ModelSpec,
  example: ExampleType,
  batch: Dim,
  { draws = 1, corrupt = (x) => x, training }: TraceOptions = {},
  trace = newTrace(),
): Autoencoder {
  const x = modelUnits(example, batch)
  const seen = corrupt(x)
  const condition = conditionInput(spec, batch)
  const statistics = traceStatistics(spec, seen, trace, condition)
  const { kind: latent, options } = latentOf(spec)
  const layers = trace.layers('encoder')
  const model = { spec, example, trace, x, condition }
  const drawn = traceDraws(spec, repeated(statistics, draws), trace, generativeOf(model, draws), training)
  const mean = latent.center(statistics, layers, options, generativeOf(model))
  const given = condition && perDraw(condition, draws)
  const decoded = (code: Tensor) => traceDecoder(spec, example, code, trace, given)
  const { output, density } = decoded(drawn.code)
  const losses = sumPerExample(density.negativeLogLikelihood(perDraw(x, draws)))
  return {
    draws,
    x,
    seen,
    condition,
    posterior: { ...drawn, statistics, mean },
    space: spaceOf(spec),
    output,
    density,
    decode: (code) => decoded(code).density,
    reconstructionOfDraws: losses,
    reconstruction: overDraws(losses, draws),
    ...traceDivergence(spec, example, { ...drawn, statistics }, trace, draws),
  }
}

/** The parameters of a model, in the order of its layers. */
export function parametersOf(spec: ModelSpec, example: ExampleType): readonly Parameter[] {
  const trace = newTrace()
  traceAutoencoder(spec, example, 1, {}, trace)
  return trace.parameters
}
