import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { fail } from '../../../base/errors.ts'
import { dataNameOf, fileNameOf } from '../../file-name.ts'
import { isGzip } from '../../formats/gzip.ts'
import { inFile } from '../../in-file.ts'
import { storedFile } from '../../node/stored-file.ts'
import { heldBytes } from '../held-bytes.ts'
import { readerOf, TELLING } from '../reader-of.ts'
import type { ReadTableOptions, TableSource } from '../readers/reader.ts'
import { chunksInFile, type TableStream } from '../stream.ts'
import { gunzippedPieces } from './gunzip.ts'
import { peeked } from './peek.ts'

/** How a table in a file is read. */
export interface OpenTableOptions extends ReadTableOptions {
  /** Name of the format (as in `readers`), where neither the file's name nor its first bytes tell it. */
  readonly format?: string
  /** What is read for `-`; default: the standard input. */
  readonly input?: AsyncIterable<Uint8Array>
}

/** The bytes of a file or of what is piped in, gzip undone; `stored` reads by place where that is possible. */
async function sourceOf(raw: () => AsyncIterable<Uint8Array>, path?: string): Promise<TableSource> {
  const { opening, close } = await peeked(raw(), 2)
  await close()
  const gzip = isGzip(opening)
  const pieces = () => (gzip ? gunzippedPieces(raw()) : raw())
  return { pieces, stored: () => (path && !gzip ? storedFile(path) : heldBytes(pieces())) }
}

async function openFile(path: string, options: OpenTableOptions): Promise<TableStream> {
  const found = await stat(path).catch(() => undefined)
  if (!found || found.isDirectory())
    fail({
      code: 'data/missing',
      seen: found ? `a folder "${path}"` : `no file "${path}"`,
      wanted: 'a file with a table',
      fix: 'check the path',
      usage: true,
    })
  const file = fileNameOf(path)
  const source = await sourceOf(() => createReadStream(path, { highWaterMark: 2 ** 18 }), path)
  const { opening, close } = await inFile(file, () => peeked(source.pieces(), TELLING))
  await close()
  const reader = inFile(file, () => readerOf(file, opening, options.format))
  return {
    name: dataNameOf(path),
    file,
    format: reader.name,
    canRestart: true,
    chunks: () => chunksInFile(file, reader.read(source, options)),
  }
}

async function openInput(options: OpenTableOptions): Promise<TableStream> {
  const file = 'standard input'
  const raw = await peeked(options.input ?? process.stdin, 2)
  const plain = isGzip(raw.opening) ? gunzippedPieces(raw.pieces()) : raw.pieces()
  const { opening, pieces } = await inFile(file, () => peeked(plain, 4))
  const reader = inFile(file, () => readerOf('', opening, options.format))
  const source: TableSource = { pieces, stored: () => heldBytes(pieces()) }
  let read = false
  return {
    name: 'stdin',
    file,
    format: reader.name,
    canRestart: false,
    chunks() {
      if (read) return refuseAgain()
      read = true
      return chunksInFile(file, reader.read(source, { eager: true, ...options }))
    },
  }
}

const refuseAgain = (): never =>
  fail({
    code: 'table/read-twice',
    seen: 'the standard input asked for a second time',
    wanted: 'a file, whose rows can be read again',
    fix: 'save what is piped in to a file and name that',
    usage: true,
  })

/**
 * Opens a table: a file, or `-` for the standard input; gzip is undone on the way. The format is told by the file's
 * name, else by its first bytes. Rows are read when the chunks are; of the standard input, once.
 *
 * Errors: `data/missing`, `table/format`, `table/read-twice`, `gzip/torn`, and those of the readers, naming the file.
 */
export function openTable(path: string, options: OpenTableOptions = {}): Promise<TableStream> {
  return path === '-' ? openInput(options) : openFile(path, options)
}
