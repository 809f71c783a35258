import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderParts } from './folder.ts'

test('no table is replaced by what becomes of it, also not by another way to its folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'folder-parts-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [visits, other, way] = ['visits', 'other', 'way'].map((name) => join(folder, name))
  await mkdir(visits)
  await mkdir(other)
  await symlink(visits, way)
  await writeFile(join(visits, 'a.csv'), 'x\n1\n')
  for (const out of [visits, way])
    await expect(folderParts(visits, out)).rejects.toMatchObject({ code: 'parts/names' })
  expect(await folderParts(visits, other)).toHaveLength(1)
})
