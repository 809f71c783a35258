import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { isWrittenNow, LOCK, lockRun, removeDeadLock } from './lock.ts'
import { beatOf, type LockOwner, lockText, ownLock } from './lock-owner.ts'

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'betavae-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

const leave = (path: string, owner: Partial<LockOwner>): Promise<void> =>
  writeFile(join(path, LOCK), lockText({ ...ownLock(), ...owner }))

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['--version']).pid

const elsewhere = { place: 'another start of the machine', host: 'far' }

/** Another process that holds a lock until it is told to let go, started by `command`. */
async function holder(path: string, command: readonly string[] = []): Promise<ChildProcess> {
  const [program, ...args] = [
    ...command,
    process.execPath,
    '--input-type=module',
    '--eval',
    `import { lockRun } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))}
    const lock = await lockRun(${JSON.stringify(path)})
    console.log('held')
    process.stdin.once('data', async () => { await lock[Symbol.asyncDispose](); process.exit() })`,
  ]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let wrong = ''
  child.stderr.on('data', (text) => {
    wrong += text
  })
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'close').then(() => Promise.reject(new Error(wrong))),
  ])
  return child
}

test('one holds a run at a time, and leaves nothing', async () => {
  const path = join(await folder(), 'run')
  const lock = await lockRun(path)
  expect(JSON.parse(await readFile(join(path, LOCK), 'utf8'))).toMatchObject({ pid: process.pid })
  await expect(lockRun(path)).rejects.toMatchObject({ code: 'runs/busy', usage: false })
  await lock[Symbol.asyncDispose]()
  expect(await readdir(path)).toEqual([])
  const again = await lockRun(path)
  await again[Symbol.asyncDispose]()
})

test('another process that lives holds its lock; a killed one is followed at once', async () => {
  const path = await folder()
  const child = await holder(path)
  const error = await lockRun(path).catch((caught: Error) => caught)
  expect((error as Error).message.replaceAll(path, 'run').replace(/\d+/, '#')).toMatchInlineSnapshot(
    `"process # writes into run "run"; wanted one process at a time. Fix: wait for it, or stop it; what it leaves is taken over then. [runs/busy]"`,
  )
  expect(await isWrittenNow(path)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await isWrittenNow(path)).toBe(false)
  // A lease that outlives the test: what would wait for its end does not come through.
  await using _lock = await lockRun(path, { lease: 1e6 })
})

test.each([
  ['a process that was killed', () => lockText({ ...ownLock(), pid: deadPid() })],
  ['an earlier process of our number', () => lockText({ ...ownLock(), began: '1' })],
  ['an earlier process of a number in use', () => lockText({ ...ownLock(), pid: process.ppid, began: '1' })],
  ['another machine that beats no more', () => lockText({ ...ownLock(), ...elsewhere })],
  ['another thread of this process that ended', () => lockText(ownLock())],
  ['one killed while it made it', () => ''],
  ['something else', () => '{"pid":1}\n'],
])('a lock of %s is taken over', async (_, left) => {
  const path = await folder()
  await writeFile(join(path, LOCK), left())
  const lock = await lockRun(path, { lease: 300 })
  await expect(lockRun(path)).rejects.toThrow('[runs/busy]')
  await lock[Symbol.asyncDispose]()
  expect(await readdir(path)).toEqual([])
})

test.runIf(process.platform === 'linux')('a process that is dead and not buried holds nothing', async () => {
  const path = await folder()
  // The shell ends its child and becomes a program that never asks what became of it.
  const parent = spawn('bash', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'])
  onTestFinished(() => void parent.kill())
  const pid = Number(String((await once(parent.stdout, 'data'))[0]))
  const [, began] = /^\d+ \(.*\) (?:\S+ ){19}(\d+)/s.exec(await readFile(`/proc/${pid}/stat`, 'utf8')) ?? []
  await leave(path, { pid, began })
  expect(await isWrittenNow(path)).toBe(true)
  await sleep(400)
  expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')
  expect(await isWrittenNow(path)).toBe(false)
  await using _lock = await lockRun(path, { lease: 60_000 })
})

test('a lock of another machine that beats is respected, whatever its clock says', async () => {
  const path = await folder()
  let count = 0
  await leave(path, elsewhere)
  const beating = setInterval(() => void leave(path, { ...elsewhere, beat: beatOf(++count) }), 200)
  onTestFinished(() => clearInterval(beating))
  const error = await lockRun(path, { lease: 1000 }).catch((caught: Error) => caught)
  expect((error as Error).message).toMatch(
    /process \d+ of far, another machine or container, writes into run/,
  )
})

test('a lock beats while its thread is busy', async () => {
  const path = await folder()
  await using _lock = await lockRun(path)
  const first = await readFile(join(path, LOCK), 'utf8')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500)
  const now = JSON.parse(await readFile(join(path, LOCK), 'utf8'))
  expect(now).not.toEqual(JSON.parse(first))
  expect({ ...now, beat: '' }).toEqual({ ...JSON.parse(first), beat: '' })
})

