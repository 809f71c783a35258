import { BetavaeError } from '../../../node.ts'
import type { OptionSpec } from '../options.ts'

/** One `--set path=value`. */
export interface Assignment {
  readonly path: readonly string[]
  readonly value: unknown
}

/** Sets any place of a recipe: JSON where the value is JSON, else text. */