import { expect, test } from 'vitest'
import { codeWords } from './code-words.ts'

test('names the dimensions that carry most', () => {
  expect(codeWords([0.01, 2.5, 0.3, 0.05, 1, 0.2])).toMatchInlineSnapshot(
    `"4 of 6 dimensions carry more than 0.1 nats; most: 2 (2.5), 5 (1), 3 (0.3)."`,
  )
  expect(codeWords([0, 0.02])).toMatchInlineSnapshot(`"None of 2 dimensions carries more than 0.1 nats."`)
})
