import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { draftFrom } from '../../src/apps/cli/recipe/draft.ts'
import { recipeOptions } from '../../src/apps/cli/recipe/options.ts'
import { ndarray } from '../../src/base/arrays.ts'
import { datasetOf } from '../../src/data/dataset.ts'
import { completeRecipe } from '../../src/recipe/complete.ts'
import { diagnose } from '../../src/runs/diagnosis/diagnose.ts'
import { mended } from '../../src/runs/diagnosis/mended.ts'
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

test('what a page changes by a finding is what the command line makes of its options', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-mended-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'recipe.json')
  const data = datasetOf(ndarray(new Float32Array(200), [100, 2]), { name: 'toy' })
  const seen = new Set<string>()
  for (const { recipe, events } of Object.values(records))
    for (const { mend } of diagnose({ recipe, events }).findings) {
      if (!mend) continue
      await writeFile(file, JSON.stringify(recipe))
      const values = Object.entries(mend).map(([flag, value]) => [
        flag,
        recipeOptions[flag].read(String(value), flag),
      ])
      const typed = completeRecipe(await draftFrom(file, Object.fromEntries(values)), data)
      expect(completeRecipe(mended(recipe, mend), data), JSON.stringify(mend)).toEqual(typed)
      for (const flag of Object.keys(mend)) seen.add(flag)
    }
  expect(seen.size).toBeGreaterThan(4)
})
