import type { StoredBytes } from './stored-bytes.ts'

/** A folder of files, on a disk or behind a server. */
export interface Folder {
  /** What the folder is called in messages and in the names of data sets. */
  readonly name: string
  list(): Promise<readonly string[]>
  read(file: string): Promise<Uint8Array>
  /** A file that is too large to be held; undefined where it is not. */
  stored?(file: string): Promise<StoredBytes | undefined>
}
