import { closeSync, createReadStream, openSync, statfsSync, writeSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail } from '../../base/errors.ts'
import { type ArrayLayout, endOf, heldBytes } from '../formats/array-layout.ts'
import { isGzip } from '../formats/gzip.ts'
import { OPENING, type StoredBytes } from '../stored-bytes.ts'
import { inRoom, largeFile } from '../tables/node/large-files.ts'
import { peeked } from '../tables/node/peek.ts'
import { gunzippedPieces } from '../tables/node/unpack.ts'
import { storedFile } from './stored-file.ts'

/**
 * A file of more than `memory` bytes, to be read in pieces; undefined where it may be held.
 *
 * What is inside of gzip is unpacked into a file that is gone when the process ends, no further than by one byte more
 * than its own beginning says. Errors: `gzip/torn`, `table/no-room`.
 */
export async function largeBytes(
  path: string,
  memory: number,
  layoutBy: (opening: Uint8Array) => ArrayLayout | undefined,
): Promise<StoredBytes | undefined> {
  const { size } = await stat(path)
  if (!isGzip(await firstBytes(path))) return size > memory ? storedFile(path) : undefined
  const { opening, pieces, close } = await peeked(gunzippedPieces(createReadStream(path)), OPENING)
  try {
    const layout = layoutBy(opening)
    return layout && heldBytes(layout) > memory ? await unpackedFile(pieces(), endOf(layout)) : undefined
  } finally {
    await close()
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    return (await file.read(new Uint8Array(2), 0, 2, 0)).buffer
  } finally {
    await file.close()
  }
}

async function unpackedFile(pieces: AsyncIterable<Uint8Array>, size: number): Promise<StoredBytes> {
  const { path, remove } = largeFile()
  try {
    const file = inRoom(() => openWithRoom(path, size))
    let at = 0
    try {
      for await (const piece of pieces) {
        inRoom(() => writeAll(file, piece.subarray(0, size + 1 - at)))
        at += piece.length
        if (at > size) break
      }
    } finally {
      closeSync(file)
    }
    if (at !== size) refuseSize(at, size)
    return await storedFile(path)
  } catch (error) {
    remove()
    throw error
  }
}

const refuseSize = (seen: number, wanted: number): never =>
  fail({
    code: 'gzip/torn',
    seen: seen < wanted ? `gzip data that unpack to ${seen} bytes` : `gzip data of more than ${wanted} bytes`,
    wanted: `${wanted} bytes, as those that they begin with say`,
    fix: 'copy or download the file again',
  })

/** Throws as a full disk would, before it is filled. */
function openWithRoom(path: string, size: number): number {
  const { bavail, bsize } = statfsSync(dirname(path))
  if (bavail * bsize < size) throw Object.assign(new Error('too few bytes left'), { code: 'ENOSPC' })
  return openSync(path, 'wx', 0o600)
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
