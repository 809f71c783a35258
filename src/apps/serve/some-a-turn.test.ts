import { expect, test } from 'vitest'
import { SomeATurn } from './some-a-turn.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what comes at once begins some at a time, in its order, with turns between', async () => {
  const some = new SomeATurn(3)
  const begun: number[] = []
  for (let i = 0; i < 8; i++) some.begin(() => begun.push(i))
  expect(begun).toEqual([0, 1, 2])
  await turn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5])
  some.begin(() => begun.push(8))
  await turn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  await turn()
  some.begin(() => begun.push(9))
  expect(begun.at(-1)).toBe(9)
})
