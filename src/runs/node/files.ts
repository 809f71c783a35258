import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BetavaeError } from '../../base/errors.ts'

const PARTIAL = /^\.[\da-f-]{36}\.partial$/

/**
 * Writes a whole file or nothing: beside it first, flushed, then renamed. Makes missing folders.
 *
 * A device or a pipe is written into, since renaming would put a file in its place.
 */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const standing = await stat(path).catch(() => undefined)
  if (standing && !standing.isFile() && !standing.isDirectory())
    return writeFile(path, content).catch((error: unknown) => {
      throw writeError(path, error)
    })
  const beside = join(dirname(path), `.${randomUUID()}.partial`)
  try {
    await makeFolder(dirname(path))
    const file = await open(beside, 'wx')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw writeError(path, error)
  }
}

/**
 * Makes a folder and those above it that are missing.
 *
 * `mkdir` with `recursive` does not do: it never returns where the parent stands and yet refuses with ENOENT, as
 * `/proc` does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await makeOne(path)
  }
}

const makeOne = (path: string): Promise<void> =>
  mkdir(path).catch(async (error: unknown) => {
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw error
  })

/** Removes what a process that was killed while writing has left in a folder. */
export async function removePartial(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const partial = names.filter((name) => PARTIAL.test(basename(name)))
  await Promise.all(partial.map((name) => rm(join(folder, name), { force: true })))
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space or choose another place with --out',
  EDQUOT: 'free some space or choose another place with --out',
  EACCES: 'choose a place you may write to with --out',
  EPERM: 'choose a place you may write to with --out',
  EROFS: 'choose a place you may write to with --out',
  EISDIR: 'name a file, not a folder',
  ENOTDIR: 'a part of the path is a file; choose another place',
  ENOENT: 'choose a place where folders can be made with --out',
  EEXIST: 'a part of the path is a file; choose another place',
}

/** An error of the file system, in the words of this project. */
export function writeError(path: string, error: unknown): BetavaeError {
  if (error instanceof BetavaeError) return error
  const { code = 'unknown', message } = error as NodeJS.ErrnoException
  return new BetavaeError({
    code: 'files/write',
    seen: `"${path}" could not be written (${code}: ${message.split('\n')[0].replace(/^[A-Z]+: /, '')})`,
    wanted: 'a place with room that may be written to',
    fix: remedies[code] ?? 'choose another place with --out',
    cause: error,
  })
}
