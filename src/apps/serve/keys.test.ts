import { expect, test } from 'vitest'
import { doorOf } from './keys.ts'

const key = 'a-key-of-sixteen-and-more'

test('without keys a server of this machine answers to its names alone', () => {
  const door = doorOf([], '127.0.0.1')
  // Only what is no browser, as HTTP/1.0 of a balancer, names none.
  for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000', undefined])
    expect(() => door({ host })).not.toThrow()
  for (const host of ['evil.example:8000', 'localhost.evil.example', ''])
    expect(() => door({ host })).toThrow(expect.objectContaining({ code: 'serve/host' }))
})

test('with keys, or on other addresses, any name will do', () => {
  expect(() => doorOf([key], '127.0.0.1')({ host: 'x', authorization: `Bearer ${key}` })).not.toThrow()
  expect(() => doorOf([], '0.0.0.0')({ host: 'x' })).not.toThrow()
})
