import { fail } from '../base/errors.ts'
import { type ConcreteShape, concrete, type Dim, formatShape, sameShape } from '../base/shape.ts'
import { streams } from '../base/streams.ts'
import { mean, sumPerExample } from '../graph/functions.ts'
import { add } from '../graph/ops/add.ts'
import { cast } from '../graph/ops/cast.ts'
import { div } from '../graph/ops/div.ts'
import { input } from '../graph/ops/input.ts'
import { mul } from '../graph/ops/mul.ts'
import { reshape } from '../graph/ops/reshape.ts'
import { sub } from '../graph/ops/sub.ts'
import { broadcastTo } from '../graph/ops/sum.ts'
import type { Tensor } from '../graph/tensor.ts'
import { besideCode, besideExample, conditionFor, conditionInput } from './condition.ts'
import { klToStandardNormal } from './distributions/gaussian.ts'
import type { Coding, Drawn, Generative, Statistics, Training } from './distributions/latent.ts'
import { refuseLatentWithout, refuseOtherSpace } from './latent-needs.ts'
import { imageOf } from './layers/by-place.ts'
import type { Density } from './likelihoods/likelihood.ts'
import type { Parameter } from './parameters.ts'
import { type Mixture, type PriorContext, type TracedPrior, tracedPrior } from './priors/prior.ts'
import type { CodeSpace } from './spaces.ts'
import { logCodes } from './spaces.ts'
import {
  architectureOf,
  latentOf,
  likelihoodOf,
  type ModelSpec,
  noiseNeedOf,
  placesOfCode,
  priorOf,
  type SpecOf,
  spaceOf,
  windowsOf,
} from './spec.ts'
import { newTrace, type Trace } from './trace.ts'

/** What a model must know of the data it is for. @inline */
export interface ExampleType {
  readonly shape: ConcreteShape
  readonly dtype: 'uint8' | 'float32'
  /** Shape of the shift and scale that take stored rows to model units: [] or the example's. */
  readonly scaleShape: ConcreteShape
}

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
export interface Autoencoder {
  readonly draws: number
  /** Examples in model units [batch, ...exampleShape]. */
  readonly x: Tensor
  /** What the encoder was shown: x, unless a term corrupts it. */
  readonly seen: Tensor
  /** What is known of each example besides [batch, width]; undefined where the model is given nothing. */
  readonly condition: Tensor | undefined
  readonly posterior: Posterior
  readonly prior: TracedPrior
  /** Where codes live. */
  readonly space: CodeSpace
  /** Components of the prior, where it is a mixture of Gaussians. */
  readonly mixture: Mixture | undefined
  /** What the decoder gives [rows, outputs, …rest]. */
  readonly output: Tensor
  readonly density: Density
  /** What other codes [rows, latent] are decoded to, each with the condition of the example that its row is of. */
  decode(code: Tensor): Density
  /** −log p(x|z) of each draw in nats [rows]. */
  readonly reconstructionOfDraws: Tensor
  /** −log p(x|z) of each example in nats [batch], averaged over its draws. */
  readonly reconstruction: Tensor
  /** log q(z|x) − log p(z) of each draw in nats [rows]; absent where nothing is drawn. */
  readonly logRatio?: Tensor
  /** KL(q(z|x) ‖ p(z)) of each example in nats [batch], all given its condition where there is one: closed form where there is one, else estimated at the draws. */
  readonly kl?: Tensor
  /** Of each dimension [batch, latent], where the KL is a sum over them. */
  readonly klPerDimension?: Tensor
}

export interface TraceOptions {
  /** More than 1 needs a batch that is a number. */
  readonly draws?: number
  /** What is done to examples before the encoder sees them. */
  readonly corrupt?: (x: Tensor) => Tensor
  /** What draws may use, where a model is traced for training. */
  readonly training?: Training
}

/** Rows as stored, (x − shift) · scale. */
export function modelUnits(example: ExampleType, batch: Dim): Tensor {
  const stored = cast(input('x', [batch, ...example.shape], example.dtype), 'float32')
  return mul(sub(stored, shiftInput(example)), scaleInput(example))
}

const shiftInput = ({ scaleShape }: ExampleType): Tensor => input('data.shift', scaleShape)
const scaleInput = ({ scaleShape }: ExampleType): Tensor => input('data.scale', scaleShape)

