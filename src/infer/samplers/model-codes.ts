import type { Engine } from '../../engine/engine.ts'
import type { ModelParts } from '../model-parts.ts'
import { knownCodes } from './known.ts'
import { openSamplers } from './open.ts'
import type { DrawCodes, MoveCodes } from './sampler.ts'
import { type CodeSpread, type SpreadSource, spreadOf } from './spread.ts'

/** Codes that a model knows without being given examples. */
export interface ModelCodes {
  /** The draws of a sampler by name. Errors: `infer/sampler`, `infer/no-prior`, `infer/no-codes`. */
  draws(from: string): Promise<DrawCodes>
  /** Errors: `infer/no-prior`, `infer/no-codes`. */
  spread(of: SpreadSource): Promise<CodeSpread>
  /** The code that stands for all: the mean of a prior other than N(0, I), else 0. */
  middle(): Promise<ArrayLike<number>>
  /** Codes of one condition, where it is known, as those of another; as they are where the prior depends on none. */
  readonly moved: MoveCodes
}

/** The codes that a model's values and its prior hold. */
export function modelCodes(engine: Engine, parts: ModelParts): ModelCodes {
  const known = knownCodes(engine, parts)
  return {
    draws: openSamplers(parts.spec, known),
    spread: async (of) => spreadOf(await known(), of),
    async middle() {
      const codes = await known()
      const isLearned = codes.prior !== undefined || codes.drawnPrior !== undefined
      return isLearned && codes.hasPrior ? spreadOf(codes, 'prior').mean : new Float32Array(codes.latent)
    },
    async moved(codes, from, to) {
      const { drawnPrior } = await known()
      return drawnPrior?.moved?.(codes, from, to) ?? codes
    },
  }
}
