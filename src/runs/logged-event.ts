import * as z from 'zod/mini'
import { firstIssue } from '../base/schema.ts'
import { weightSchema } from '../objective/schedule.ts'
import type { LoggedEvent } from './journal.ts'

const count = z.int().check(z.nonnegative())
/** JSON has no infinite numbers: what was one is null in a log. */
const numbers = z.record(z.string(), z.nullable(z.number()))
const metrics = {
  loss: z.number(),
  reconstruction: z.number(),
  kl: z.nullable(z.number()),
  elbo: z.nullable(z.number()),
  terms: numbers,
}

/** What readers of a log rely on; more than that may stand there. */
const eventSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('start'),
    step: count,
    totalSteps: count,
    stepsPerEpoch: count,
    batch: count,
    parameters: count,
    engine: z.string(),
    threads: count,
    examples: z.looseObject({ train: count, validation: count }),
    rows: z.looseObject({ train: z.string(), validation: z.string() }),
  }),
  z.looseObject({
    kind: z.literal('step'),
    step: count,
    epoch: count,
    weights: numbers,
    learningRate: z.nullable(z.number()),
    opponents: z.optional(numbers),
    ...metrics,
  }),
  z.looseObject({
    kind: z.literal('epoch'),
    epoch: count,
    step: count,
    train: z.looseObject(metrics),
    validation: z.optional(z.looseObject(metrics)),
    klPerDimension: z.optional(z.array(z.nullable(z.number()))),
    activity: z.optional(z.array(z.nullable(z.number()))),
    activeUnits: z.optional(count),
    examplesPerSecond: z.nullable(z.number()),
  }),
  z.looseObject({ kind: z.literal('checkpoint'), step: count }),
  z.looseObject({
    kind: z.literal('warning'),
    code: z.string(),
    message: z.string(),
    step: z.optional(count),
  }),
  z.looseObject({
    kind: z.literal('weight'),
    step: count,
    term: z.string(),
    weight: weightSchema,
    was: z.string(),
  }),
  z.looseObject({
    kind: z.literal('end'),
    reason: z.enum(['finished', 'early-stop', 'interrupted']),
    step: count,
    epoch: count,
    bestEpoch: z.nullable(count),
    seconds: z.number(),
  }),
])

/** A value as an event of a log, or what was wanted where it is none. */
export function readEvent(value: unknown): { readonly event: LoggedEvent } | { readonly wanted: string } {
  const read = eventSchema.safeParse(value)
  if (read.success) return { event: read.data as LoggedEvent }
  const { at, wanted } = firstIssue(read.error)
  return { wanted: at === '' ? wanted : `${wanted} at ${at}` }
}
