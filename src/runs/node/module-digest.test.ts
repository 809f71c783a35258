import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { moduleDigest } from './module-digest.ts'

test('a change anywhere in what a module imports from beside it is a change of it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'betavae-digest-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [alone, index, term, deep] = ['alone.ts', 'index.ts', 'term.ts', 'deep.mjs'].map((name) =>
    join(folder, name),
  )
  await writeFile(alone, "import { defineTerm } from 'betavae'\n")
  expect(await moduleDigest(alone)).toBe(
    createHash('sha256').update("import { defineTerm } from 'betavae'\n").digest('hex'),
  )
  await writeFile(index, 'export * from \'./term.ts\'\nexport { mine } from "./alone.ts"\n')
  await writeFile(term, "import './index.ts'\nconst deep = await import('./deep.mjs')\n")
  await writeFile(deep, 'export const weight = 1\n')
  const before = await moduleDigest(index)
  expect(await moduleDigest(index)).toBe(before)
  await writeFile(deep, 'export const weight = 2\n')
  const after = await moduleDigest(index)
  expect(after).not.toBe(before)
  await rm(deep)
  expect(await moduleDigest(index)).not.toBe(after)
  await expect(moduleDigest(join(folder, 'none.ts'))).rejects.toMatchObject({ code: 'ENOENT' })
})