test('whoever was taken over writes nothing more and leaves the lock alone', async () => {
  const path = await folder()
  const lock = await lockRun(path)
  await lock.stillOurs()
  await leave(path, elsewhere)
  await expect(lock.stillOurs()).rejects.toMatchObject({ code: 'runs/taken-over' })
  const theirs = await readFile(join(path, LOCK), 'utf8')
  await sleep(1500)
  await lock[Symbol.asyncDispose]()
  expect(await readFile(join(path, LOCK), 'utf8')).toBe(theirs)
})

/** As root a process namespace can be had, and as a user inside of a namespace of users where the system allows that. */
const newNamespace = [
  ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--uts'],
  ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc', '--uts'],
].find(([program, ...args]) => spawnSync(program, [...args, 'true']).status === 0)

test.runIf(newNamespace)(
  'containers that share a folder refuse each other, and follow a dead one',
  async () => {
    const path = await folder()
    const child = await holder(path, newNamespace)
    await expect(lockRun(path)).rejects.toThrow('another machine or container')
    const third = await holder(join(path, 'other'), newNamespace)
    third.kill('SIGKILL')
    child.kill('SIGKILL')
    await once(child, 'exit')
    // Its number may be anybody's here: only that it counts on no more tells.
    await using _lock = await lockRun(path)
    await expect(holder(path, newNamespace)).rejects.toThrow('runs/busy')
  },
  30_000,
)

/** As another user, where this one may become it and that one may read what runs here. */
const otherUser = [['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']].find(
  ([program, ...args]) =>
    spawnSync(program, [...args, process.execPath, join(import.meta.dirname, 'lock-owner.ts')]).status === 0,
)

test.runIf(otherUser)('two users who share a folder refuse each other, and follow a dead one', async () => {
  const path = await folder()
  await chmod(path, 0o777)
  const child = await holder(path, otherUser)
  expect(JSON.parse(await readFile(join(path, LOCK), 'utf8')).place).toBe(ownLock().place)
  await expect(lockRun(path)).rejects.toMatchObject({ code: 'runs/busy' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  {
    await using _lock = await lockRun(path, { lease: 60_000 })
    await expect(holder(path, otherUser)).rejects.toThrow('runs/busy')
  }
  await leave(path, { pid: deadPid() })
  const next = await holder(path, otherUser)
  await expect(lockRun(path)).rejects.toMatchObject({ code: 'runs/busy' })
  next.kill('SIGKILL')
})

const YEAR_MS = 365 * 86_400_000

/** Moves this process's clock, and what the system says of when a lock was changed. */
async function moveClocks(
  path: string,
  by: { readonly ours: number; readonly theirs: number },
): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by.ours })
  onTestFinished(() => void vi.useRealTimers())
  const then = new Date(Date.now() + by.theirs)
  await utimes(join(path, LOCK), then, then)
}

const moved = [
  { ours: YEAR_MS, theirs: 0 },
  { ours: -YEAR_MS, theirs: 0 },
  { ours: 0, theirs: YEAR_MS },
  { ours: 0, theirs: -YEAR_MS },
]

test.each(moved)('clocks that are moved ($ours, $theirs ms) give a lock to no second one', async (by) => {
  const path = await folder()
  const child = await holder(path)
  await moveClocks(path, by)
  await expect(lockRun(path, { lease: 300 })).rejects.toMatchObject({ code: 'runs/busy' })
  child.kill('SIGKILL')
  await once(child, 'exit')
  let count = 0
  await leave(path, elsewhere)
  const beating = setInterval(() => {
    void leave(path, { ...elsewhere, beat: beatOf(++count) }).then(() => moveClocks(path, by))
  }, 100)
  await expect(lockRun(path, { lease: 1000 })).rejects.toMatchObject({ code: 'runs/busy' })
  clearInterval(beating)
})

test.each(moved)('clocks that are moved ($ours, $theirs ms) keep no lock of a dead one', async (by) => {
  const path = await folder()
  await leave(path, elsewhere)
  await moveClocks(path, by)
  await using _lock = await lockRun(path, { lease: 300 })
})

test('the lock of a dead process goes, one that may be alive stays', async () => {
  const path = await folder()
  await removeDeadLock(path)
  await leave(path, elsewhere)
  await removeDeadLock(path)
  expect(await readdir(path)).toEqual([LOCK])
  await leave(path, { pid: deadPid() })
  await removeDeadLock(path)
  expect(await readdir(path)).toEqual([])
})