/** Every row `draws` times, one after the other: [batch, …] to [batch · draws, …]. */
export function perDraw(x: Tensor, draws: number): Tensor {
  if (draws === 1) return x
  const [batch, ...rest] = x.shape
  const repeated = broadcastTo(reshape(x, [batch, 1, ...rest]), [batch, draws, ...rest])
  return reshape(repeated, [(batch as number) * draws, ...rest])
}

/** Numbers of each draw [rows] apart by example: [batch, draws]. */
export const byExample = (x: Tensor, draws: number): Tensor =>
  reshape(x, [(x.shape[0] as number) / draws, draws])

/** Numbers of each draw [rows], averaged by example [batch]. */
export const overDraws = (x: Tensor, draws: number): Tensor =>
  draws === 1 ? x : mean(byExample(x, draws), [1])

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

export const repeated = (statistics: Statistics, draws: number): Statistics =>
  Object.fromEntries(Object.entries(statistics).map(([name, x]) => [name, perDraw(x, draws)]))

type Divergence = Pick<Autoencoder, 'prior' | 'mixture' | 'logRatio' | 'kl' | 'klPerDimension'>

function traceDivergence(
  spec: ModelSpec,
  example: ExampleType,
  { code, logDensity, kl, statistics }: Drawn & { readonly statistics: Statistics },
  trace: Trace,
  draws: number,
): Divergence {
  const prior = tracePrior(spec, example, trace, draws)
  const { mixture } = prior
  if (!logDensity) return { prior, mixture }
  const logRatio = sub(logDensity, prior.logDensity(code))
  const closed = prior.isReference
    ? kl
      ? columnsOverDraws(kl, draws)
      : closedKl(spec, statistics, trace)
    : (gaussianKl(spec, prior, statistics, draws) ??
      discreteKl(spec, prior, { code, statistics }, trace, draws))
  if (!closed) return { prior, mixture, logRatio, kl: overDraws(logRatio, draws) }
  if (closed.shape.length === 1) return { prior, mixture, logRatio, kl: closed }
  return { prior, mixture, logRatio, kl: sumPerExample(closed), klPerDimension: closed }
}

/** KL to the reference prior of the latent's space, [batch, latent] or [batch]; undefined where draws must tell. */
function closedKl(spec: ModelSpec, statistics: Statistics, trace: Trace): Tensor | undefined {
  const { kind, options } = latentOf(spec)
  if (kind.kl) return kind.kl(statistics, trace.layers('encoder'), options)
  return kind.gaussian ? klToStandardNormal(statistics.mean, statistics.logVariance) : undefined
}

/** KL of a Gaussian posterior to a prior that is none of reference but has it in closed form [batch, latent]. */
function gaussianKl(
  spec: ModelSpec,
  { klOfGaussian }: TracedPrior,
  statistics: Statistics,
  draws: number,
): Tensor | undefined {
  if (!klOfGaussian || !latentOf(spec).kind.gaussian) return undefined
  const { mean: center, logVariance } = repeated(statistics, draws)
  return columnsOverDraws(klOfGaussian(center, logVariance), draws)
}

/** Columns of numbers of each draw [rows, columns], averaged by example [batch, columns]. */
function columnsOverDraws(x: Tensor, draws: number): Tensor {
  const [rows, columns] = x.shape
  return draws === 1 ? x : mean(reshape(x, [(rows as number) / draws, draws, columns]), [1])
}

/**
 * KL to a learned prior of discrete codes [batch]: what a code is known by, Σ q log q, in closed form, less log p(z) at the
 * draws.
 */
function discreteKl(
  spec: ModelSpec,
  prior: TracedPrior,
  { code, statistics }: Pick<Drawn, 'code'> & { readonly statistics: Statistics },
  trace: Trace,
  draws: number,
): Tensor | undefined {
  const space = spaceOf(spec)
  const toUniform = space.kind === 'discrete' ? closedKl(spec, statistics, trace) : undefined
  if (space.kind !== 'discrete' || !toUniform) return undefined
  const known = sub(sumPerExample(toUniform), logCodes(space.levels))
  return sub(known, overDraws(prior.logDensity(code), draws))
}

/** The parameters of a model, in the order of its layers. */
export function parametersOf(spec: ModelSpec, example: ExampleType): readonly Parameter[] {
  const trace = newTrace()
  traceAutoencoder(spec, example, 1, {}, trace)
  return trace.parameters
}

/** What the encoder says of examples in model units [batch, ...exampleShape], given their condition. */
export function traceStatistics(spec: ModelSpec, x: Tensor, trace: Trace, condition?: Tensor): Statistics {
  const { kind: latent, options: chosen } = latentOf(spec)
  const features = traceFeatures(spec, x, trace, condition)
  return latent.statistics(features, spec.latent.size, trace.layers('encoder'), chosen)
}

