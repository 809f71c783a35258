import type { NDArray } from '../base/arrays.ts'
import type { Engine } from '../engine/engine.ts'
import type { CodeLearner } from '../infer/samplers/learned/code-learner.ts'
import { learnDraws } from '../infer/samplers/learned/learn-draws.ts'
import type { KnownCodes } from '../infer/samplers/sampler.ts'
import { modelSchema } from '../model/spec.ts'

/** Kinds of codes with the prior that their space has. */
const kinds = {
  numbers: { latent: 'gaussian', prior: 'standard' },
  bits: { latent: 'binary', prior: 'uniform' },
} as const

/** Learns from codes of so many numbers, or bits, as a model with them would, in so many updates. */
export function toyLearning(
  engine: Engine,
  latent: number,
  updates: number,
  kind: keyof typeof kinds = 'numbers',
): KnownCodes['learn'] {
  const spec = modelSchema.parse({
    architecture: { name: 'mlp', hidden: [3] },
    latent: { name: kinds[kind].latent, size: latent },
    prior: { name: kinds[kind].prior },
  })
  const example = { shape: [2], dtype: 'float32', scaleShape: [] } as const
  const parts = { spec, example, values: {}, hasPrior: true }
  return (learner: CodeLearner, codes: NDArray) => learnDraws(engine, parts, { learner, codes, updates })
}
