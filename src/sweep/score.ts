import { z } from 'zod/mini'
import type { Evaluation } from '../evaluate/evaluation.ts'

/** What a member is worth on held-out rows, in nats per example. */
export const scoreSchema = z.strictObject({
  split: z.string(),
  count: z.int().check(z.positive()),
  rate: z.number(),
  distortion: z.number(),
  elbo: z.number(),
  activeUnits: z.number(),
  klPerDimension: z.nullable(z.array(z.number())),
  mig: z.optional(z.number()),
})

/** What a member of a sweep is worth on held-out rows, in nats per example. @useDeclaredType @inline */
export type MemberScore = Readonly<z.infer<typeof scoreSchema>>

/** The same, of a sweep over options with where the training stood and every number of the evaluation. */
export const judgedSchema = z.extend(scoreSchema, {
  step: z.optional(z.int()),
  measures: z.optional(z.record(z.string(), z.number())),
})

export type JudgedScore = Readonly<z.infer<typeof judgedSchema>>

/** What of an evaluation a sweep keeps; the model has a posterior. */
export const scoreOf = (evaluation: Evaluation): MemberScore => {
  const { split, count, reconstruction, klPerDimension, metrics } = evaluation
  const rate = Number(evaluation.kl)
  return {
    split,
    count,
    rate,
    distortion: reconstruction,
    elbo: -(rate + reconstruction),
    activeUnits: evaluation.activeUnits,
    klPerDimension: klPerDimension && [...klPerDimension],
    ...(metrics?.mig ? { mig: metrics.mig.score } : {}),
  }
}
