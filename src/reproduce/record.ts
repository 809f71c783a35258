import * as z from 'zod/mini'
import { hexCrc32 } from '../base/crc32.ts'
import type { Schedule } from './reproduction.ts'
import { scheduleNames } from './reproduction.ts'

/** What is kept of a reproduction that was run to its end: verdicts follow from it and the targets of the day. */
export const recordSchema = z.strictObject({
  id: z.string(),
  schedule: z.enum(scheduleNames),
  /** Of what was trained and how it was judged; another one is another experiment. */
  plan: z.string(),
  betavae: z.string(),
  engine: z.string(),
  threads: z.int().check(z.positive()),
  processor: z.string(),
  /** That training and judging took, interruptions left out. */
  seconds: z.number().check(z.minimum(0)),
  judged: z.record(z.string(), z.record(z.string(), z.number())),
})

/** @inline */
export type ReproductionRecord = Readonly<z.infer<typeof recordSchema>>

/** Eight hexadecimal digits that tell one experiment from another. */
export const planDigest = ({ members, judge, rows }: Schedule): string => {
  const own = rows ? [...rows().data] : []
  return hexCrc32(new TextEncoder().encode(JSON.stringify({ members, judge, own })))
}
