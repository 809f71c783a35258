import type { z } from 'zod/mini'
import { fail } from '../base/errors.ts'
import { firstIssue } from '../base/schema.ts'

/** A plan that was read from a file. Error: `sweep/invalid`. */
export function checkedPlan<Plan>(schema: z.ZodMiniType<Plan>, value: unknown, path: string): Plan {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { at, wanted } = firstIssue(parsed.error)
  return fail({
    code: 'sweep/invalid',
    seen: `"${path}" whose ${at === '' ? 'form' : at} is not that of a sweep`,
    wanted,
    fix: 'restore the file, or sweep anew into another folder',
  })
}
