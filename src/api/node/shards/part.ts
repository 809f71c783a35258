import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { extname } from 'node:path'
import { fail } from '../../../base/errors.ts'
import { sortedKeys } from '../../../base/sorted-keys.ts'
import { rowCount } from '../../../data/tables/chunk-columns.ts'
import { chunkPart, type RowBlock, type Shard } from '../../../data/tables/row-block.ts'
import { type LaidOutRows, laidOut } from '../../../data/tables/whole-rows.ts'
import { openWhole, type WholeFile } from '../../../runs/node/files.ts'
import type { OutputTarget } from '../tables/output.ts'
import { writerOf } from '../tables/output.ts'
import { fileOutput, mannerOf, type OutputRows, type TableOutput } from '../tables/writing.ts'
import { headLine, rowLines } from './kept-rows.ts'
import { type Manifest, manifestPath, partPath, type ShardJob, writeManifest } from './manifest.ts'

/** Where the output of one shard goes. */
export interface ShardPart {
  readonly path: string
  /** Begins a table of these rows; it and what tells of it appear when it is done. */
  table(job: ShardJob, rows: RowBlock): Promise<TableOutput>
  /** Writes an array, or what else is one piece. */
  array(job: ShardJob, rows: RowBlock, bytes: Uint8Array): Promise<void>
}

/**
 * Checks where the output of a shard is to go. Errors (usage): `shards/out`, `output/kind`. `others` are endings that the
 * caller writes by itself.
 */
export function shardPart(target: OutputTarget, shard: Shard, others: readonly string[] = []): ShardPart {
  const { out, into } = target
  if (out === undefined || into !== undefined) return refusePlace(into)
  if (!others.includes(extname(out).slice(1).toLowerCase())) writerOf(out, others)
  const path = partPath(out, shard)
  const done = (job: ShardJob, rows: RowBlock, output: Manifest['output']) =>
    writeManifest(manifestPath(path), {
      ...job,
      ...shard,
      rows: { first: rows.first, count: rows.count },
      output,
    })
  return {
    path,
    async table(job, rows) {
      const file = digesting(await begin(path, manifestPath(path)))
      const output = partTable(file, target)
      return {
        ...output,
        async done() {
          await output.done()
          await done(job, rows, { form: output.form(), head: output.head(), ...file.digest() })
        },
      }
    },
    async array(job, rows, bytes) {
      const file = digesting(await begin(path, manifestPath(path)))
      await file.write(bytes)
      await file.done()
      await done(job, rows, { form: 'array', head: 0, ...file.digest() })
    },
  }
}

/** Begins the table that is made of a whole one: a file that can be read by itself, and in `manifest` what it holds. */
export async function wholePart(
  { out, ...target }: OutputTarget & { readonly out: string },
  manifest: string,
  { digest, ...job }: Omit<ShardJob, 'data'> & { readonly digest: string },
): Promise<TableOutput> {
  const file = digesting(await begin(out, manifest))
  const table = fileOutput(file, writerOf(out), target)
  let count = 0
  return {
    ...table,
    async rows(rows) {
      count += 'chunk' in rows ? rowCount(rows.chunk) : rows.rows.length
      await table.rows(rows)
    },
    async done() {
      await table.done()
      const about = { data: { rows: count, digest }, shard: 1, of: 1, rows: { first: 0, count } }
      const output: Manifest['output'] = { form: 'table', head: 0, ...file.digest() }
      // A job out of a database has its keys in another order.
      await writeManifest(manifest, { ...(sortedKeys(job) as typeof job), ...about, output })
    },
  }
}

/** What told of an earlier output does not tell of the new one. */
async function begin(path: string, manifest: string): Promise<WholeFile> {
  const file = await openWhole(path)
  await rm(manifest, { force: true })
  return file
}

const refusePlace = (into: string | undefined): never =>
  fail({
    code: 'shards/out',
    seen: into === undefined ? '--shard without --out' : '--shard beside --into',
    wanted: '--out, after which the outputs of shards are named',
    fix: `${into === undefined ? '' : 'drop --into, and '}add for example --out out.csv`,
    usage: true,
  })

/** A file whose bytes are counted and digested on their way. */
function digesting(file: WholeFile) {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    ...file,
    async write(content: Uint8Array | string) {
      const all = typeof content === 'string' ? Buffer.from(content) : content
      bytes += all.length
      hash.update(all)
      await file.write(all)
    },
    written: () => bytes,
    digest: () => ({ bytes, sha256: hash.digest('hex') }),
  }
}

/** A table of some of the rows, or where its columns' types depend on all, those rows as they are. */
function partTable(file: ReturnType<typeof digesting>, target: OutputTarget) {
  const writer = writerOf(target.out ?? '')
  let form: 'table' | 'rows' = 'table'
  let head: number | undefined
  const output = fileOutput(file, writer, target, () => {
    form = 'rows'
    return keeping(file, writer.isNested === true)
  })
  return {
    ...output,
    form: () => form,
    head: () => head ?? 0,
    async rows(rows: OutputRows) {
      if (head === undefined) {
        // Without rows this writes what stands before them, which all shards have and their merge has once.
        await output.rows(withoutRows(rows))
        head = file.written()
      }
      await output.rows(rows)
    },
  }
}

const withoutRows = (rows: OutputRows): OutputRows =>
  'chunk' in rows ? { ...rows, chunk: chunkPart(rows.chunk, 0, 0), cells: [] } : { ...rows, rows: [] }

function keeping(file: WholeFile, isNested: boolean): TableOutput {
  let asJson: readonly string[] | undefined
  return {
    asJson: () => asJson ?? [],
    async rows(given) {
      const rows: LaidOutRows = 'chunk' in given ? laidOut(given, { isNested, isTyped: true }) : given
      if (asJson === undefined) await file.write(headLine({ ...rows, metadata: mannerOf(given).metadata }))
      asJson = rows.asJson ?? []
      await file.write(rowLines(rows))
    },
    done: file.done,
    abandon: file.abandon,
  }
}
