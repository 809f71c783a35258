import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail } from '../../base/errors.ts'
import { makeFolder, writeError } from './files.ts'

/** File that holds the number of the process that writes into a run. */
export const LOCK = '.lock'

/** Between another's making its lock and our seeing it there. */
const SETTLING_MS = 100

/** Runs that this process writes into; a lock with its number but not in here is a dead process's. */
const held = new Set<string>()

/**
 * Makes this process the only one that writes into a run; makes the folder where it is missing.
 *
 * What a killed process has left is taken over. Error `runs/busy` where another process is at work.
 */
export async function lockRun(folder: string): Promise<AsyncDisposable> {
  const path = resolve(folder, LOCK)
  if (held.has(path)) refuseBusy(folder, process.pid)
  held.add(path)
  try {
    await makeFolder(folder)
    if (!(await made(path))) await takeOver(folder, path)
  } catch (error) {
    held.delete(path)
    throw writeError(join(folder, LOCK), error)
  }
  return {
    async [Symbol.asyncDispose]() {
      await rm(path, { force: true })
      held.delete(path)
    },
  }
}

/** Whether a process, this one or another, writes into a run at the moment. */
export async function isWrittenNow(folder: string): Promise<boolean> {
  const path = resolve(folder, LOCK)
  if (held.has(path)) return true
  const owner = Number(await readFile(path, 'utf8').catch(() => ''))
  return owner > 0 && isOther(owner)
}

/** Whether the lock could be made; false where there is one. */
async function made(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}\n`, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function takeOver(folder: string, path: string): Promise<void> {
  const owner = await ownerOf(path)
  if (owner !== undefined && isOther(owner)) refuseBusy(folder, owner)
  await rm(path, { force: true })
  const ours = await made(path)
  // Two may have found the same leftover: the later one removed the lock of the earlier, which sees so here.
  await sleep(SETTLING_MS)
  const now = await ownerOf(path)
  if (!ours || now !== process.pid) refuseBusy(folder, now)
}

/** The process that holds a lock; undefined where the lock names none, as when one was killed while writing it. */
async function ownerOf(path: string): Promise<number | undefined> {
  for (const pause of [SETTLING_MS, 0]) {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''))
    if (Number.isInteger(owner) && owner > 0) return owner
    await sleep(pause)
  }
  return undefined
}

/** Whether another process of this number runs. */
function isOther(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function refuseBusy(folder: string, owner: number | undefined): never {
  return fail({
    code: 'runs/busy',
    seen: `process ${owner ?? 'of unknown number'} writes into run "${folder}"`,
    wanted: 'one process at a time',
    fix: `wait for it, or stop it; if no such process trains, remove ${join(folder, LOCK)}`,
  })
}
