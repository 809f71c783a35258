/** Where files of jobs are kept between workers: in the database, or in a folder that all machines share. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import type { Queue } from './open-queue.ts'

/** Files of one job, those of each snapshot under its own number. */
interface Shelf {
  /** Puts a file there; gives in how many pieces. */
  put(snapshot: string, path: string, bytes: Uint8Array): Promise<number>
  /** A file; what is missing of it shows in its digest. */
  take(snapshot: string, path: string, chunks: number): Promise<Uint8Array>
  drop(snapshot: string): Promise<void>
  /** Unless another worker has the job by now: what that one put there stays. */
  dropAllBut(snapshot: string, claim: string): Promise<void>
}

/** Error: `queue/store`. */
export const shelfOf = (queue: Queue, key: string, store: string | null): Shelf =>
  store === null ? inDatabase(queue, key) : inFolder(queue, seenStore(store), key)

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const CHUNK = 2 ** 20

const inDatabase = ({ ask }: Queue, key: string): Shelf => ({
  async put(snapshot, path, bytes) {
    const chunks = Math.max(1, Math.ceil(bytes.length / CHUNK))
    for (let place = 0; place < chunks; place++) {
      const part = bytes.subarray(place * CHUNK, (place + 1) * CHUNK)
      await ask('insert into betavae.chunk values ($1, $2, $3, $4, $5, $6) on conflict do nothing', [
        ...[key, snapshot, path, place, sha256(part), part],
      ])
    }
    return chunks
  },
  async take(snapshot, path, chunks) {
    const parts: Uint8Array[] = []
    for (let place = 0; place < chunks; place++) {
      const [part] = await ask(
        'select bytes from betavae.chunk where key = $1 and snapshot = $2 and path = $3 and place = $4',
        [key, snapshot, path, place],
      )
      if (part) parts.push(part.bytes as Uint8Array)
    }
    return Buffer.concat(parts)
  },
  async drop(snapshot) {
    await ask('delete from betavae.chunk where key = $1 and snapshot = $2', [key, snapshot])
  },
  async dropAllBut(snapshot, claim) {
    await ask(
      `delete from betavae.chunk where key = $1 and snapshot <> $2
         and exists (select from betavae.job where key = $1 and claim = $3)`,
      [key, snapshot, claim],
    )
  },
})

/** A folder that can be seen from here. Error: `queue/store`. */
export function seenStore(store: string): string {
  if (existsSync(store)) return store
  return fail({
    code: 'queue/store',
    seen: `no folder "${store}", in which the files of jobs are kept`,
    wanted: 'the folder that all machines share',
    fix: 'mount it there, or say where it is: --store <folder>',
  })
}

function inFolder({ ask }: Queue, store: string, key: string): Shelf {
  const folder = join(store, key)
  const drop = (snapshot: string) => rm(join(folder, snapshot), { recursive: true, force: true })
  return {
    async put(snapshot, path, bytes) {
      await writeWhole(join(folder, snapshot, path), bytes)
      return 1
    },
    take: (snapshot, path) => readFile(join(folder, snapshot, path)).catch(() => new Uint8Array()),
    drop,
    async dropAllBut(snapshot, claim) {
      const own = await ask('select from betavae.job where key = $1 and claim = $2', [key, claim])
      if (own.length === 0) return
      for (const name of await readdir(folder)) if (name !== snapshot) await drop(name)
    },
  }
}
