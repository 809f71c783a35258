import type { NDArray } from '../../base/arrays.ts'
import type { Engine } from '../../engine/engine.ts'
import { spaceOf } from '../../model/spec.ts'
import type { ModelParts } from '../model-parts.ts'
import { CODES } from '../model-parts.ts'
import { drawnPrior } from './drawn-prior.ts'
import type { CodeLearner } from './learned/code-learner.ts'
import { priorProgram } from './prior.ts'
import type { KnownCodes, PriorComponents } from './sampler.ts'

/** Gives what is known of a model's codes; what its prior is comes to numbers when it is first asked for. */
export function knownCodes(engine: Engine, parts: ModelParts): () => Promise<KnownCodes> {
  const { spec, values, hasPrior } = parts
  let known: Promise<KnownCodes> | undefined
  const find = async () => ({
    latent: spec.latent.size,
    space: spaceOf(spec),
    hasPrior,
    codes: values[CODES],
    prior: await priorComponents(engine, parts),
    drawnPrior: hasPrior ? await drawnPrior(engine, parts) : undefined,
    learn: async (learner: CodeLearner, codes: NDArray) =>
      (await learning()).learnDraws(engine, parts, { learner, codes }),
  })
  return () => {
    known ??= find()
    return known
  }
}

/** Fits and their optimizer, which few models need after training. */
const learning = () => import('./learned/learn-draws.ts')

/** The components of a prior that is a mixture, as numbers. */
async function priorComponents(
  engine: Engine,
  { spec, example, values }: ModelParts,
): Promise<PriorComponents | undefined> {
  const traced = priorProgram(spec, example)
  if (!traced) return undefined
  using executable = await engine.load(traced, { constants: values })
  const { mean, logVariance, logWeight } = await executable.run({})
  return { mean, logVariance, logWeight }
}
