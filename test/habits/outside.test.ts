import { expect, test } from 'vitest'
import { lacks } from '../outside.ts'

const missing = { found: () => false, words: 'tables', files: [] }
const there = { ...missing, found: () => true }

test('what is missing leaves tests out on a person’s machine and fails in CI, unless it was named', () => {
  expect(lacks('data', missing, {})).toBe(true)
  expect(() => lacks('data', missing, { CI: 'true' })).toThrow(/tests need tables; .* BETAVAE_WITHOUT/)
  expect(() => lacks('data', missing, { CI: 'true', BETAVAE_WITHOUT: 'postgres' })).toThrow()
  expect(lacks('data', missing, { CI: 'true', BETAVAE_WITHOUT: 'postgres,data' })).toBe(true)
})

test('what is there is tested with, whatever was named', () => {
  expect(lacks('data', there, { CI: 'true', BETAVAE_WITHOUT: 'data' })).toBe(false)
})
