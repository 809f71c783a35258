/** Words as they were typed, for commands that a page gives to be typed again. */
import { commandLine } from '../../inside.node.ts'

/** The command that makes a page again. */
export const typedAgain = (typed: readonly string[]): string => `npx ${commandLine(...typed)}`

/** Of the words that were typed those of such options and their values. */
export const typedAmong = (typed: readonly string[], flags: readonly string[]): string[] =>
  typed.flatMap((word, at) => {
    const [flag] = word.split('=', 1)
    if (!flags.some((name) => flag === `--${name}`)) return []
    return word.includes('=') ? [word] : typed.slice(at, at + 2)
  })
