import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commandLine } from '../../../inside.node.ts'
import { widthOf } from './letters.ts'
import { commandLines, fitted, wrapped } from './lines.ts'

test('long lines break at spaces, within the width, and lose nothing', () => {
  expect(wrapped('  one two three', 9, 4)).toEqual(['  one two', '    three'])
  expect(wrapped('one two', Number.POSITIVE_INFINITY, 2)).toEqual(['one two'])
  const word = fc.stringMatching(/^[^\s']{1,9}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 12, max: 40 }), (words, width) => {
      const lines = wrapped(words.join(' '), width, 2)
      expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '))
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
    }),
  )
})

test('what a shell reads as one word stays together where it can', () => {
  expect(wrapped("to mend it: --beta 'linear(0, 1, 9)'; or wait", 30, 2)).toEqual([
    'to mend it: --beta',
    "  'linear(0, 1, 9)'; or wait",
  ])
  expect(wrapped("it's not 'a very long word in quotes', is it", 20, 2)).toEqual([
    "it's not 'a very",
    '  long word in',
    "  quotes', is it",
  ])
})

test('a line goes on as far in as it began, and keeps its color', () => {
  expect(fitted('one two', 20)).toEqual(['one two'])
  expect(fitted('one two three', 8)).toEqual(['one two', '  three'])
  expect(fitted('\u001b[2m    one two\u001b[22m', 8)).toEqual(['    \u001b[2mone', '    two\u001b[22m'])
})

test('a command that goes on below is the same command when pasted into a shell', () => {
  const words = ['score', 'runs/a b', "it's here.csv", '--out', 'a "quoted" name.csv', '$HOME', '*']
  const lines = commandLines(`  ${commandLine(...words)}`, 30)
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(30)
  const { stdout } = spawnSync('sh', ['-c', `betavae() { printf '%s\\0' "$@"; }\n${lines.join('\n')}`], {
    encoding: 'utf8',
  })
  expect(stdout.split('\0').slice(0, -1)).toEqual(words)
})
