import { expect, test } from 'vitest'
import { recipeOptions } from '../../src/apps/cli/recipe/options.ts'
import { diagnose } from '../../src/runs/diagnosis/diagnose.ts'
import { records } from '../../src/runs/diagnosis/records.testing.ts'

/** Options of a remedy with their values, without the shell's quotes. */
const optionsIn = (remedy: string): [flag: string, value: string][] =>
  [...remedy.matchAll(/--([\w-]+) (?:'([^']+)'|([\w.,-]*\w))/g)].map(([, flag, quoted, bare]) => [
    flag,
    quoted ?? bare,
  ])

const remedies = Object.values(records).flatMap((record) =>
  diagnose(record).findings.map(({ remedy }) => remedy),
)

test('remedies name options that training takes, with values that it takes', () => {
  const named = remedies.flatMap(optionsIn).filter(([flag]) => flag !== 'from')
  expect(new Set(named.map(([flag]) => flag)).size).toBeGreaterThan(10)
  for (const [flag, value] of named) {
    expect(Object.keys(recipeOptions)).toContain(flag)
    expect(() => recipeOptions[flag].read(value, flag)).not.toThrow()
  }
})

test('every remedy names at least one', () => {
  for (const remedy of remedies) expect(optionsIn(remedy)).not.toEqual([])
})
