/** Files that are being written, under names that say of which process, so that the next one can clear up after it. */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { livesHere, ownLock } from './lock-owner.ts'

/** What the file is to become, its writer's number, start and place, and what tells it from others of that writer. */
const PARTIAL = /^\.([\da-f]{8})-(\d+)-(\d*)-([\da-f]{8})-[\da-f]{8}\.partial$/

/** A writer whose number means nothing here may still write; nobody writes a file for a day without touching it. */
const DAY_MS = 86_400_000

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** Where to write what is to become the file at `path`. */
export function partialPath(path: string): string {
  const { pid, began, place } = ownLock()
  const words = [digest(basename(path)), pid, began, digest(place), randomUUID().slice(0, 8)]
  return join(dirname(path), `.${words.join('-')}.partial`)
}

export const isPartial = (name: string): boolean => PARTIAL.test(name)

/** Removes what was to become the file at `path` and whose writer is dead. */
export async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  const target = digest(basename(path))
  const left = names.filter((name) => PARTIAL.exec(name)?.[1] === target).map((name) => join(folder, name))
  for (const name of left) if (await isAbandoned(name)) await rm(name, { force: true }).catch(() => undefined)
}

async function isAbandoned(path: string): Promise<boolean> {
  const [, , pid, began, place] = PARTIAL.exec(basename(path)) ?? []
  const own = ownLock()
  if (place === digest(own.place)) return livesHere({ ...own, pid: Number(pid), began }) === false
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > DAY_MS
}
