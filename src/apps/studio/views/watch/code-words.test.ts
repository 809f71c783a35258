import { expect, test } from 'vitest'
import { codeWords } from './code-words.ts'

test('says how many dimensions are active and names those that carry most', () => {
  expect(codeWords([0.01, 2.5, 0.3, 0.05, 1, 0.2], { activeUnits: 4 })).toMatchInlineSnapshot(
    `"4 of 6 dimensions are active; most is carried by z1 (2.5 nats), z4 (1 nats), z2 (0.3 nats)."`,
  )
  expect(codeWords([0, 0.02], { activeUnits: 0 })).toMatchInlineSnapshot(`"None of 2 dimensions is active."`)
  expect(codeWords([3, 0.02], { activeUnits: 1 })).toMatchInlineSnapshot(
    `"1 of 2 dimensions is active; most is carried by z0 (3 nats), z1 (0.02 nats)."`,
  )
  // Logs of earlier versions do not say.
  expect(codeWords([3, 0.02], {})).toMatchInlineSnapshot(`"Most is carried by z0 (3 nats), z1 (0.02 nats)."`)
})
