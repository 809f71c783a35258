import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isWrittenNow, LOCK, lockRun } from './lock.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid

test('one holds a run at a time, and leaves nothing', async () => {
  const path = join(await folder(), 'run')
  const lock = await lockRun(path)
  expect(Number(await readFile(join(path, LOCK), 'utf8'))).toBe(process.pid)
  await expect(lockRun(path)).rejects.toMatchObject({ code: 'runs/busy', usage: false })
  await lock[Symbol.asyncDispose]()
  expect(await readdir(path)).toEqual([])
  const again = await lockRun(path)
  await again[Symbol.asyncDispose]()
})

test('another process that lives holds its lock', async () => {
  const path = await folder()
  await writeFile(join(path, LOCK), `${process.ppid}\n`)
  const error = await lockRun(path).catch((caught: Error) => caught)
  expect((error as Error).message.replaceAll(path, 'run').replace(/\d+/, '#')).toMatchInlineSnapshot(
    `"process # writes into run "run"; wanted one process at a time. Fix: wait for it, or stop it; if no such process trains, remove run/.lock. [runs/busy]"`,
  )
  expect(await readFile(join(path, LOCK), 'utf8')).toBe(`${process.ppid}\n`)
})

test.each([
  ['a process that was killed', () => `${deadPid()}\n`],
  ['one killed while it made it', () => ''],
  ['an earlier process of our number', () => `${process.pid}\n`],
])('a lock of %s is taken over', async (_, left) => {
  const path = await folder()
  await writeFile(join(path, LOCK), left())
  const lock = await lockRun(path)
  await expect(lockRun(path)).rejects.toThrow('[runs/busy]')
  await lock[Symbol.asyncDispose]()
  expect(await readdir(path)).toEqual([])
})

test('whether a run is written into is known without touching its lock', async () => {
  const path = await folder()
  expect(await isWrittenNow(path)).toBe(false)
  const lock = await lockRun(path)
  expect(await isWrittenNow(path)).toBe(true)
  await lock[Symbol.asyncDispose]()
  for (const [pid, expected] of [
    [process.ppid, true],
    [deadPid(), false],
  ] as const) {
    await writeFile(join(path, LOCK), `${pid}\n`)
    expect(await isWrittenNow(path)).toBe(expected)
  }
})
