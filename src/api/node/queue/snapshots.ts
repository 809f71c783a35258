import { randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { z } from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { LOCK } from '../../../runs/node/lock.ts'
import { isPartial } from '../../../runs/node/partial.ts'
import { RECIPE } from '../../../runs/node/store.ts'
import type { Queue } from './open-queue.ts'
import { sha256, shelfOf } from './shelves.ts'

const snapshotSchema = z.strictObject({
  id: z.string(),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), chunks: z.int() })),
})

/** Files of a run, the checkpoint first: the log must hold all that happened until it. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => basename(name) !== LOCK && !isPartial(basename(name)),
  )
  const files: string[] = []
  for (const name of names.sort()) if ((await stat(join(folder, name))).isFile()) files.push(name)
  return files
}

interface Keeping {
  readonly key: string
  readonly claim: string
  /** Folder for files that all machines share; default: the database. */
  readonly store?: string | null
}

/**
 * Keeps what a run's folder holds, in place of what was kept before; false where the job is another worker's now. A
 * step beyond that of the last one says that the worker before did not die in vain.
 */
export async function saveSnapshot(
  queue: Queue,
  { key, claim, store = null }: Keeping,
  folder: string,
  step = 0,
): Promise<boolean> {
  const id = randomUUID()
  const shelf = shelfOf(queue, key, store)
  const files = []
  for (const name of await filesOf(folder)) {
    const bytes = await readFile(join(folder, name))
    const path = name.replaceAll('\\', '/')
    files.push({ path, sha256: sha256(bytes), chunks: await shelf.put(id, path, bytes) })
  }
  const rows = await queue.ask(
    `update betavae.job set snapshot = $3, deaths = case when $4 > kept then 0 else deaths end,
       kept = greatest(kept, $4), changed = now() where key = $1 and claim = $2 returning key`,
    [key, claim, JSON.stringify({ id, files }), step],
  )
  await (rows.length > 0 ? shelf.dropAllBut(id, claim) : shelf.drop(id))
  return rows.length > 0
}

/** Writes what was kept of a job into a folder, the recipe last; false where nothing was. Errors: `queue/damaged`, `queue/store`. */
export async function restoreSnapshot(
  queue: Queue,
  key: string,
  folder: string,
  store: string | null = null,
): Promise<boolean> {
  const [row] = await queue.ask('select snapshot from betavae.job where key = $1', [key])
  if (!row?.snapshot) return false
  const { id, files } = snapshotSchema.parse(row.snapshot)
  const shelf = shelfOf(queue, key, store)
  // Its being there makes the folder a run.
  const ordered = files.toSorted((a, b) => Number(a.path === RECIPE) - Number(b.path === RECIPE))
  for (const { path, sha256: digest, chunks } of ordered) {
    if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) refuseDamaged(key, path)
    const bytes = await shelf.take(id, path, chunks)
    if (sha256(bytes) !== digest) refuseDamaged(key, path)
    await writeWhole(join(folder, path), bytes)
  }
  return true
}

const refuseDamaged = (key: string, path: string): never =>
  fail({
    code: 'queue/damaged',
    seen: `"${path}" in the queue, with other bytes than its digest says`,
    wanted: 'the file that a worker has put there',
    fix: `have it trained anew: betavae queue retry ${key.slice(0, 10)} --queue <address>`,
  })