/** The encoder's features [batch, width], or images of them, from which it says what it says. */
export function traceFeatures(spec: ModelSpec, x: Tensor, trace: Trace, condition?: Tensor): Tensor {
  const { kind, options } = architectureOf(spec)
  const { kind: likelihood, options: reading } = likelihoodOf(spec)
  const layers = trace.layers('encoder')
  const shown = likelihood.shown?.(x, reading) ?? x
  const read = besideExample(
    overTime(spec, shown),
    conditionFor(spec, condition),
    kind.isFlat ?? false,
    layers,
  )
  const isImage = placesOfCode(spec, concrete(x.shape.slice(1), 'an encoder')) !== undefined
  return ((isImage && kind.onGrid) || kind).encode(read, layers, options)
}

/** Examples [batch, …] as the architecture reads them: windows as numbers over time, where it does. */
export const overTime = (spec: SpecOf<'architecture' | 'likelihood'>, x: Tensor): Tensor =>
  windowsOf(spec)?.overTime(x) ?? x

/** A code for each row of statistics, drawn with the program input `noise`. */
export function traceDraws(
  spec: ModelSpec,
  statistics: Statistics,
  trace: Trace,
  generative: Generative,
  training?: Training,
): Drawn {
  const { kind, options } = latentOf(spec)
  const [rows] = statistics.mean.shape
  const need = noiseNeedOf(spec)
  const noise = () => trace.draw('noise', need.kind, [rows, need.width], streams.posterior)
  const isDrawn = kind.stochastic && need.width > 0
  return kind.draw(
    statistics,
    isDrawn ? noise() : statistics.mean,
    trace.layers('encoder'),
    options,
    training,
    generative,
  )
}

/** A model being traced, and the examples [batch, …] in model units that it is about. */
interface TracedExamples {
  readonly spec: ModelSpec
  readonly example: ExampleType
  readonly trace: Trace
  readonly x: Tensor
  readonly condition?: Tensor | undefined
}

/** The model p(x, z) of examples, for so many codes of each. */
export const generativeOf = (
  { spec, example, trace, x, condition }: TracedExamples,
  draws = 1,
): Generative => ({
  layers: trace.layers('decoder'),
  logJoint(code) {
    const given = condition && perDraw(condition, draws)
    const { density } = traceDecoder(spec, example, code, trace, given)
    const loss = sumPerExample(density.negativeLogLikelihood(perDraw(x, draws)))
    return sub(tracePrior(spec, example, trace, draws).logDensity(code), loss)
  },
})

/**
 * The prior: its density, and its components or how it is drawn from; where a condition is given, of codes of which so many
 * belong to each example. Errors (usage): `model/prior-space`, `model/prior-latent`, `model/prior-condition`.
 */
export function tracePrior(spec: ModelSpec, example: ExampleType, trace: Trace, draws = 1): TracedPrior {
  const { kind, options } = priorOf(spec)
  const subject = `the prior "${kind.name}"`
  refuseLatentWithout(
    { code: 'model/prior-latent', subject, need: kind.needs, otherwise: '--prior standard' },
    spec,
  )
  refuseOtherSpace(spec)
  const condition = spec.condition && { condition: conditionOfCodes(spec, draws) }
  return tracedPrior(kind, { ...codeContext(spec, example, trace, 'prior'), ...condition }, options)
}

/** What densities of a model's codes are told of it; their parameters are declared as those of a part. */
export function codeContext(
  spec: ModelSpec,
  example: ExampleType,
  trace: Trace,
  part: string,
): Omit<PriorContext, 'condition'> {
  const { kind, options } = likelihoodOf(spec)
  const places = placesOfCode(spec, example.shape)
  return {
    latent: spec.latent.size,
    space: spaceOf(spec),
    exampleShape: example.shape,
    layers: trace.layers(part),
    unitInterval: kind.support(options).isUnit ?? false,
    ...(places && { places }),
    encode: (x) => (spec.condition ? refuseEncoding(spec) : traceStatistics(spec, x, trace)),
    ...codingOf(spec, trace),
  }
}

/** The condition of so many codes, of which `draws` belong to each example. */
const conditionOfCodes =
  (spec: ModelSpec, draws: number) =>
  (rows: Dim): Tensor =>
    perDraw(conditionInput(spec, draws === 1 ? rows : (rows as number) / draws) as Tensor, draws)

