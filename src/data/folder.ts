import type { ArrayLayout } from './formats/array-layout.ts'
import type { StoredBytes } from './stored-bytes.ts'

/** A folder of files, on a disk or behind a server. */
export interface Folder {
  /** What the folder is called in messages and in the names of data sets. */
  readonly name: string
  list(): Promise<readonly string[]>
  read(file: string): Promise<Uint8Array>
  /**
   * A file that is too large to be held, unpacked where it is gzip; undefined where it is not. `layoutBy` says how the
   * numbers of a file lie by its first bytes.
   */
  stored?(
    file: string,
    layoutBy: (opening: Uint8Array) => ArrayLayout | undefined,
  ): Promise<StoredBytes | undefined>
}
