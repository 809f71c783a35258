import { open, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileNameOf } from '../file-name.ts'
import type { Folder } from '../folder.ts'
import type { SourceHost } from '../sources/source.ts'
import { installed } from './installed.ts'
import { largeBytes } from './large-bytes.ts'

/** One call reads less than 2 GiB. */
const MOST_AT_ONCE = 2 ** 30

/** A file's bytes in memory of their own, read in as few calls as the system allows. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const bytes = new Uint8Array((await file.stat()).size)
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await file.read(bytes, at, Math.min(bytes.length - at, MOST_AT_ONCE), at)
      if (bytesRead === 0) return bytes.subarray(0, at)
      at += bytesRead
    }
    return bytes
  } finally {
    await file.close()
  }
}

/** A folder on disk; files of more than `memory` bytes can be read in pieces. */
export const diskFolder = (path: string, memory = Number.POSITIVE_INFINITY): Folder => ({
  name: fileNameOf(path),
  list: () => readdir(path),
  read: (file) => readBytes(join(path, file)),
  stored: (file, sizeBy) => largeBytes(join(path, file), memory, sizeBy),
})

export const nodeHost: SourceHost = {
  async packageFolder(packageName, path) {
    const manifest = installed(`${packageName}/package.json`)
    return manifest === undefined ? undefined : diskFolder(join(dirname(manifest), path))
  },
}
