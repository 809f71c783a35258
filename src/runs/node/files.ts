import { type FileHandle, mkdir, open, readdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { BetavaeError } from '../../base/errors.ts'
import { isPartial, partialPath, removeAbandoned } from './partial.ts'

const finished = new Set<string>()

/** Files that this process has written whole so far. */
export const finishedFiles = (): readonly string[] => [...finished]

/** Writes a whole file or nothing: beside it first, flushed, then renamed. Makes missing folders. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const file = await openWhole(path)
  try {
    await file.write(content)
    await file.done()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

/** A file that is being written beside its place, under another name. */
export interface WholeFile {
  write(content: Uint8Array | string): Promise<void>
  /** Everything is written: flushes, and gives the file its name. */
  done(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

/**
 * Begins a file that appears whole or not at all, for what comes piece by piece. Makes missing folders, and removes what
 * a killed process has left of the same file.
 *
 * A file that it replaces hands on its permissions; a link stays, and the file that it leads to is replaced. A device or
 * a pipe is written into, since renaming would put a file in its place.
 */
export async function openWhole(given: string): Promise<WholeFile> {
  const path = await beyondLink(given)
  const standing = await stat(path).catch(() => undefined)
  const isDevice = standing !== undefined && !standing.isFile() && !standing.isDirectory()
  const place = isDevice ? path : partialPath(path)
  const explained = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw writeError(given, error)
    }
  }
  const file = await explained(() => (isDevice ? open(place, 'w') : begun(path, place, standing?.mode)))
  return {
    // Not `write`, which may write a part only.
    write: (content) => explained(() => file.appendFile(content)),
    done: () =>
      explained(async () => {
        if (!isDevice) await file.sync()
        await file.close()
        if (!isDevice) await rename(place, path)
        finished.add(given)
      }),
    async abandon() {
      await file.close().catch(() => undefined)
      if (!isDevice) await rm(place, { force: true }).catch(() => undefined)
    },
  }
}

async function begun(path: string, place: string, mode: number | undefined): Promise<FileHandle> {
  await makeFolder(dirname(path))
  await removeAbandoned(path)
  const file = await open(place, 'wx')
  // Some file systems know no permissions, and refuse to.
  if (mode !== undefined) await file.chmod(mode & PERMISSIONS).catch(() => undefined)
  return file
}

const PERMISSIONS = 0o777

/** Where a link leads, also to what is not there yet; any other path as it is. */
async function beyondLink(path: string): Promise<string> {
  const target = await readlink(path).catch(() => undefined)
  if (target === undefined) return path
  return realpath(path).catch(() => resolve(dirname(path), target))
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
  const partial = names.filter((name) => isPartial(basename(name)))
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