/** How the variables of discrete codes are read and written; nothing of other codes. */
export function codingOf(spec: ModelSpec, trace: Trace): Pick<PriorContext, 'coding'> {
  const { kind, options } = latentOf(spec)
  const coding: Coding<unknown> | undefined = kind.coding
  if (!coding) return {}
  const layers = trace.layers('encoder')
  return {
    coding: {
      read: (code) => coding.read(code, layers, options),
      write: (oneHot) => coding.write(oneHot, layers, options),
    },
  }
}

/** Pseudo-inputs have no condition that anyone knows. */
const refuseEncoding = (spec: ModelSpec): never =>
  fail({
    code: 'model/prior-condition',
    seen: `the prior "${spec.prior.name}", made of examples without a condition, in a model that is given one`,
    wanted: 'a prior that encodes nothing',
    fix: 'use --prior standard or --prior mixture, or leave --condition out',
    usage: true,
  })

/** What the decoder gives [rows, ...shape] for codes [rows, latent], where an output has that shape. */
function traceOutput(
  spec: ModelSpec,
  { shape }: Pick<ExampleType, 'shape'>,
  code: Tensor,
  trace: Trace,
  given: Tensor | undefined,
): Tensor {
  const { kind, options } = architectureOf(spec)
  const { kind: latent, options: own } = latentOf(spec)
  const layers = trace.layers('decoder')
  const charted = latent.chart?.(code, own, layers) ?? code
  const places = placesOfCode(spec, shape)
  if (places && kind.onGrid) {
    const read = besideExample(imageOf(charted, places), given, false, layers)
    return kind.onGrid.decode(read, shape, layers, options)
  }
  const windows = windowsOf(spec)
  const decoded = kind.decode(besideCode(charted, given), windows?.decoded ?? shape, layers, options)
  return windows?.asExamples(decoded) ?? decoded
}

/** The decoder's output for codes [rows, latent] given their condition, and the distribution over examples that it is. */
export function traceDecoder(
  spec: ModelSpec,
  example: ExampleType,
  code: Tensor,
  trace: Trace,
  condition?: Tensor,
): { readonly output: Tensor; readonly density: Density } {
  const { kind: likelihood, options: chosen } = likelihoodOf(spec)
  const [first, ...rest] = example.shape
  const shape = [likelihood.outputs(first, chosen), ...rest]
  const output = traceOutput(spec, { ...example, shape }, code, trace, conditionFor(spec, condition))
  const wanted = [code.shape[0], ...shape]
  if (!sameShape(output.shape, wanted))
    fail({
      code: 'model/decoder-output',
      seen: `decoder gives ${formatShape(output.shape)}`,
      wanted: `${formatShape(wanted)}, the shape of the data`,
      fix: 'end the decoder with a reshape',
    })
  const declare = trace.layers('likelihood')('')
  const context = { exampleShape: example.shape, declare, replace: trace.replace }
  return { output, density: likelihood.density(output, context, chosen) }
}

/** The encoder alone: stored rows `x`, and their `condition` where there is one, to `mean` [batch, latent], and `logVariance` where the posterior is Gaussian. */
export function encoderOutputs(
  spec: ModelSpec,
  example: ExampleType,
  trace = newTrace(),
): Record<string, Tensor> {
  const { kind, options } = latentOf(spec)
  const condition = conditionInput(spec, 'batch')
  const x = modelUnits(example, 'batch')
  const statistics = traceStatistics(spec, x, trace, condition)
  const generative = generativeOf({ spec, example, trace, x, condition })
  const mean = kind.center(statistics, trace.layers('encoder'), options, generative)
  return kind.gaussian ? { mean, logVariance: statistics.logVariance } : { mean }
}

/**
 * The decoder alone: codes `z` [batch, latent], moved into their space where they are outside, and their `condition` where
 * there is one, to `reconstruction`, the center of p(x|z) in the data's own units.
 */
export function decoderOutputs(spec: ModelSpec, example: ExampleType): Record<string, Tensor> {
  const { kind, options } = latentOf(spec)
  const trace = newTrace()
  const given = input('z', ['batch', spec.latent.size])
  const code = kind.project?.(given, options, trace.layers('encoder')) ?? given
  const { density } = traceDecoder(spec, example, code, trace, conditionInput(spec, 'batch'))
  return { reconstruction: add(div(density.center, scaleInput(example)), shiftInput(example)) }
}
