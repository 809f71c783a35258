/** Which mutants are tried. */
import { createHash } from 'node:crypto'
import { relative } from 'node:path'

/** One mutant of `every`, chosen by `seed`. */
export interface Sample {
  readonly every: number
  readonly seed: number
}

/** A mutant as Stryker names it. */
export interface Mutant {
  readonly id: string
  readonly fileName: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: Place; readonly end: Place }
}
interface Place {
  readonly line: number
  readonly column: number
}

/** Whether a mutant belongs to the sample; by what it is alone, so that order and company have no say. */
export function isDrawn(
  { fileName, mutatorName, replacement, location }: Mutant,
  { every, seed }: Sample,
): boolean {
  const { start, end } = location
  const file = relative('.', fileName).replaceAll('\\', '/')
  const named = [seed, file, mutatorName, start.line, start.column, end.line, end.column, replacement]
  return createHash('sha256').update(named.join('\0')).digest().readUInt32BE() % every === 0
}
