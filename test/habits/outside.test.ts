import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

test('data beside the repository are found by test/outside.ts alone, so that none vanish in silence', () => {
  const root = join(import.meta.dirname, '..', '..')
  const naming = globSync('{src,test,examples}/**/*.ts', { cwd: root }).filter((path) =>
    /\bshared\b['"`, /\\]+data\b/.test(readFileSync(join(root, path), 'utf8')),
  )
  expect(naming.map((path) => path.replaceAll('\\', '/'))).toEqual(['test/outside.ts'])
})
