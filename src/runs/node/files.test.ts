import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { finishedFiles, makeFolder, openWhole, removePartial, writeWhole } from './files.ts'
import { partialPath } from './partial.ts'

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

test('a file is replaced whole, with its permissions, behind the link that leads to it', async () => {
  const [path, link] = [join(folder, 'real.csv'), join(folder, 'link.csv')]
  await writeFile(path, 'old')
  await chmod(path, 0o640)
  await symlink('real.csv', link)
  await writeWhole(link, 'new')
  expect(await readFile(path, 'utf8')).toBe('new')
  expect((await stat(path)).mode & 0o777).toBe(0o640)
  expect((await lstat(link)).isSymbolicLink()).toBe(true)
  expect(finishedFiles()).toContain(link)
  await symlink('nowhere.csv', join(folder, 'dangling.csv'))
  await writeWhole(join(folder, 'dangling.csv'), 'new')
  expect((await readdir(folder)).sort()).toEqual(['dangling.csv', 'link.csv', 'nowhere.csv', 'real.csv'])
})

test('what a killed process left of a file goes when that is written again; what is being written stays', async () => {
  const path = join(folder, 'a.csv')
  const program = `
    import { openWhole } from ${JSON.stringify(join(import.meta.dirname, 'files.ts'))}
    for (const name of ['a.csv', 'b.csv']) await (await openWhole(name)).write('half')
    process.kill(process.pid, 'SIGKILL')
  `
  const killed = spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })
  expect(killed.signal).toBe('SIGKILL')
  expect(await readdir(folder)).toHaveLength(2)
  const other = await openWhole(path)
  await writeWhole(path, 'whole')
  expect(await readdir(folder)).toHaveLength(3)
  await other.abandon()
  await removePartial(folder)
  expect(await readdir(folder)).toEqual(['a.csv'])
})

test('a writer in another container has a day', async () => {
  const path = join(folder, 'a.csv')
  // Pid, start, place: of nobody here.
  const left = partialPath(path).replace(/-[\da-f]{8}(-[\da-f]{8}\.partial)$/, '-00000000$1')
  await writeFile(left, 'half')
  await writeWhole(path, 'whole')
  expect(await readdir(folder)).toHaveLength(2)
  const before = Date.now() / 1000 - 100_000
  await utimes(left, before, before)
  await writeWhole(path, 'whole')
  expect(await readdir(folder)).toEqual(['a.csv'])
})
