import { expect, test } from 'vitest'
import type { Member } from '../../../sweep/plan.ts'
import { inTurn } from './schedule.ts'

const member = (name: string, from?: string): Member => ({
  name,
  beta: 1,
  seed: 0,
  ...(from === undefined ? {} : { from }),
})

/** Works that end when told, and what has been started. */
function works() {
  const started: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>()
  const work = ({ name }: Member) => {
    started.push(name)
    return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }))
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const end = async (name: string) => {
    ends.get(name)?.resolve()
    await turn()
  }
  return { started, work, end, turn, fail: (name: string) => ends.get(name)?.reject(new Error(name)) }
}

test('as many at once as were asked for, in their order', async () => {
  const { started, work, end } = works()
  const stop = new AbortController()
  const all = inTurn(
    [member('a'), member('b'), member('c')],
    2,
    { signal: stop.signal, stop: () => {} },
    work,
  )
  expect(started).toEqual(['a', 'b'])
  await end('b')
  expect(started).toEqual(['a', 'b', 'c'])
  await end('a')
  await end('c')
  await all
})

test('one that starts from another waits for it, and the next is let through', async () => {
  const { started, work, end } = works()
  const stop = new AbortController()
  const members = [member('a'), member('a2', 'a'), member('b')]
  const all = inTurn(members, 2, { signal: stop.signal, stop: () => {} }, work)
  expect(started).toEqual(['a', 'b'])
  await end('b')
  expect(started).toEqual(['a', 'b'])
  await end('a')
  expect(started).toEqual(['a', 'b', 'a2'])
  await end('a2')
  await all
})

test('an error stops the others, and comes out when they rest', async () => {
  const { started, work, end, fail, turn } = works()
  const stop = new AbortController()
  const turns = { signal: stop.signal, stop: () => stop.abort() }
  let told: unknown
  const all = inTurn([member('a'), member('b'), member('c')], 2, turns, work).catch((error: Error) => {
    told = error.message
  })
  fail('a')
  await turn()
  expect(stop.signal.aborted).toBe(true)
  expect(told).toBeUndefined()
  await end('b')
  await all
  expect(told).toBe('a')
  expect(started).toEqual(['a', 'b'])
})

test('a signal lets nothing new begin', async () => {
  const { started, work, end } = works()
  const stop = new AbortController()
  const all = inTurn([member('a'), member('b')], 1, { signal: stop.signal, stop: () => {} }, work)
  stop.abort()
  await end('a')
  await all
  expect(started).toEqual(['a'])
})
