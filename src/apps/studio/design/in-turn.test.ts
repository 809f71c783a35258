import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let frames: (() => void)[] = []
let now = 0
beforeEach(() => {
  frames = []
  now = 0
  vi.resetModules()
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  vi.stubGlobal('requestAnimationFrame', (next: () => void) => frames.push(next))
  vi.stubGlobal('performance', { now: () => now })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('every piece is a task of its own, and one that was taken back is left out', async () => {
  const { inTurn } = await import('./in-turn.ts')
  const done: number[] = []
  const [, takeBack] = [1, 2, 3].map((number) => inTurn(() => done.push(number)))
  takeBack()
  vi.advanceTimersToNextTimer()
  expect(done).toEqual([1])
  vi.advanceTimersToNextTimer()
  expect(done).toEqual([1, 3])
  expect(vi.getTimerCount()).toBe(0)
})

test('drawing fills a frame and leaves the rest to the next; the same is drawn once', async () => {
  const { inFrame } = await import('./in-turn.ts')
  const done: string[] = []
  const draw = (name: string) => () => {
    done.push(name)
    now += 4
  }
  const [a, b, c] = ['a', 'b', 'c'].map(draw)
  for (const work of [a, b, a, c]) inFrame(work)
  expect(frames).toHaveLength(1)
  frames[0]()
  expect(done).toEqual(['a', 'b'])
  expect(frames).toHaveLength(2)
  frames[1]()
  expect(done).toEqual(['a', 'b', 'c'])
  expect(frames).toHaveLength(2)
})

test('what fails does not hold up what comes after it', async () => {
  const { inTurn } = await import('./in-turn.ts')
  const done: number[] = []
  inTurn(() => {
    throw new Error('on purpose')
  })
  inTurn(() => done.push(2))
  expect(() => vi.advanceTimersToNextTimer()).toThrow('on purpose')
  vi.advanceTimersToNextTimer()
  expect(done).toEqual([2])
})
