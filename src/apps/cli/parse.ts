import { Command as Commander, CommanderError, Option } from 'commander'
import { BetavaeError, nearest } from '../../inside.node.ts'
import type { Command, Verb } from './command.ts'
import { type Example, exampleLines } from './examples.ts'
import type { OptionSpec, OptionTable, Values } from './options.ts'
import type { Terminal } from './terminal/terminal.ts'
import { WITH } from './with.ts'

/** What was given to a verb; undefined where it only asked for help, which has been printed. */
export interface Given {
  readonly args: readonly string[]
  readonly values: Values<OptionTable>
}

/** Reads a verb's words. Errors, all usage: `cli/…`. */
export function parse(
  verb: Verb,
  command: Command,
  words: readonly string[],
  terminal: Terminal,
): Given | undefined {
  const { isAll, rest } = helpIn(words)
  const parser = parserOf(verb, command, terminal, isAll)
  try {
    parser.parse(rest, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    throw asOurs(error, verb, command, parser.args)
  }
  return { args: parser.args, values: valuesOf(parser, command.options) }
}

/** Heading of what every verb takes. */
const OTHER = 'Other:'

/** `--help all` shows what few people need, too. */
function helpIn(words: readonly string[]): { readonly isAll: boolean; readonly rest: readonly string[] } {
  const at = words.findIndex((word) => word === '--help' || word === '-h')
  if (at < 0 || words[at + 1] !== 'all') return { isAll: false, rest: words }
  return { isAll: true, rest: words.filter((_, place) => place !== at + 1) }
}

function parserOf(verb: Verb, command: Command, terminal: Terminal, isAll: boolean): Commander {
  const parser = new Commander(`betavae ${verb.name}`)
    .description(verb.summary)
    .addHelpOption(new Option('-h, --help', 'this text').helpGroup(OTHER))
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: () => undefined,
      getOutHasColors: () => true,
      getOutHelpWidth: terminal.width,
    })
    .configureHelp({ styleTitle: terminal.outStyle.bold, minWidthToWrap: 20 })
    .addHelpText('after', endingOf(verb, command, terminal, isAll))
  for (const { name, description, optional, several } of command.arguments) {
    const words = several ? `${name}...` : name
    parser.argument(optional ? `[${words}]` : `<${words}>`, description)
  }
  for (const [flag, spec] of Object.entries(command.options)) parser.addOption(optionOf(flag, spec, isAll))
  const take = new Option(`--${WITH} <module>`, 'a module that exports parts of your own; may be repeated')
  parser.addOption(take.argParser((text) => text).helpGroup(OTHER))
  return parser.addOption(new Option('--debug', 'say where an error came from').helpGroup(OTHER))
}

function optionOf(flag: string, spec: OptionSpec, isAll: boolean): Option {
  const { argument, description, fallback, group, isSeldom = false } = spec
  const shown = fallback === undefined || argument === undefined ? '' : ` (default: ${fallback})`
  const option = new Option(`--${flag}${argument ? ` ${argument}` : ''}`, description + shown)
  if (argument) option.argParser(readerOf(flag, spec))
  option.hideHelp(isSeldom && !isAll)
  return group ? option.helpGroup(`${group}:`) : option
}

/** Reads an option's value; an option that repeats has the list of all its values, any other is refused twice. */
function readerOf(flag: string, { read, repeats }: OptionSpec): (text: string) => unknown {
  const texts: string[] = []
  const values: unknown[] = []
  return (text) => {
    texts.push(text)
    if (!repeats && texts.length > 1) refuseTwice(flag, texts)
    values.push(read(text, flag))
    return repeats ? [...values] : values[0]
  }
}

function refuseTwice(flag: string, texts: readonly string[]): never {
  throw new BetavaeError({
    code: 'cli/twice',
    seen: texts.map((text) => `--${flag} ${text}`).join(' and '),
    wanted: `--${flag} once`,
    fix: 'keep the one that is meant',
    usage: true,
  })
}

/** Examples, and how many options are not shown. */
function endingOf(
  { name }: Verb,
  { examples, options }: Command,
  { outStyle, width }: Terminal,
  isAll: boolean,
): string {
  const lines = examples.map(
    ([line, purpose]): Example => [`betavae ${name}${line === '' ? '' : ' '}${line}`, purpose],
  )
  const hidden = isAll ? 0 : Object.values(options).filter(({ isSeldom }) => isSeldom).length
  const more = hidden === 0 ? '' : `\n${hidden} more options: betavae ${name} --help all\n`
  return `${more}\n${[outStyle.bold('Examples:'), ...exampleLines(lines, width(), outStyle)].join('\n')}\n`
}

function valuesOf(parser: Commander, options: OptionTable): Values<OptionTable> {
  const given = parser.options.map((option): [string, unknown] => {
    const value: unknown = parser.getOptionValue(option.attributeName())
    // commander stores `--no-x` as x = false; here it is the switch `no-x`.
    return [(option.long as string).slice(2), option.negate ? value === false : value]
  })
  const values = Object.fromEntries(given)
  return Object.fromEntries(
    Object.entries(options).map(([flag, { fallback }]) => [flag, values[flag] ?? fallback]),
  )
}

const quoted = (message: string): string => /'([^']*)'/.exec(message)?.[1] ?? message

/** The parser's complaints in the grammar of this project. */
function asOurs(
  { code, message }: CommanderError,
  { name }: Verb,
  command: Command,
  args: readonly string[],
): BetavaeError {
  const usage = `betavae ${name}${command.arguments.map((argument) => ` <${argument.name}>`).join('')}`
  const help = `see betavae ${name} --help`
  const complain = (code: string, seen: string, wanted: string, fix: string) =>
    new BetavaeError({ code, seen, wanted, fix, usage: true })
  const word = quoted(message)
  switch (code) {
    case 'commander.unknownOption': {
      const close = nearest(word.replace(/^-+/, ''), Object.keys(command.options))
      const fix = close ? `write --${close}, or ${help}` : help
      return complain('cli/unknown-option', `unknown option "${word}"`, `an option of "${name}"`, fix)
    }
    case 'commander.missingArgument':
      return complain('cli/missing-argument', `no <${word}>`, usage, help)
    case 'commander.optionMissingArgument':
      return complain('cli/missing-value', `${word.split(' ')[0]} without a value`, word, help)
    case 'commander.excessArguments':
      return complain(
        'cli/excess-arguments',
        `one word too many, "${args[command.arguments.length]}"`,
        usage,
        help,
      )
    default:
      return complain('cli/usage', message.replace(/^error: /, ''), usage, help)
  }
}
