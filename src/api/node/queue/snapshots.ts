import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { LOCK } from '../../../runs/node/lock.ts'
import { isPartial } from '../../../runs/node/partial.ts'
import { RECIPE } from '../../../runs/node/store.ts'
import type { Queue } from './open-queue.ts'

const CHUNK = 2 ** 20

const snapshotSchema = z.strictObject({
  id: z.string(),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), chunks: z.int() })),
})

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Files of a run, the checkpoint first: the log must hold all that happened until it. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter(
    (name) => basename(name) !== LOCK && !isPartial(basename(name)),
  )
  const files: string[] = []
  for (const name of names.sort()) if ((await stat(join(folder, name))).isFile()) files.push(name)
  return files
}

/** Keeps what a run's folder holds, in place of what was kept before; false where the job is another worker's now. */
export async function saveSnapshot(
  { ask }: Queue,
  { key, claim }: { readonly key: string; readonly claim: string },
  folder: string,
): Promise<boolean> {
  const id = randomUUID()
  const files = []
  for (const path of await filesOf(folder)) {
    const bytes = await readFile(join(folder, path))
    const chunks = Math.max(1, Math.ceil(bytes.length / CHUNK))
    for (let place = 0; place < chunks; place++) {
      const part = bytes.subarray(place * CHUNK, (place + 1) * CHUNK)
      await ask('insert into betavae.chunk values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [
        key,
        id,
        path.replaceAll('\\', '/'),
        place,
        sha256(part),
        part,
      ])
    }
    files.push({ path: path.replaceAll('\\', '/'), sha256: sha256(bytes), chunks })
  }
  const kept = await ask('update betavae.job set snapshot = $3 where key = $1 and claim = $2 returning key', [
    key,
    claim,
    JSON.stringify({ id, files }),
  ])
  const over = kept.length > 0 ? 'snapshot <> $2' : 'snapshot = $2'
  await ask(`delete from betavae.chunk where key = $1 and ${over}`, [key, id])
  return kept.length > 0
}

/** Writes what was kept of a job into a folder, the recipe last; false where nothing was. Error: `queue/damaged`. */
export async function restoreSnapshot({ ask }: Queue, key: string, folder: string): Promise<boolean> {
  const [row] = await ask('select snapshot from betavae.job where key = $1', [key])
  if (!row?.snapshot) return false
  const { id, files } = snapshotSchema.parse(row.snapshot)
  // Its being there makes the folder a run.
  const ordered = files.toSorted((a, b) => Number(a.path === RECIPE) - Number(b.path === RECIPE))
  for (const { path, sha256: digest, chunks } of ordered) {
    const parts: Uint8Array[] = []
    for (let place = 0; place < chunks; place++) {
      const [part] = await ask(
        'select bytes from betavae.chunk where key = $1 and snapshot = $2 and path = $3 and place = $4',
        [key, id, path, place],
      )
      if (part) parts.push(part.bytes as Uint8Array)
    }
    const bytes = Buffer.concat(parts)
    if (sha256(bytes) !== digest || path.split('/').includes('..')) refuseDamaged(path)
    await writeWhole(join(folder, path), bytes)
  }
  return true
}

const refuseDamaged = (path: string): never =>
  fail({
    code: 'queue/damaged',
    seen: `"${path}" in the queue, with other bytes than its digest says`,
    wanted: 'the file that a worker has put there',
    fix: 'cancel the job and retry it: betavae queue --cancel, then --retry',
  })
