import { expect, test } from 'vitest'
import { doorOf } from './keys.ts'

const key = 'a-key-of-sixteen-and-more'

test('without keys a server of this machine answers to its names alone', () => {
  const door = doorOf([], '127.0.0.1')
  for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000'])
    expect(() => door({ host })).not.toThrow()
  for (const host of ['evil.example:8000', 'localhost.evil.example', undefined])
    expect(() => door({ host })).toThrow(expect.objectContaining({ code: 'serve/host' }))
})

test('with keys, or on other addresses, any name will do', () => {
  expect(() => doorOf([key], '127.0.0.1')({ host: 'x', authorization: `Bearer ${key}` })).not.toThrow()
  expect(() => doorOf([], '0.0.0.0')({ host: 'x' })).not.toThrow()
})
