import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { BetavaeError } from '../../../base/errors.ts'
import { inFile } from '../../in-file.ts'

/** Images of a folder by their paths in it. */
export interface ImageFiles {
  readonly folder: string
  readonly files: readonly string[]
}

/** Numbers that a scan gives of each image: width, height, whether it has colors, and whether it is deep, as 1 or 0. */
export const SCANNED = 4

/** An open file. */
export interface OpenFile {
  readonly size: number
  /** Bytes from `start` to `end`, or to where the file ends. */
  slice(start: number, end: number): Uint8Array
}

/** Works on each file in turn; errors name the file. Error `image/unreadable` for what the system says. */
export async function forEachImage(
  { folder, files }: ImageFiles,
  visit: (file: OpenFile, index: number) => Promise<void>,
): Promise<void> {
  for (const [index, name] of files.entries())
    await inFile(name, async () => {
      const descriptor = reading(() => openSync(join(folder, name), 'r'))
      try {
        await visit(openFile(descriptor), index)
      } finally {
        closeSync(descriptor)
      }
    })
}

function openFile(descriptor: number): OpenFile {
  const { size } = reading(() => fstatSync(descriptor))
  return {
    size,
    slice(start, end) {
      const bytes = new Uint8Array(Math.min(end, size) - start)
      let at = 0
      while (at < bytes.length) {
        const read = reading(() => readSync(descriptor, bytes, at, bytes.length - at, start + at))
        if (read === 0) return bytes.subarray(0, at)
        at += read
      }
      return bytes
    },
  }
}

function reading<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new BetavaeError({
      code: 'image/unreadable',
      seen: `a file that could not be read (${code ?? message})`,
      wanted: 'the images that were there when the folder was opened',
      fix: 'put it back, or begin again without it',
      cause,
    })
  }
}
