import { fail } from '../base/errors.ts'
import type { Dim } from '../base/shape.ts'
import type { Tensor } from '../graph/tensor.ts'
import { conditionInput } from './condition.ts'
import type { Coding } from './distributions/latent.ts'
import { perDraw } from './draws.ts'
import { traceStatistics } from './encoder.ts'
import type { ExampleType } from './example.ts'
import { refuseLatentWithout, refuseOtherSpace } from './latent-needs.ts'
import { type PriorContext, type TracedPrior, tracedPrior } from './priors/prior.ts'
import { latentOf, likelihoodOf, type ModelSpec, placesOfCode, priorOf, spaceOf } from './spec.ts'
import type { Trace } from './trace.ts'

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
