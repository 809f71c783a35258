import { open, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileNameOf } from '../file-name.ts'
import type { Folder } from '../folder.ts'
import type { SourceHost } from '../sources/source.ts'

/** A file's bytes in memory of their own, read in as few calls as the system allows. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const bytes = new Uint8Array((await file.stat()).size)
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, at)
      if (bytesRead === 0) return bytes.subarray(0, at)
      at += bytesRead
    }
    return bytes
  } finally {
    await file.close()
  }
}

/** A folder on disk. */
export const diskFolder = (path: string): Folder => ({
  name: fileNameOf(path),
  list: () => readdir(path),
  read: (file) => readBytes(join(path, file)),
})

/** Where Node finds packages: beside this one first, then from the working directory. */
export const nodeHost: SourceHost = {
  async packageFolder(packageName, path) {
    for (const from of [import.meta.url, join(process.cwd(), 'package.json')]) {
      try {
        return diskFolder(join(dirname(createRequire(from).resolve(`${packageName}/package.json`)), path))
      } catch {
        // Not to be found from here.
      }
    }
    return undefined
  },
}
