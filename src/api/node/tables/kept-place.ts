/** How far a scoring of piped rows is, kept in a file beside what it wrote, so that a killed one goes on. */
import { type FileHandle, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { hexCrc32 } from '../../../base/crc32.ts'
import { fail } from '../../../base/errors.ts'
import { readSafetensors, writeSafetensors } from '../../../data/formats/safetensors.ts'
import type { TableChunk } from '../../../data/tables/cell.ts'
import { rowCount } from '../../../data/tables/chunk-columns.ts'
import { blockOfTable } from '../../../data/tables/row-block.ts'
import type { TableStream } from '../../../data/tables/stream.ts'
import { makeFolder, writeError, writeWhole } from '../../../runs/node/files.ts'

/** Where lines go, where it is written how far they are, and what makes them. */
export interface PlaceFiles {
  readonly out: string
  readonly state: string
  /** What tells the model from others. */
  readonly model: string
}

/** A place among rows at which all that was said before is written. */
export interface KeptPlace {
  /** What the scorer held at that place; undefined at the beginning. */
  readonly held: Uint8Array | undefined
  /** The rows behind it. Error: `live/rows` where the first row is another than it was. */
  rest(table: TableStream): TableStream
  /** Puts lines behind those that are there; they count once the place is kept. */
  write(lines: string): Promise<void>
  /** Keeps the place behind so many rows, now and then, or in any case: first the lines are safe, then it is said. */
  keep(rows: number, held: () => Uint8Array | undefined, isLast?: boolean): Promise<void>
  close(): Promise<void>
}

/** Milliseconds between two places that are kept: what is lost in between is made again to the same bits. */
const EVERY_MS = 500

interface PlaceInStream {
  readonly rows: number
  readonly bytes: number
  readonly first: string
  readonly held?: Uint8Array
}

const BEGINNING: PlaceInStream = { rows: 0, bytes: 0, first: '' }

/**
 * Begins a scoring, or goes on where another of the same model was: lines that were written behind its place are cut off.
 *
 * Errors: `live/state` where the file tells of another model; `files/write`.
 */
export async function openPlace({ out, state, model }: PlaceFiles): Promise<KeptPlace> {
  const place = await placeIn(state, model)
  const file = await opened(out, place)
  let { bytes, first } = place
  let last = Date.now()
  return {
    held: place.held,
    rest(table) {
      const checked = { ...table, chunks: () => withFirst(table.chunks(), seen) }
      return blockOfTable(checked, { first: place.rows, count: Number.POSITIVE_INFINITY })
    },
    async write(lines) {
      const content = Buffer.from(lines)
      await explained(out, () => file.appendFile(content))
      bytes += content.length
    },
    async keep(rows, held, isLast = false) {
      if (!isLast && Date.now() - last < EVERY_MS) return
      await explained(out, () => file.datasync())
      const own = held()
      const about = { rows: String(rows), bytes: String(bytes), first, model }
      await writeWhole(
        state,
        writeSafetensors(own ? { held: { data: own, shape: [own.length] } } : {}, about),
      )
      last = Date.now()
    },
    close: () => file.close(),
  }
  function seen(chunk: TableChunk): void {
    const own = hexCrc32(new TextEncoder().encode(JSON.stringify([chunk.columns, chunk.rows[0]])))
    if (first !== '' && own !== first) refuseRows(state)
    first = own
  }
}

async function* withFirst(
  chunks: AsyncIterable<TableChunk>,
  seen: (chunk: TableChunk) => void,
): AsyncGenerator<TableChunk> {
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && rowCount(chunk) > 0) {
      seen(chunk)
      isFirst = false
    }
    yield chunk
  }
}

async function placeIn(path: string, model: string): Promise<PlaceInStream> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw writeError(path, error)
  })
  if (!bytes) return BEGINNING
  const { tensors, metadata } = readSafetensors(bytes, { checked: true })
  if (metadata.model !== model) refuseModel(path)
  const held = tensors.held?.data
  return {
    rows: Number(metadata.rows),
    bytes: Number(metadata.bytes),
    first: metadata.first,
    ...(held instanceof Uint8Array && { held }),
  }
}

/** The file of lines, cut to what counts. Error: `live/out` where it is shorter. */
async function opened(out: string, { bytes }: PlaceInStream): Promise<FileHandle> {
  await makeFolder(dirname(out)).catch((error: unknown) => {
    throw writeError(out, error)
  })
  const file = await explained(out, () => open(out, bytes === 0 ? 'w' : 'r+'))
  const { size } = await file.stat()
  if (size < bytes) {
    await file.close()
    refuseOut(out, size, bytes)
  }
  await file.truncate(bytes)
  await file.close()
  return explained(out, () => open(out, 'a'))
}

async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw writeError(path, error)
  }
}

const refuseModel = (path: string): never =>
  fail({
    code: 'live/state',
    seen: `"${path}", which tells how far another model was`,
    wanted: 'the state that a scoring by the same run left, or no file',
    fix: 'name another file, and begin anew',
    usage: true,
  })

const refuseRows = (path: string): never =>
  fail({
    code: 'live/rows',
    seen: `a first row that is another than the one that "${path}" tells of`,
    wanted: 'the same rows from the first on, those that were scored among them',
    fix: 'pipe in the same rows, or name another file and begin anew',
    usage: true,
  })

const refuseOut = (path: string, size: number, bytes: number): never =>
  fail({
    code: 'live/out',
    seen: `"${path}" of ${size} bytes, of which ${bytes} were written`,
    wanted: 'the lines that a scoring left, since they are not made again',
    fix: 'put the file back, or name other files and begin anew',
    usage: true,
  })
