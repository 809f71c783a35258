import { add } from '../graph/ops/add.ts'
import { div } from '../graph/ops/div.ts'
import { input } from '../graph/ops/input.ts'
import type { Tensor } from '../graph/tensor.ts'
import { conditionInput } from './condition.ts'
import { traceDecoder } from './decoder.ts'
import { traceStatistics } from './encoder.ts'
import { type ExampleType, modelUnits, scaleInput, shiftInput } from './example.ts'
import { generativeOf } from './generative.ts'
import { latentOf, type ModelSpec } from './spec.ts'
import { newTrace } from './trace.ts'

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
