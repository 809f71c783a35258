/** What tells one table or data set from another, however it lies on disk. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Dataset } from '../../../data/dataset.ts'
import { rowCount } from '../../../data/tables/chunk-columns.ts'
import type { TableStream } from '../../../data/tables/stream.ts'
import { contentDigest } from '../../../runs/data-digests.ts'
import type { Manifest, ShardJob } from './manifest.ts'

/** Reads a table once, and counts its rows and digests its cells. */
export async function tableDigest(table: TableStream, signal: AbortSignal): Promise<ShardJob['data']> {
  const hash = createHash('sha256')
  let rows = 0
  for await (const chunk of table.chunks()) {
    signal.throwIfAborted()
    if (rows === 0) hash.update(JSON.stringify(chunk.columns))
    hash.update(chunk.rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    rows += rowCount(chunk)
  }
  return { rows, digest: hash.digest('hex') }
}

/** Of a data set some rows are looked at, spread over all. */
export async function datasetDigest(dataset: Dataset): Promise<ShardJob['data']> {
  const { count, digest } = dataset
  const indices = Uint32Array.from({ length: count }, (_, row) => row)
  return { rows: count, digest: digest ?? (await contentDigest({ dataset, indices, ownTest: false })) }
}

/** Of the bytes of a file. */
export async function fileDigest(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal })) hash.update(piece)
  return hash.digest('hex')
}

/** Whether there lies what was written. */
export async function isWritten(
  path: string,
  { bytes, sha256 }: Manifest['output'],
  signal: AbortSignal,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.size === bytes && (await fileDigest(path, signal)) === sha256
}
