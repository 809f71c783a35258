import type { FolderJob } from '../shards/folder.ts'

/** One table of a folder that a command is to make another of. */
export interface PartTask extends FolderJob {
  readonly name: string
  /** The run; where it is not there, its model is in the queue. */
  readonly run: string
  readonly source: string
  /** Of the bytes of the source. */
  readonly digest: string
  readonly out: string
}

/** A part to be made. */
export interface PartWork {
  readonly kind: 'part'
  readonly task: PartTask
}
