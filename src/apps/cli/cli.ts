import { createRequire } from 'node:module'
import type { Part } from '../../inside.node.ts'
import type { Command, Verb } from './command.ts'
import { verbs } from './commands/index.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { overview } from './overview.ts'
import type { Terminal } from './terminal/terminal.ts'
import { WITH } from './with.ts'

/** The version of this package. */
const version = (): string =>
  (createRequire(import.meta.url)('betavae/package.json') as { version: string }).version

/** Runs a command line; everything that is not needed for it stays unloaded. */
export async function run(given: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const words = given.some((word) => /@|pass?wo?r?d/i.test(word)) ? await withoutPasswords(given) : given
  const [first, ...rest] = words
  if (first === undefined && terminal.outIsTerminal) {
    const { welcome } = await import('./welcome.ts')
    terminal.out(await welcome(terminal.outStyle, terminal.width()))
    return exitCodes.done
  }
  if (
    first === undefined ||
    first === '-h' ||
    first === '--help' ||
    (first === 'help' && rest.length === 0)
  ) {
    terminal.out(overview(terminal.outStyle, terminal.width()))
    return exitCodes.done
  }
  if (first === '-V' || first === '--version') {
    terminal.out(`${version()}\n`)
    return exitCodes.done
  }
  try {
    const name = first === 'help' ? rest[0] : first
    const verb = verbs.find((candidate) => candidate.name === name) ?? (await unknownVerb(name))
    return await runVerb(verb, first === 'help' ? ['--help', ...rest.slice(1)] : rest, terminal)
  } catch (error) {
    const { report } = await import('./failure.ts')
    return report(error, words, terminal)
  }
}

/** Passwords of databases are remembered, and neither shown again nor seen by who lists processes. */
async function withoutPasswords(words: readonly string[]): Promise<readonly string[]> {
  const { withoutPassword } = await import('../../inside.node.ts')
  const kept = words.map((word) => {
    const [, flag = '', value = word] = /^(--[\w.-]+=|[\w.-]+=(?=[a-z]+:\/))(.*)$/is.exec(word) ?? []
    return flag + withoutPassword(value)
  })
  if (kept.some((word, at) => word !== words[at])) process.title = ['betavae', ...kept].join(' ')
  return kept
}

async function unknownVerb(name: string): Promise<never> {
  const { unknownVerbError } = await import('./failure.ts')
  throw unknownVerbError(name)
}

/** The parts that the words bring, which decide what other words there may be. */
async function brought(words: readonly string[]): Promise<readonly Part[]> {
  const modules = words.flatMap((word, i) => {
    if (word.startsWith(`--${WITH}=`)) return [word.slice(WITH.length + 3)]
    return word === `--${WITH}` && words[i + 1] !== undefined ? [words[i + 1]] : []
  })
  if (modules.length === 0) return []
  const { loadParts } = await import('../../inside.node.ts')
  return loadParts(modules)
}

function withOptionsOf(command: Command, parts: readonly Part[]): Command {
  const options = Object.entries({ ...command.optionsOf?.(parts), ...command.options })
  const among = options.map(([flag, option]) => [flag, { ...option, ...option.among?.(parts) }])
  return { ...command, options: Object.fromEntries(among) }
}

async function runVerb(verb: Verb, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [{ command }, { parse }, parts] = await Promise.all([
    verb.load(),
    import('./parse.ts'),
    brought(words),
  ])
  const given = parse(verb, withOptionsOf(command, parts), words, terminal)
  if (!given) return exitCodes.done
  const stop = new AbortController()
  const onSignal = () => {
    // The second one is meant: nothing is waited for.
    if (stop.signal.aborted) process.exit(exitCodes.interrupted)
    stop.abort()
    terminal.say(`${terminal.live ? '\n' : ''}stopping at a safe place; once more to leave at once`)
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  try {
    return await command.run({
      ...given,
      typed: [verb.name, ...words],
      parts,
      terminal,
      verbs,
      signal: stop.signal,
    })
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}
