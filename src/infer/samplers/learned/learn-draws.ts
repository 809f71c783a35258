import type { NDArray } from '../../../base/arrays.ts'
import { fail } from '../../../base/errors.ts'
import type { Dim } from '../../../base/shape.ts'
import type { Engine } from '../../../engine/engine.ts'
import { codeContext } from '../../../model/autoencoder.ts'
import { type CodeSpace, codesIn } from '../../../model/spaces.ts'
import { spaceOf } from '../../../model/spec.ts'
import { newTrace, type Trace } from '../../../model/trace.ts'
import type { ModelParts } from '../../model-parts.ts'
import { asTheyAre, type Coordinates, coordinatesOf } from '../coordinates.ts'
import { drawFrom } from '../draw-from.ts'
import type { DrawCodes } from '../sampler.ts'
import { spreadOfCodes } from '../spread.ts'
import type { CodeLearner, LearnedDensity } from './code-learner.ts'
import { fitDensity, LEARNED } from './fit-density.ts'

/** A density to learn, and the codes to learn it from [n, latent]. */
export interface Learning {
  readonly learner: CodeLearner
  readonly codes: NDArray
  /** Default: 2,000. */
  readonly updates?: number | undefined
}

/** Fits a density to codes of a model's training examples, and gives its draws. Error, usage: `infer/sampler-space`. */
export async function learnDraws(
  engine: Engine,
  parts: ModelParts,
  { learner, codes, updates }: Learning,
): Promise<DrawCodes> {
  const { spec, values } = parts
  const { inside, outside } = placesFor(learner, spaceOf(spec), codes)
  const traced = (trace: Trace) => traceLearner(learner, parts, trace)
  const fitted = await fitDensity(engine, {
    codes: inside(codes),
    loss: (code, trace) => traced(trace).loss(code),
    values,
    updates,
  })
  const known = {
    draws: traced(newTrace()),
    latent: spec.latent.size,
    values: { ...values, ...fitted.values },
  }
  return async (count, seed) => outside(await drawFrom(engine, known, count, seed))
}

function traceLearner(learner: CodeLearner, { spec, example }: ModelParts, trace: Trace): LearnedDensity {
  const noise = (rows: Dim, width: number) => trace.draw('noise', 'normal', [rows, width])
  return learner.trace({ ...codeContext(spec, example, trace, LEARNED), noise })
}

/** A learner of plain numbers has them of any space in which codes have a density. */
function placesFor(learner: CodeLearner, space: CodeSpace, codes: NDArray): Coordinates {
  const plain = learner.space === 'euclidean' ? coordinatesOf(space) : undefined
  if (plain) {
    const unit = standardized(plain.inside(codes))
    return {
      inside: (own) => unit.inside(plain.inside(own)),
      outside: (own) => plain.outside(unit.outside(own)),
    }
  }
  return learner.space === space.kind ? asTheyAre : refuseSpace(codesIn[learner.space], codesIn[space.kind])
}

/** By mean and standard deviation of every dimension; one that does not vary keeps its unit. */
function standardized(codes: NDArray): Coordinates {
  const { mean, deviation } = spreadOfCodes(codes)
  const unit = deviation.map((own) => own || 1)
  const each = ({ data, shape }: NDArray, move: (x: number, d: number) => number) => ({
    data: Float32Array.from(data, (x, i) => move(x, i % unit.length)),
    shape,
  })
  return {
    inside: (own) => each(own, (x, d) => (x - mean[d]) / unit[d]),
    outside: (own) => each(own, (x, d) => mean[d] + unit[d] * x),
  }
}

const refuseSpace = (wanted: string, space: string): never =>
  fail({
    code: 'infer/sampler-space',
    seen: `a sampler for ${wanted} and a model of ${space}`,
    wanted: `a sampler for ${space}`,
    fix: 'sample from its codes (--from aggregate), or from the prior (--from prior)',
    usage: true,
  })
