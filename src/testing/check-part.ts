import { KIND, type Part } from '../base/parts.ts'
import type { Cell } from '../data/tables/cell.ts'
import type { ColumnKindSpec } from '../data/tables/kinds/own.ts'
import type { Engine } from '../engine/engine.ts'
import type { Sampler } from '../infer/samplers/sampler.ts'
import type { Architecture } from '../model/architectures/architecture.ts'
import type { Latent } from '../model/distributions/latent.ts'
import type { Likelihood } from '../model/likelihoods/likelihood.ts'
import type { Prior } from '../model/priors/prior.ts'
import { everyPart } from '../objective/every-part.ts'
import type { Preset } from '../objective/presets/preset.ts'
import type { ScheduleKind } from '../objective/schedule.ts'
import type { Term } from '../objective/term.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import type { Projection } from '../report/projections/projection.ts'
import type { Detector } from '../statistics/anomaly/detectors/detector.ts'
import type { Metric } from '../statistics/metrics/metric.ts'
import { checkArchitecture } from './check-architecture.ts'
import { checkColumnKind } from './check-column-kind.ts'
import { checkLatent } from './check-latent.ts'
import { checkLikelihood } from './check-likelihood.ts'
import { checkOptimizer } from './check-optimizer.ts'
import { checkPreset } from './check-preset.ts'
import { checkPrior } from './check-prior.ts'
import { checkProjection } from './check-projection.ts'
import { checkSampler } from './check-sampler.ts'
import { checkSchedule } from './check-schedule.ts'
import { checkDetector, checkMetric } from './check-statistics.ts'
import { checkTerm } from './check-term.ts'
import { conformance } from './conformance.ts'
import { type Flaw, flawsOf } from './flaw.ts'

/** A part with what its kind of part has. @inline */
export type CheckablePart =
  | (Term & Part<'term'>)
  | (ScheduleKind & Part<'schedule'>)
  | (Preset & Part<'preset'>)
  | (Likelihood & Part<'likelihood'>)
  | (Architecture & Part<'architecture'>)
  | (Latent & Part<'latent'>)
  | (Prior & Part<'prior'>)
  | (Sampler & Part<'sampler'>)
  | (Optimizer & Part<'optimizer'>)
  | (Metric & Part<'metric'>)
  | (Detector & Part<'detector'>)
  | (Projection & Part<'projection'>)
  | (ColumnKindSpec<unknown> & Part<'column-kind'>)

/** What a part is tried on. @inline */
export interface CheckPartOptions {
  /** Of a kind of column: cells of that kind, some dozens, which it must have. */
  readonly cells?: readonly Cell[]
  /** Of a preset: what it needs besides the house's terms. */
  readonly parts?: readonly Part[]
}

/**
 * Checks a part of your own against its contract, and gives what it does not do; nothing where all is well.
 *
 * Gradients are held, in float64, against central differences: those of terms on toy models, those of
 * likelihoods, latents, priors and architectures by themselves. A likelihood must add up to 1. Codes must have
 * the density that is claimed for them, and a KL must agree with draws. Both lowerings of an optimizer must take
 * the same steps, downhill; schedules, samplers, metrics, detectors and projections repeat themselves and do
 * what they are for; cells of a kind of column come back from their numbers.
 *
 * @example
 * ```ts
 * import { defineSchedule } from 'betavae/graph'
 * import { checkPart } from 'betavae/testing'
 *
 * const stuck = defineSchedule({
 * name: 'stuck',
 * parameters: ['value'],
 * summary: 'the same at every step',
 * refuse: () => undefined,
 * at: (_, [value]) => value,
 * values: ([value]) => [value],
 * })
 * for (const { check, said } of await checkPart(stuck)) console.log(check, said) // nothing: all is well
 * ```
 */
export async function checkPart(
  part: CheckablePart,
  { cells = [], parts = [] }: CheckPartOptions = {},
): Promise<readonly Flaw[]> {
  await everyPart()
  switch (part[KIND]) {
    case 'term':
      return checkTerm(part)
    case 'schedule':
      return checkSchedule(part)
    case 'preset':
      return checkPreset(part, parts)
    case 'likelihood':
      return checkLikelihood(part)
    case 'architecture':
      return checkArchitecture(part)
    case 'latent':
      return checkLatent(part)
    case 'prior':
      return checkPrior(part)
    case 'sampler':
      return checkSampler(part)
    case 'optimizer':
      return checkOptimizer(part)
    case 'metric':
      return checkMetric(part)
    case 'detector':
      return checkDetector(part)
    case 'projection':
      return checkProjection(part)
    case 'column-kind':
      return checkColumnKind(part, cells)
  }
}

/**
 * Checks an engine against the float64 reference: every op and its gradient, shapes, carried state, refusals.
 *
 * @example
 * ```ts
 * import { openEngine } from 'betavae'
 * import { checkEngine } from 'betavae/testing'
 *
 * console.log((await checkEngine(await openEngine('wasm'))).length) // 0: it computes what the reference computes
 * ```
 */
export async function checkEngine(engine: Engine): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = []
  for (const { name, run } of conformance(engine))
    flaws.push(
      ...(await flawsOf(name, async () => {
        await run()
        return []
      })),
    )
  return flaws
}
