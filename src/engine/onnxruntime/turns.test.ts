import { expect, test } from 'vitest'
import { turns } from '../../base/turns.ts'

test('jobs run one after another, past one that fails', async () => {
  const inTurn = turns()
  const log: string[] = []
  const job =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} starts`)
      await new Promise((resolve) => setTimeout(resolve))
      log.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const results = await Promise.allSettled([inTurn(job('a', true)), inTurn(job('b')), inTurn(job('c'))])
  expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends'])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
})
