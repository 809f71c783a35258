import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { makeFolder } from './files.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'betavae-files-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

test('makes the folders that are missing, and takes those that stand', async () => {
  await makeFolder(join(folder, 'a', 'b', 'c'))
  await makeFolder(join(folder, 'a', 'b', 'c'))
  expect(await readdir(folder, { recursive: true })).toEqual(['a', join('a', 'b'), join('a', 'b', 'c')])
})

test('does not take a file for a folder', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

// In a process of its own, since one that never returns could not be ended.
test.skipIf(!existsSync('/proc/self'))('ends in /proc too (skipped where there is none)', () => {
  const program = `
    import { makeFolder } from ${JSON.stringify(join(import.meta.dirname, 'files.ts'))}
    await makeFolder('/proc/betavae/a').catch(({ code }) => process.stdout.write(code))
  `
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    timeout: 10_000,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
  })
  expect(stdout).toBe('ENOENT')
})
