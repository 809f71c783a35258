import { expect, test } from 'vitest'
import { spacedTurns } from './spaced-turns.ts'
import { turns } from './turns.ts'

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

test('between spaced jobs the event loop turns', async () => {
  let turned = 0
  const seen: number[] = []
  const turning = setInterval(() => turned++, 0)
  const inTurn = spacedTurns()
  await Promise.all(
    Array.from({ length: 5 }, () =>
      inTurn(async () => {
        seen.push(turned)
        // Longer than the interval, so that it is due in each turn.
        const begun = performance.now()
        while (performance.now() - begun < 3);
      }),
    ),
  )
  clearInterval(turning)
  expect(new Set(seen).size).toBe(5)
})
