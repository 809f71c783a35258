/** An option as a shell completes it. */
export interface CompletedOption {
  readonly flag: string
  readonly description: string
  readonly takesValue: boolean
  /** What its value may be, where that is one of some names. */
  readonly names: readonly string[]
}

/** A verb as a shell completes it. */
export interface CompletedVerb {
  readonly name: string
  readonly summary: string
  readonly options: readonly CompletedOption[]
}

/** A shell that can be taught to complete the words of this program. */
export interface Shell {
  readonly name: string
  /** What to put where, so that every new shell knows it. */
  readonly install: string
  /** The text that teaches it. */
  script(verbs: readonly CompletedVerb[]): string
}

/** A text in single quotes, as POSIX shells read it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
