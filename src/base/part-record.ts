import * as z from 'zod/mini'
import { partKinds } from './parts.ts'

/** `PartRecord` as recipes have it. */
export const partRecordSchema = z.strictObject({
  kind: z.enum(partKinds).check(z.describe('what the part is')),
  name: z.string().check(z.minLength(1)),
  module: z.optional(z.string().check(z.minLength(1), z.describe('file that exports it'))),
  digest: z.optional(z.string().check(z.describe('SHA-256 of that file'))),
})
