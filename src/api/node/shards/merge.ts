import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import { joinedRows } from '../../../base/arrays.ts'
import { fail } from '../../../base/errors.ts'
import { readNpy, writeNpy } from '../../../data/formats/npy.ts'
import { openWhole, writeWhole } from '../../../runs/node/files.ts'
import { tableOutput } from '../tables/output.ts'
import { isWritten } from './digests.ts'
import { keptRows } from './kept-rows.ts'
import { type Manifest, manifestPath, partPath, readManifest, shardCounts } from './manifest.ts'

/** The output of a shard, and what it says of itself. */
interface Part extends Manifest {
  readonly path: string
}

/** What a merge came to. */
export interface Merged {
  readonly shards: number
  readonly rows: number
}

/**
 * Makes of the outputs of all shards the one that a run without shards would have written, to the byte; they are what
 * lies beside `out` under its name, as `scores.3-of-7.csv`.
 *
 * Errors: `shards/none`, `shards/counts`, `shards/missing`, `shards/manifest`, `shards/other`, `shards/rows`,
 * `shards/changed`, and those of writing.
 */
export async function mergeShards(out: string, signal: AbortSignal): Promise<Merged> {
  const parts = await partsOf(out)
  for (const part of parts) await checkBytes(part, signal)
  const filled = parts.filter(({ rows }) => rows.count > 0)
  const forms = new Set((filled.length > 0 ? filled : parts).map(({ output }) => output.form))
  if (forms.has('array')) await mergeArrays(out, filled.length > 0 ? filled : parts)
  else if (forms.has('rows') || filled.length === 0) await mergeRows(out, filled, signal)
  else await mergeBytes(out, filled, signal)
  return { shards: parts.length, rows: parts[0].data.rows }
}

async function partsOf(out: string): Promise<Part[]> {
  const [of, ...others] = await shardCounts(out)
  if (of === undefined) return refuseNone(out)
  if (others.length > 0) refuseCounts(out, [of, ...others])
  const parts = await Promise.all(
    Array.from({ length: of }, async (_, at) => {
      const path = partPath(out, { shard: at + 1, of })
      const manifest = await readManifest(manifestPath(path))
      return manifest && { ...manifest, path }
    }),
  )
  const missing = parts.flatMap((part, at) => (part ? [] : [`${at + 1}/${of}`]))
  if (missing.length > 0) refuseMissing(out, missing)
  const found = parts.filter((part) => part !== undefined)
  checkSame(found)
  checkRows(found)
  return found
}

const refuseNone = (out: string): never =>
  fail({
    code: 'shards/none',
    seen: `no output of a shard beside "${out}"`,
    wanted: 'what commands with --shard and this --out have written',
    fix: 'name the file that --out named, or the folder of a sweep',
    usage: true,
  })

const refuseCounts = (out: string, counts: readonly number[]): never =>
  fail({
    code: 'shards/counts',
    seen: `shards of ${counts.join(' and of ')} beside "${out}"`,
    wanted: 'those of one division',
    fix: 'remove the files of the division that is not meant',
    usage: true,
  })

const refuseMissing = (out: string, missing: readonly string[]): never =>
  fail({
    code: 'shards/missing',
    seen: `"${out}" without ${missing.length === 1 ? 'shard' : 'shards'} ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ', …' : ''}`,
    wanted: 'all shards to have come to their end',
    fix: `run what is missing again: --shard ${missing[0]}`,
    usage: true,
  })

/** Shards belong together where the package, the command, its options, the model and the data are the same. */
function checkSame([first, ...others]: readonly Part[]): void {
  for (const what of ['betavae', 'command', 'options', 'model', 'data'] as const)
    for (const other of others)
      if (!isDeepStrictEqual(first[what], other[what]))
        fail({
          code: 'shards/other',
          seen: `"${other.path}" whose ${what} is ${JSON.stringify(other[what])}, not ${JSON.stringify(first[what])} as of "${first.path}"`,
          wanted: 'shards of one job',
          fix: 'run the shards that differ again, with the same version, options, run and data',
          usage: true,
        })
}

function checkRows(parts: readonly Part[]): void {
  let next = 0
  for (const { path, rows } of parts) {
    if (rows.first !== next) refuseRows(path, rows.first, next)
    next += rows.count
  }
  const [{ data }] = parts
  if (next !== data.rows) refuseRows(parts[parts.length - 1].path, next, data.rows)
}

const refuseRows = (path: string, seen: number, wanted: number): never =>
  fail({
    code: 'shards/rows',
    seen: `rows up to or from ${seen} in "${path}"`,
    wanted: `${wanted}, so that every row is there once`,
    fix: 'run that shard again',
  })

/** What lies there must be what was written. */
async function checkBytes({ path, output }: Part, signal: AbortSignal): Promise<void> {
  if (await isWritten(path, output, signal)) return
  fail({
    code: 'shards/changed',
    seen: `"${path}", which is not what its shard has written`,
    wanted: `${output.bytes} bytes with the digest ${output.sha256.slice(0, 12)}…`,
    fix: 'run that shard again',
  })
}

async function mergeBytes(out: string, parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const file = await openWhole(out)
  try {
    for (const [at, { path, output }] of parts.entries()) {
      const start = at === 0 ? 0 : output.head
      if (start === output.bytes) continue
      for await (const piece of createReadStream(path, { start, highWaterMark: 2 ** 20, signal }))
        await file.write(piece)
    }
  } catch (error) {
    await file.abandon()
    throw error
  }
  await file.done()
}

async function mergeRows(out: string, parts: readonly Part[], signal: AbortSignal): Promise<void> {
  const output = await (await tableOutput({ out }))()
  try {
    for (const { path } of parts)
      for await (const rows of keptRows(path)) {
        signal.throwIfAborted()
        await output.rows(rows)
      }
  } catch (error) {
    await output.abandon()
    throw error
  }
  await output.done()
}

async function mergeArrays(out: string, parts: readonly Part[]): Promise<void> {
  const arrays = await Promise.all(parts.map(async ({ path }) => readNpy(await readFile(path))))
  await writeWhole(out, writeNpy(joinedRows(arrays)))
}
