import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { fail } from '../../../base/errors.ts'
import { dataNameOf, fileNameOf, unpackedName } from '../../file-name.ts'
import { unzipped } from '../../formats/zip.ts'
import { inFile } from '../../in-file.ts'
import { installed } from '../../node/installed.ts'
import { pathFix } from '../../node/near-path.ts'
import { storedFile } from '../../node/stored-file.ts'
import { allBytes, heldBytes } from '../held-bytes.ts'
import { PACKING_BYTES, packingOf, tableMember } from '../packing.ts'
import { readerOf, TELLING } from '../reader-of.ts'
import { sheetCells } from '../readers/excel-sheets.ts'
import type { ReadTableOptions, TableSource } from '../readers/reader.ts'
import { chunksInFile, type TableStream } from '../stream.ts'
import { openDatabaseTable } from './databases/open-database.ts'
import { withoutPassword } from './databases/postgres-url.ts'
import { keeping } from './keeping/index.ts'
import { oneTable } from './one-table.ts'
import { peeked } from './peek.ts'
import { isPattern, tableFiles } from './table-files.ts'
import { gunzippedPieces, unzstdPieces } from './unpack.ts'

/** How a table in a file is read. */
export interface OpenTableOptions extends Omit<ReadTableOptions, 'keeping'> {
  /** Whether chunks say what their rows were in their source, too, so that they can be written so again. */
  readonly keepsWhole?: boolean
  /** Name of the format (as in `readers`), where neither the file's name nor its first bytes tell it. */
  readonly format?: string
  /** What is read for `-`; default: the standard input. */
  readonly input?: AsyncIterable<Uint8Array>
}

const readingOf = ({ keepsWhole, ...options }: OpenTableOptions): ReadTableOptions =>
  keepsWhole ? { ...options, keeping } : options

/** A table's bytes, unpacked, and the name of its file as that is called then. */
interface Unpacked {
  readonly source: TableSource
  readonly file: string
}

/** A module installed beside this package, or where the command was given. */
async function peer(specifier: string): Promise<object | undefined> {
  const path = installed(specifier)
  return path === undefined ? undefined : import(pathToFileURL(path).href)
}

const bySequence = (pieces: () => AsyncIterable<Uint8Array>): TableSource => ({
  pieces,
  stored: () => heldBytes(pieces()),
  ...{ peer, sheetCells },
})

/** Undoes how a file is packed, which its first bytes tell. */
async function unpacked(plain: TableSource, opening: Uint8Array, file: string): Promise<Unpacked> {
  const packing = packingOf(opening)
  const name = unpackedName(file)
  if (packing === 'gzip') return { source: bySequence(() => gunzippedPieces(plain.pieces())), file: name }
  if (packing === 'zstd') return { source: bySequence(() => unzstdPieces(plain.pieces())), file: name }
  if (packing !== 'zip') return { source: plain, file }
  const bytes = await allBytes(plain.pieces())
  const member = tableMember(bytes)
  async function* pieces() {
    if (member) yield* unzipped(bytes, member)
    else yield bytes
  }
  return { source: bySequence(pieces), file: member?.name ?? file }
}

async function openFile(path: string, options: OpenTableOptions): Promise<TableStream> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory() || (!found && isPattern(path))) return openMany(path, options)
  if (!found) return refuseMissing(`no file "${path}"`, await pathFix(path))
  const file = fileNameOf(path)
  const plain: TableSource = {
    pieces: () => createReadStream(path, { highWaterMark: 2 ** 18 }),
    stored: () => storedFile(path),
    ...{ peer, sheetCells },
  }
  const { source, reader } = await inFile(file, async () => {
    const { source, file: inner } = await unpacked(plain, await openingOf(plain, PACKING_BYTES), file)
    return { source, reader: readerOf(inner, await openingOf(source, TELLING), options.format) }
  })
  return {
    name: dataNameOf(path),
    file,
    format: reader.name,
    canRestart: true,
    chunks: () => chunksInFile(file, reader.read(source, readingOf(options))),
  }
}

async function openingOf(source: TableSource, length: number): Promise<Uint8Array> {
  const { opening, close } = await peeked(source.pieces(), length)
  await close()
  return opening
}

async function openInput(options: OpenTableOptions): Promise<TableStream> {
  const file = 'standard input'
  const raw = await peeked(options.input ?? process.stdin, PACKING_BYTES)
  const { source, reader } = await inFile(file, async () => {
    const { source, file: inner } = await unpacked(bySequence(raw.pieces), raw.opening, '')
    const { opening, pieces } = await peeked(source.pieces(), PACKING_BYTES)
    return { source: bySequence(pieces), reader: readerOf(inner, opening, options.format) }
  })
  let read = false
  return {
    name: 'stdin',
    file,
    format: reader.name,
    canRestart: false,
    chunks() {
      if (read) return refuseAgain()
      read = true
      return chunksInFile(file, reader.read(source, { eager: true, ...readingOf(options) }))
    },
  }
}

async function openMany(path: string, options: OpenTableOptions): Promise<TableStream> {
  const files = await tableFiles(path)
  if (files.length === 0) refuseMissing(`no table in "${path}"`, 'check the path')
  return oneTable(path, await Promise.all(files.map((file) => openFile(file, options))))
}

const refuseMissing = (seen: string, fix: string): never =>
  fail({
    code: 'data/missing',
    seen,
    wanted: 'a file with a table, or tables of the same columns in a folder',
    fix,
    usage: true,
  })

const refuseAgain = (): never =>
  fail({
    code: 'table/read-twice',
    seen: 'the standard input asked for a second time',
    wanted: 'a file, whose rows can be read again',
    fix: 'save what is piped in to a file and name that',
    usage: true,
  })

const refuseQuery = (): never =>
  fail({
    code: 'query/piped',
    seen: 'a query on the standard input',
    wanted: 'a file or a database to run it on',
    fix: 'save what is piped in to a file and name that',
    usage: true,
  })

/**
 * Opens a table: a file, several of the same columns in a folder or by a pattern (`visits/*.csv`), `-` for the standard
 * input, a table of a database (`postgres://…#visits`, `shop.sqlite#visits`, `shop.duckdb`), or what a query gives; gzip,
 * Zstandard and zip are undone on the way. The format is told by the file's name, else by its first
 * bytes. Rows are read when the chunks are; of the standard input, once.
 *
 * Errors: `data/missing`, `table/format`, `table/read-twice`, `gzip/torn`, and those of the readers, naming the file,
 * and of `openDatabaseTable`.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { openTable } from 'betavae/tables'
 *
 * await writeFile('few.csv', 'heat,valve\n20.5,open\n21,shut\n')
 * for await (const { columns, rows } of (await openTable('few.csv')).chunks()) console.log(columns, rows.length)
 * ```
 */
export async function openTable(source: string, options: OpenTableOptions = {}): Promise<TableStream> {
  const path = withoutPassword(source)
  if (path === '-') return options.query === undefined ? openInput(options) : refuseQuery()
  return (await openDatabaseTable(path, options.query)) ?? openFile(path, options)
}
