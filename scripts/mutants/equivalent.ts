/** Mutants that were looked at and that nobody could notice, or need not. */
import type { Survivor } from './records.ts'

interface Equivalent {
  readonly file: string
  readonly original: string
  readonly replacement: string
  readonly why: string
}

const equivalents: readonly Equivalent[] = []

/** Why a survivor is as good as the code, where that was found. */
export const equivalentOf = ({ place, original, replacement }: Survivor): string | undefined =>
  equivalents.find(
    (one) => place.startsWith(`${one.file}:`) && one.original === original && one.replacement === replacement,
  )?.why
