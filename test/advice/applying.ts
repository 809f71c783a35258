/** The first way out of an error that its fix gives, as a command line. */
import type { OptionsByVerb } from './names.ts'

/** The words of a line, of which those in single quotes are one. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare)

/** Words without an option and its value. */
function without(words: readonly string[], flag: string, options: OptionsByVerb): string[] {
  const at = words.indexOf(`--${flag}`)
  if (at < 0) return [...words]
  const takesValue = options.get(words[0])?.[flag]?.argument !== undefined
  return words.filter((_, place) => place !== at && !(takesValue && place === at + 1))
}

/**
 * What is to be typed after `given` when its fix says so: `betavae …` is typed itself; `drop` and `leave … out` take
 * options away; any other option that is written is set; `write x` stands for the argument.
 */
export function applied(given: readonly string[], says: string, options: OptionsByVerb): string[] {
  const command = /betavae ([^,;]+)/.exec(says)
  if (command) return wordsOf(command[1])
  const flags = [...says.matchAll(/--([a-z][\w-]*)(?: ('[^']*'|[^\s;]*[^\s,;]))?/g)]
  if (flags.length === 0) return [...given.slice(0, -1), says.replace(/^write /, '')]
  if (/^(drop|leave)/.test(says))
    return flags.reduce((words, [, flag]) => without(words, flag, options), [...given])
  return flags.reduce(
    (words, [, flag, value]) => {
      const takesValue = options.get(words[0])?.[flag]?.argument !== undefined
      const rest = without(words, flag, options)
      return [...rest, `--${flag}`, ...(takesValue ? wordsOf(value) : [])]
    },
    [...given],
  )
}
