import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLine, shellWord } from './shell-word.ts'

/** What a shell makes of words that were pasted into it. */
const pasted = (shell: string, words: readonly string[]): string[] =>
  execFileSync(shell, ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)

const hostile = [
  'a$(touch x) b.csv',
  "it's; rm -rf *",
  '`id` "q" \\ $HOME',
  '~root',
  '#x',
  '!!',
  '',
  'ünï 🙂',
  'a&b|c>d',
]
const withControls = ['a\nb', 'tab\there', "\u001b]0;x\u0007'", 'c1\u009b31m', '\\n']

test('words that are pasted into a shell come out as they were', () => {
  expect(pasted('sh', hostile)).toEqual(hostile)
  expect(pasted('bash', [...hostile, ...withControls])).toEqual([...hostile, ...withControls])
  const words = fc.array(
    fc.string({ unit: 'binary', maxLength: 12 }).filter((word) => !word.includes('\0')),
    { minLength: 1 },
  )
  fc.assert(
    fc.property(words, (given) => {
      expect(pasted('bash', given)).toEqual(given)
    }),
    { numRuns: 40 },
  )
})

test('nothing in a command commands the terminal that shows it', () => {
  expect(commandLine('score', 'a\u001b[2J\n.csv')).toBe("betavae score $'a\\033[2J\\012.csv'")
})
