/** Tables of a folder, each of which becomes a table of another folder. */
import { readdir, realpath } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fail } from '../../../base/errors.ts'
import { sortedKeys } from '../../../base/sorted-keys.ts'
import { tableFiles } from '../../../data/tables/node/table-files.ts'
import { writers } from '../../../data/tables/node/writers/index.ts'
import { version } from '../../../export/version.ts'
import { writeWhole } from '../../../runs/node/files.ts'
import { isWritten } from './digests.ts'
import { type Manifest, manifestPath, readManifest, type ShardJob } from './manifest.ts'

/** A table, and what is to become of it. */
export interface FolderPart {
  readonly source: string
  readonly out: string
  /** Beside the outputs, in a folder whose name readers of tables pass over. */
  readonly manifest: string
}

/** With the digest of the source's bytes. */
export interface DigestedPart extends FolderPart {
  readonly digest: string
}

/** What all parts of a folder have in common. */
export type FolderJob = Omit<ShardJob, 'data'>

const PARTS = '_parts'
const MANIFEST = '_manifest.json'

/** Where what tells of an output lies. */
export const partManifest = (out: string): string => manifestPath(join(dirname(out), PARTS, basename(out)))

/**
 * The tables of a folder or a pattern, in the order of their names. Outputs are written as their sources are, or as CSV
 * where nothing writes such files.
 *
 * Errors (usage): `data/missing`, `parts/names`, `parts/strange`.
 */
export async function folderParts(source: string, folder: string): Promise<FolderPart[]> {
  const sources = await tableFiles(source)
  if (sources.length === 0) refuseEmpty(source)
  const parts = sources.map((path) => {
    const out = join(folder, outputName(basename(path)))
    return { source: path, out, manifest: partManifest(out) }
  })
  const twice = parts.find(({ out }, at) => parts.findIndex((part) => part.out === out) < at)
  if (twice) refuseTwice(twice)
  const over = await firstOver(parts)
  if (over) refuseOver(over)
  await checkStanding(folder, parts)
  return parts
}

function outputName(name: string): string {
  const ending = extname(name).slice(1).toLowerCase()
  return writers.some(({ endings }) => endings.includes(ending)) ? name : `${name}.csv`
}

const refuseEmpty = (source: string): never =>
  fail({
    code: 'data/missing',
    seen: `no table in "${source}"`,
    wanted: 'a folder of tables, or a pattern such as visits/*.csv',
    fix: 'check the path',
    usage: true,
  })

/** A table that would be replaced by what becomes of it. */
async function firstOver(parts: readonly FolderPart[]): Promise<FolderPart | undefined> {
  for (const part of parts) {
    const [source, folder] = await Promise.all(
      [part.source, dirname(part.out)].map((path) => realpath(path).catch(() => undefined)),
    )
    if (folder !== undefined && source === join(folder, basename(part.out))) return part
  }
  return undefined
}

const refuseOver = ({ source, out }: FolderPart): never =>
  fail({
    code: 'parts/names',
    seen: `"${out}" in place of the table "${source}" itself`,
    wanted: 'another folder for what is made',
    fix: 'name another folder: --out <folder>',
    usage: true,
  })

const refuseTwice = ({ source, out }: FolderPart): never =>
  fail({
    code: 'parts/names',
    seen: `a second table that would become "${out}": "${source}"`,
    wanted: 'tables of different names',
    fix: 'do them folder by folder, each into another folder',
    usage: true,
  })

/** What was made of other tables would be read as if it were of these. */
async function checkStanding(folder: string, parts: readonly FolderPart[]): Promise<void> {
  const known = new Set(parts.map(({ manifest }) => basename(manifest)))
  const names = (await readdir(join(folder, PARTS)).catch(() => [])).filter((name) => name.endsWith('.json'))
  const strange = names.find((name) => !known.has(name))
  if (strange === undefined) return
  fail({
    code: 'parts/strange',
    seen: `"${join(folder, strange.slice(0, -'.json'.length))}", which was made of a table that is no longer there`,
    wanted: 'a folder with outputs of these tables alone',
    fix: `remove it and "${join(folder, PARTS, strange)}", or choose another folder`,
    usage: true,
  })
}

/** What tells of a part that is done, of this job and of the table as it is; undefined where it is to be done. */
export async function standingPart(
  { out, manifest }: Pick<FolderPart, 'out' | 'manifest'>,
  job: FolderJob,
  digest: string,
  signal: AbortSignal,
): Promise<Manifest | undefined> {
  const found = await readManifest(manifest).catch(() => undefined)
  if (found?.betavae !== version || found.data.digest !== digest) return undefined
  const { command, options, model } = found
  if (!isDeepStrictEqual({ command, options, model }, { ...job })) return undefined
  return (await isWritten(out, found.output, signal)) ? found : undefined
}

/** What a folder's parts come to. */
export interface FolderTotal {
  readonly parts: number
  readonly rows: number
  /** Of the digests of all outputs. */
  readonly manifest: string
}

/** Checks that every table has become what its manifest says, and writes what all of them are. Error: `parts/missing`. */
export async function concludeFolder(
  folder: string,
  parts: readonly DigestedPart[],
  job: FolderJob,
  signal: AbortSignal,
): Promise<FolderTotal> {
  const told = []
  for (const part of parts) {
    const found = await standingPart(part, job, part.digest, signal)
    if (!found) return refuseMissing(part)
    const { bytes, sha256 } = found.output
    told.push({
      ...{ source: basename(part.source), sourceSha256: part.digest },
      ...{ out: basename(part.out), rows: found.rows.count, bytes, sha256 },
    })
  }
  const rows = told.reduce((sum, part) => sum + part.rows, 0)
  const manifest = join(folder, MANIFEST)
  const about = { version: 1, betavae: version, ...(sortedKeys(job) as FolderJob), rows, parts: told }
  await writeWhole(manifest, `${JSON.stringify(about, null, 2)}\n`)
  return { parts: told.length, rows, manifest }
}

const refuseMissing = ({ source, out }: FolderPart): never =>
  fail({
    code: 'parts/missing',
    seen: `"${out}" missing, or not what its manifest says was made of "${source}"`,
    wanted: 'every table to have been done',
    fix: 'run the same command again: it does what is missing',
    usage: true,
  })
