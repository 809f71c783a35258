import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { fail } from '../../../base/errors.ts'
import { fileNameOf } from '../../file-name.ts'
import type { RecordPlace } from '../../stored-bytes.ts'
import { readRecords } from './records.ts'

/** A file as it was when it was opened. */
export interface FileVersion {
  readonly path: string
  readonly size: number
  /** Time of the last change, in milliseconds. */
  readonly changed: number
}

/** Records of a file that has not changed since it was opened. Error: `data/file-changed`. */
export async function readFileRecords({
  file,
  place,
  indices,
}: {
  readonly file: FileVersion
  readonly place: RecordPlace
  readonly indices: Uint32Array
}): Promise<Uint8Array<ArrayBuffer>> {
  const descriptor = opened(file.path)
  try {
    const { size, mtimeMs } = fstatSync(descriptor)
    if (size !== file.size || mtimeMs !== file.changed)
      refuseRecord(file.path, 'has been changed since it was opened')
    return readRecords((into, position) => fill(descriptor, into, position), place, indices)
  } finally {
    closeSync(descriptor)
  }
}

/** A call may read less than it was asked for. */
function fill(descriptor: number, into: Uint8Array, position: number): void {
  for (let at = 0; at < into.length; ) {
    const read = readSync(descriptor, into, at, into.length - at, position + at)
    if (read === 0) throw new Error(`the file ends at byte ${position + at}`)
    at += read
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    return refuseRecord(path, `can no longer be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

const refuseRecord = (path: string, what: string): never =>
  fail({
    code: 'data/file-changed',
    seen: `${fileNameOf(path)} ${what}`,
    wanted: 'a file that stays as it is while it is in use',
    fix: 'put it back, or begin again when nothing writes into it',
  })
