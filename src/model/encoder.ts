import { concrete } from '../base/shape.ts'
import { streams } from '../base/streams.ts'
import type { Tensor } from '../graph/tensor.ts'
import { besideExample, conditionFor } from './condition.ts'
import type { Drawn, Generative, Statistics, Training } from './distributions/latent.ts'
import {
  architectureOf,
  latentOf,
  likelihoodOf,
  type ModelSpec,
  noiseNeedOf,
  placesOfCode,
  type SpecOf,
  windowsOf,
} from './spec.ts'
import type { Trace } from './trace.ts'

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
