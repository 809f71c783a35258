/** What is written beside the output of a shard, so that a merge knows what it holds and that it is whole. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import * as z from 'zod/mini'
import { fail } from '../../../base/errors.ts'
import { jsonText } from '../../../base/schema.ts'
import type { Shard } from '../../../data/tables/row-block.ts'
import { version } from '../../../export/version.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { WEIGHTS } from '../../../runs/node/finished-model.ts'
import type { OpenedRun } from '../opened-run.ts'

const count = z.int().check(z.minimum(0))

const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Of the package. */
  betavae: z.string(),
  command: z.string(),
  /** What was asked for, besides files. */
  options: z.record(z.string(), z.unknown()),
  model: z.strictObject({ sha256: z.string(), engine: z.string() }),
  data: z.strictObject({ rows: count, digest: z.string() }),
  shard: count,
  of: count,
  rows: z.strictObject({ first: count, count }),
  output: z.strictObject({
    /** A table or array of its own, or rows whose columns' types only all shards together tell. */
    form: z.enum(['table', 'array', 'rows']),
    /** Bytes before the first row. */
    head: count,
    bytes: count,
    sha256: z.string(),
  }),
})

export type Manifest = z.infer<typeof manifestSchema>

/** What a shard is of, which those that belong together agree in. */
export type ShardJob = Pick<Manifest, 'command' | 'options' | 'model' | 'data'>

/** The output of a shard: `scores.3-of-7.csv` beside `scores.csv`. */
export function partPath(out: string, { shard, of }: Shard): string {
  const ending = extname(out)
  const own = PARQUET.includes(ending.toLowerCase()) ? `${ending}.rows` : ending
  return `${out.slice(0, out.length - ending.length)}.${shard}-of-${of}${own}`
}

/** What they hold is a Parquet file only once all types are known. */
const PARQUET = ['.parquet', '.pq']

export const manifestPath = (part: string): string => `${part}.json`

export const writeManifest = (path: string, manifest: Omit<Manifest, 'version' | 'betavae'>): Promise<void> =>
  writeWhole(path, `${JSON.stringify({ version: 1, betavae: version, ...manifest }, null, 2)}\n`)

/** Undefined where a shard has not come to its end. Error: `shards/manifest`. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = jsonText(manifestSchema).safeParse(text)
  if (parsed.success) return parsed.data
  return fail({
    code: 'shards/manifest',
    seen: `"${path}", which does not tell of a shard`,
    wanted: 'what a shard of this version writes beside its output',
    fix: 'run that shard again',
  })
}

/** Into how many shards what is to become `out` was divided; more than one number where there are remains of others. */
export async function shardCounts(out: string): Promise<number[]> {
  const names = await readdir(dirname(out)).catch(() => [])
  const found = names.flatMap((name) => {
    const [, shard, of] = /\.(\d+)-of-(\d+)[^/]*\.json$/.exec(name) ?? []
    if (shard === undefined) return []
    const part = basename(partPath(out, { shard: Number(shard), of: Number(of) }))
    return name === manifestPath(part) ? [Number(of)] : []
  })
  return [...new Set(found)].sort((a, b) => a - b)
}

/** What tells a run's model from another, and what it is computed by. */
export const modelDigest = async ({ directory, engine }: OpenedRun): Promise<ShardJob['model']> => ({
  sha256: await weightsDigest(directory.path),
  engine: engine.name,
})

/** Of a run's finished model. */
export async function weightsDigest(run: string): Promise<string> {
  const bytes = await readFile(join(run, WEIGHTS)).catch(() => '')
  return createHash('sha256').update(bytes).digest('hex')
}
