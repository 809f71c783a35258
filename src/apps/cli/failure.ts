import { BetavaeError, finishedFiles, nearest, noRoom, withoutPasswords } from '../../inside.node.ts'
import { verbs } from './commands/index.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import type { Terminal } from './terminal/terminal.ts'

export function unknownVerbError(name: string): BetavaeError {
  const names = verbs.map((verb) => verb.name)
  const close = nearest(name, names)
  return new BetavaeError({
    code: 'cli/unknown-verb',
    seen: name.startsWith('-') ? `"${name}" before a verb` : `unknown verb "${name}"`,
    wanted: `one of ${names.join(', ')}`,
    fix: close ? `write betavae ${close}` : 'see betavae --help',
    usage: true,
  })
}

/** Says what went wrong, on stderr for people and with --json on stdout for programs; gives the exit code. */
export function report(error: unknown, words: readonly string[], terminal: Terminal): ExitCode {
  if (isAbort(error)) {
    terminal.say(`interrupted; ${writtenSoFar()}`)
    return exitCodes.interrupted
  }
  const ours = error instanceof BetavaeError ? error : (noRoom(error) ?? unexpected(error))
  if (words.includes('--json')) {
    const { code, seen, wanted, fix } = ours
    terminal.out(`${JSON.stringify({ error: { code, seen, wanted, fix } })}\n`)
  }
  terminal.say(ours.message)
  if (words.includes('--debug') || (process.env.DEBUG ?? '') !== '')
    terminal.say(withoutPasswords(traceOf(error)))
  return ours.usage ? exitCodes.usage : exitCodes.failed
}

/** Files that are named of those that stand there whole. */
const NAMED = 3

function writtenSoFar(): string {
  const files = finishedFiles()
  if (files.length === 0) return 'nothing was written'
  const named = files.slice(0, NAMED).join(', ')
  return `written before: ${named}${files.length > NAMED ? ` and ${files.length - NAMED} more` : ''}`
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

const unexpected = (error: unknown): BetavaeError =>
  new BetavaeError({
    code: 'cli/unexpected',
    seen: (error instanceof Error ? error.message : String(error)).split('\n')[0],
    wanted: 'no such thing to happen',
    fix: 'run it again with --debug and report what it prints',
    cause: error,
  })

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${traceOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}
