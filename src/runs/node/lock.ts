import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../base/errors.ts'
import { beatIn, LEASE_MS } from './beat.ts'
import { makeFolder, writeError } from './files.ts'
import { type LockOwner, livesHere, lockText, ownLock, readOwner } from './lock-owner.ts'

/** File that names the process that writes into a run. */
export const LOCK = '.lock'

/** Between another's making its lock and our seeing it there. */
const SETTLING_MS = 100

/** Locks of this thread. */
const held = new Set<string>()

/** A run that nobody else writes into. */
export interface RunLock extends AsyncDisposable {
  /**
   * Refuses to go on where another process has taken the run over, as it may when this one was stopped for longer than
   * others wait. Error `runs/taken-over`.
   */
  stillOurs(): Promise<void>
}

/**
 * Makes this process the only one that writes into a run, on any machine that shares its folder; makes the folder where
 * it is missing.
 *
 * What a dead process has left is taken over: at once where its number can be looked up, else when it has not counted on
 * for `lease` milliseconds. Error `runs/busy` where another process is at work.
 */
export async function lockRun(folder: string, { lease = LEASE_MS } = {}): Promise<RunLock> {
  const path = resolve(folder, LOCK)
  if (held.has(path)) refuseBusy(folder, ownLock())
  held.add(path)
  try {
    await makeFolder(folder)
    const own = ownLock()
    if (!(await made(path, own))) await takeOver(folder, path, own, lease)
    return lockOf(folder, path, own)
  } catch (error) {
    held.delete(path)
    throw writeError(join(folder, LOCK), error)
  }
}

function lockOf(folder: string, path: string, { token }: LockOwner): RunLock {
  const stopBeating = beatIn(path, token)
  return {
    async stillOurs() {
      const owner = await ownerIn(path)
      if (owner?.token !== token) refuseTakenOver(folder, owner)
    },
    async [Symbol.asyncDispose]() {
      stopBeating()
      if ((await ownerIn(path))?.token === token) await rm(path, { force: true })
      held.delete(path)
    },
  }
}

/** Whether a process, this one or another, writes into a run at the moment. */
export async function isWrittenNow(folder: string): Promise<boolean> {
  const path = resolve(folder, LOCK)
  if (held.has(path)) return true
  const owner = await ownerIn(path).catch(() => undefined)
  if (!owner) return false
  const changed = await stat(path).catch(() => undefined)
  // Nobody waits for a beat here: clocks that differ by more than the lease may tell a list of runs wrong.
  return livesHere(owner) ?? (changed !== undefined && Math.abs(Date.now() - changed.mtimeMs) < LEASE_MS)
}

/** Removes the lock of a process that is known to be dead, as where it was killed when all was written. */
export async function removeDeadLock(folder: string): Promise<void> {
  const path = resolve(folder, LOCK)
  const owner = await ownerIn(path).catch(() => undefined)
  if (owner && livesHere(owner) === false) await rm(path, { force: true }).catch(() => undefined)
}

/** Whether the lock could be made; false where there is one. */
async function made(path: string, own: LockOwner): Promise<boolean> {
  try {
    await writeFile(path, lockText(own), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function takeOver(folder: string, path: string, own: LockOwner, lease: number): Promise<void> {
  const owner = await livingOwner(path, lease)
  if (owner) refuseBusy(folder, owner)
  await rm(path, { force: true })
  const isMade = await made(path, own)
  // Two may have found the same leftover: the later one removed the lock of the earlier, which sees so here.
  await sleep(SETTLING_MS)
  const now = await ownerIn(path)
  if (!isMade || now?.token !== own.token) refuseBusy(folder, now)
}

/**
 * Who holds a lock and lives. Clocks have no say in it, since they are moved and differ between machines: a lock that
 * changes while it is looked at has an owner, one that stays as it is for the whole lease has none.
 */
async function livingOwner(path: string, lease: number): Promise<LockOwner | undefined> {
  const first = await textIn(path)
  const began = performance.now()
  for (;;) {
    const text = await textIn(path)
    const owner = readOwner(text ?? '')
    const lives = owner && livesHere(owner)
    if (text === undefined || lives === false) return undefined
    // A text that is no lock yet may be one that is being written.
    if (owner && (lives || text !== first)) return owner
    if (performance.now() - began > lease) return undefined
    await sleep(SETTLING_MS)
  }
}

/** What a lock holds; undefined where there is none. */
const textIn = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

const ownerIn = async (path: string): Promise<LockOwner | undefined> => readOwner((await textIn(path)) ?? '')

const called = (owner: LockOwner | undefined): string =>
  owner === undefined
    ? 'another process'
    : `process ${owner.pid}${owner.place === ownLock().place ? '' : ` of ${owner.host}, another machine or container,`}`

function refuseBusy(folder: string, owner: LockOwner | undefined): never {
  return fail({
    code: 'runs/busy',
    seen: `${called(owner)} writes into run "${folder}"`,
    wanted: 'one process at a time',
    fix: 'wait for it, or stop it; what it leaves is taken over then',
  })
}

function refuseTakenOver(folder: string, owner: LockOwner | undefined): never {
  return fail({
    code: 'runs/taken-over',
    seen:
      owner === undefined
        ? `the lock of run "${folder}" is gone`
        : `${called(owner)} writes into run "${folder}" now`,
    wanted: 'a lock that stays ours; others take it when its process gives no sign of life for 10 seconds',
    fix: 'leave the run to that process, or stop it and resume the run here',
  })
}
