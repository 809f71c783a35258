import type { CommandName, Commands } from '../protocol.ts'

/** What answers each command. */
export type Handlers<Names extends CommandName = CommandName> = {
  readonly [Name in Names]: (given: Commands[Name]['given']) => Promise<Commands[Name]['gives']>
}
