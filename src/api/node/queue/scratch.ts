import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { livesHere, lockText, ownLock, readOwner } from '../../../runs/node/lock-owner.ts'

const PREFIX = 'betavae-job-'
const OWNER = '.owner'

/** A folder for one job, which says whose it is. */
export async function makeScratch(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), PREFIX))
  await writeFile(join(path, OWNER), lockText(ownLock()))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Removes folders whose workers were killed on this machine. */
export async function removeDeadScratch(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX))
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const owner = readOwner(await readFile(join(path, OWNER), 'utf8').catch(() => ''))
    if (owner && livesHere(owner) === false)
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
