import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fail } from '../../../base/errors.ts'

/** Where large files may lie for a while: unlike `/tmp` this is never memory. */
const folder = (): string =>
  process.env.TMPDIR ?? (process.platform !== 'win32' && existsSync('/var/tmp') ? '/var/tmp' : tmpdir())

const OURS = /^betavae-(\d+)-[\da-f-]{36}\.(?:rows|duckdb)$/

const isAlive = (id: number): boolean => {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes the files of processes that were killed before they could; those of other users stay theirs. */
function removeLeft(place: string): void {
  for (const name of readdirSync(place)) {
    const owner = OURS.exec(name)?.[1]
    if (owner === undefined || isAlive(Number(owner))) continue
    try {
      rmSync(join(place, name), { force: true, recursive: true })
    } catch (error) {
      if (!/^(EPERM|EACCES)$/.test(`${(error as NodeJS.ErrnoException).code}`)) throw error
    }
  }
}

/** A name for a file that is gone when this process, or thread of it, has ended. */
export interface LargeFile {
  readonly path: string
  remove(): void
}

/** A place for rows that are too many to be held, in a file or in a folder of DuckDB's; nothing is there yet. */
export function largeFile(ending: 'rows' | 'duckdb' = 'rows'): LargeFile {
  const place = folder()
  inRoom(() => removeLeft(place))
  const path = join(place, `betavae-${process.pid}-${randomUUID()}.${ending}`)
  const atExit = () => rmSync(path, { force: true, recursive: true })
  process.once('exit', atExit)
  return {
    path,
    remove() {
      process.off('exit', atExit)
      atExit()
    },
  }
}

/** Runs what writes into such a file. Error: `table/no-room`. */
export function inRoom<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    return fail({
      code: 'table/no-room',
      seen: `no room for the rows of large data in "${folder()}" (${code})`,
      wanted: 'a folder with room for them, about as much as the data take unpacked',
      fix: 'free some space, or name another folder in TMPDIR',
      cause: error,
    })
  }
}
