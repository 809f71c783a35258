import type { Part } from '../../inside.node.ts'
import type { ExitCode } from './exit.ts'
import type { OptionTable, Values } from './options.ts'
import type { Terminal } from './terminal/terminal.ts'

export interface ArgumentSpec {
  readonly name: string
  readonly description: string
  readonly optional?: boolean
  /** May be given more than once; the last argument of a command alone. */
  readonly several?: boolean
}

/** What a command is given to work with. */
export interface Call<Options extends OptionTable> {
  readonly args: readonly string[]
  readonly values: Values<Options>
  /** The verb and its words as they were typed, but for passwords. */
  readonly typed: readonly string[]
  /** What `--with` brought. */
  readonly parts: readonly Part[]
  readonly terminal: Terminal
  /** All that the command line knows. */
  readonly verbs: readonly Verb[]
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal
}

/** One verb of the command line: what it takes, and what it does. */
export interface Command<Options extends OptionTable = OptionTable> {
  readonly arguments: readonly ArgumentSpec[]
  readonly options: Options
  /** More options, that depend on the parts that were brought; they come first. */
  optionsOf?(parts: readonly Part[]): OptionTable
  /** Command lines without `betavae <verb>`, each with what it does. */
  readonly examples: readonly (readonly [line: string, purpose: string])[]
  run(call: Call<Options>): Promise<ExitCode>
}

/** A verb, before any of its code is loaded. */
export interface Verb {
  readonly name: string
  readonly group: string
  readonly summary: string
  readonly load: () => Promise<{ readonly command: Command }>
}

/** Keeps the pairing of options and values while a command is written. */
export const defineCommand = <Options extends OptionTable>(command: Command<Options>): Command<Options> =>
  command
