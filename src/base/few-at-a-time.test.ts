import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { fewAtATime } from './few-at-a-time.ts'

test('so many at a time, all of them, in order; one that fails fails the whole', async () => {
  let now = 0
  let most = 0
  const doubled = await fewAtATime(
    [5, 1, 4, 2, 3],
    async (item) => {
      most = Math.max(most, ++now)
      await sleep(item)
      now--
      return 2 * item
    },
    2,
  )
  expect(doubled).toEqual([10, 2, 8, 4, 6])
  expect(most).toBe(2)
  expect(await fewAtATime([], async () => 1)).toEqual([])
  await expect(fewAtATime([1, 2], async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
