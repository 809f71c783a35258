import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { HeldBytes } from './held-bytes.ts'

const busy = expect.objectContaining({ code: 'serve/busy' })
const answer = () => Object.assign(new EventEmitter(), { destroyed: false })

test('large answers count until they are read, small ones do not, and one alone may be larger than all', () => {
  const held = new HeldBytes(1e6)
  const [first, second] = [answer(), answer()]
  held.takeUnread(2e6, first)
  held.takeUnread(1000, second)
  expect(() => held.takeUnread(1e5, second)).toThrow(busy)
  expect(() => held.take(1)).toThrow(busy)
  first.emit('close')
  held.takeUnread(9e5, second)
  expect(() => held.take(2e5)).toThrow(busy)
  held.takeUnread(9e5, { ...answer(), destroyed: true, once: second.once.bind(second) })
  second.emit('close')
  held.take(1e6)
  held.give(1e6)
})
