import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { storedFile } from '../../node/stored-file.ts'
import { withReadAhead } from '../../read-ahead.ts'
import type { TableLayout } from '../layout.ts'
import { packedRows } from '../packed-rows.ts'
import { heldRows, type OpenRowStore, type RowStore } from '../row-store.ts'

/** Where large files may lie for a while: unlike `/tmp` this is never memory. */
const folder = (): string =>
  process.env.TMPDIR ?? (process.platform !== 'win32' && existsSync('/var/tmp') ? '/var/tmp' : tmpdir())

const OURS = /^betavae-(\d+)-[\da-f-]{36}\.rows$/

const isAlive = (process_: number): boolean => {
  try {
    return process.kill(process_, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the files of processes that were killed before they could. */
function removeLeft(place: string): void {
  for (const name of readdirSync(place)) {
    const owner = OURS.exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(join(place, name), { force: true })
  }
}

const explained = <Result>(work: () => Result): Result => {
  try {
    return work()
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    return fail({
      code: 'table/no-room',
      seen: `no room for the encoded rows of a large table in "${folder()}" (${code})`,
      wanted: 'a folder with room for them, about as much as the table itself takes',
      fix: 'free some space, or name another folder in TMPDIR',
      cause: error,
    })
  }
}

/** Rows in a file that is gone when this process, or thread of it, ends. */
function rowsOnDisk(layout: TableLayout): RowStore {
  const packed = packedRows(layout)
  const place = folder()
  const path = join(place, `betavae-${process.pid}-${randomUUID()}.rows`)
  const remove = () => rmSync(path, { force: true })
  const file = explained(() => {
    removeLeft(place)
    return openSync(path, 'wx', 0o600)
  })
  process.once('exit', remove)
  let count = 0
  return {
    add(rows) {
      const bytes = packed.pack(rows)
      explained(() => {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      })
      count += rows.length / layout.width
    },
    async dataset(about) {
      closeSync(file)
      const stored = await storedFile(path)
      const records = { start: 0, width: packed.bytes }
      return withReadAhead({
        defaults: {},
        ...about,
        count,
        exampleShape: [layout.width],
        dtype: 'float32',
        async read(indices) {
          const data = packed.unpack(await stored.records(records, indices))
          return { data, shape: [indices.length, layout.width] }
        },
      })
    },
    abandon() {
      closeSync(file)
      remove()
    },
  }
}

/** Rows in memory up to so many bytes, and of a larger table all in a file. */
export const storedRows =
  (memory: number): OpenRowStore =>
  (layout) => {
    const parts: Float32Array[] = []
    let bytes = 0
    let store: RowStore | undefined
    const spill = () => {
      store = rowsOnDisk(layout)
      for (const part of parts.splice(0)) store.add(part)
    }
    return {
      add(rows) {
        bytes += rows.byteLength
        if (store) return store.add(rows)
        parts.push(rows)
        if (bytes > memory) spill()
      },
      dataset(about) {
        if (store) return store.dataset(about)
        const held = heldRows(layout)
        for (const part of parts) held.add(part)
        return held.dataset(about)
      },
      abandon: () => store?.abandon(),
    }
  }
