import { stripTypeScriptTypes } from 'node:module'
import { expect, test } from 'vitest'
import { coveredOf } from '../../scripts/coverage/floors.ts'
import { instrument } from '../../scripts/coverage/instrument.ts'

const source = `interface Sum { readonly of: number }
function sum(xs: readonly number[], odd: boolean): number {
  let all = 0
  outer: for (const x of xs) {
    if (x > 100) continue outer
    if (odd) all += x
    else
      all -= x
  }
  return all
}
class Twice extends Array<number> {
  constructor() {
    super()
  }
  twice = (x: number): number => x * 2
}
const never = (x: Sum) => ({
  of: x.of,
})
sum([1, 2, 300], true)
new Twice().twice(2)
`

/** Lines that ran, of all that could. */
function linesOf(text: string): { all: number[]; ran: number[] } {
  const counts: Uint8Array[] = []
  Object.assign(globalThis, {
    $testCounts: (_: string, size: number) => counts[counts.push(new Uint8Array(size)) - 1],
  })
  const { code, lines } = instrument(text, 'a.ts', 'globalThis.$testCounts')
  new Function(stripTypeScriptTypes(code))()
  return {
    all: [...new Set(lines)].sort((a, b) => a - b),
    ran: [...new Set(lines.filter((_, mark) => counts[0][mark] === 1))].sort((a, b) => a - b),
  }
}

test('lines that ran are told from those that did not', () => {
  const { all, ran } = linesOf(source)
  expect(all).toEqual([3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 21, 22])
  expect(all.filter((line) => !ran.includes(line))).toEqual([8])
})

test('a function of one expression that nobody calls has a line that did not run', () => {
  const { all, ran } = linesOf('const one = 1\nconst never = () =>\n  one + 1\n')
  expect([all, ran]).toEqual([
    [1, 2, 3],
    [1, 2],
  ])
})

test('a line counts once, however much stands on it', () => {
  expect(coveredOf([1, 1, 2], new Set([0]))).toEqual({ lines: 2, ran: 1 })
})
