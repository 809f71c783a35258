/** Arrow IPC files whose messages are found by the list at their end, because they do not stand one after another. */
import { joinedBytes } from '../../../base/bytes.ts'
import type { StoredBytes } from '../../stored-bytes.ts'
import { CONTINUATION, checkedMetadata, MOST_METADATA, tornArrow } from './arrow-messages.ts'
import { checkSchema } from './arrow-metadata.ts'
import { FlatTable } from './flatbuffer.ts'

const MAGIC = new TextEncoder().encode('ARROW1')
/** The places of messages in a footer. */
const [SCHEMA, DICTIONARIES, BATCHES] = [6, 8, 10]
/** Bytes that say where a message is. */
const BLOCK = 24
/** Dictionaries are held, all at once. */
const MOST_DICTIONARIES = 2 ** 30

async function bytesAt(file: StoredBytes, start: number, width: number): Promise<Uint8Array> {
  if (!(start >= 0 && start + width <= file.size)) return tornArrow('a message outside the file')
  return file.records({ start, width }, [0])
}

async function footerOf(file: StoredBytes): Promise<Uint8Array> {
  const tail = MAGIC.length + 4
  const end = await bytesAt(file, file.size - tail, tail)
  const length = new DataView(end.buffer, end.byteOffset).getInt32(0, true)
  if (!(length > 0 && length <= MOST_METADATA) || end[4] !== MAGIC[0])
    tornArrow('no list of messages at its end')
  return bytesAt(file, file.size - tail - length, length)
}

/** A message whose metadata have been checked, filled up so that the next may follow. */
async function messageAt(
  file: StoredBytes,
  offset: number,
  kind: 'dictionary' | 'rows',
): Promise<Uint8Array> {
  const head = await bytesAt(file, offset, 8)
  const view = new DataView(head.buffer, head.byteOffset)
  if (view.getUint32(0, true) !== CONTINUATION) tornArrow('no message where one should begin')
  const length = view.getUint32(4, true)
  if (length > MOST_METADATA) tornArrow(`${length} bytes of metadata`)
  const metadata = checkedMetadata(await bytesAt(file, offset + 8, length))
  if (metadata.kind !== kind) tornArrow(`a message of ${metadata.kind} among ${kind}`)
  const whole = await bytesAt(file, offset, 8 + length + metadata.body)
  return joinedBytes([whole, new Uint8Array(-whole.length & 7)])
}

/** A file of the dictionaries and one batch, with a footer that says where they are. */
function fileWith(footer: Uint8Array, messages: readonly Uint8Array[]): Uint8Array {
  const own = footer.slice()
  const view = new DataView(own.buffer)
  const table = FlatTable.root(own)
  const places = [...table.entries(DICTIONARIES, BLOCK), ...table.entries(BATCHES, BLOCK).slice(0, 1)]
  let at = 8
  for (const [index, place] of places.entries()) {
    view.setBigInt64(place, BigInt(at), true)
    at += messages[index].length
  }
  // One batch is listed, whichever it is.
  view.setUint32(table.entries(BATCHES, BLOCK)[0] - 4, 1, true)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setInt32(0, own.length, true)
  return joinedBytes([MAGIC, new Uint8Array(2), ...messages, own, length, MAGIC])
}

/** Bytes of a message before what it holds, and where its fields stand in them. */
const MESSAGE = { size: 40, directory: 4, table: 16, header: 20, version: 32, kind: 34 }
const [VERSION_5, KIND_SCHEMA] = [4, 1]

/**
 * The schema of a file as a message of its own, as streams begin with it; its table is taken from the list at the file's
 * end as it is. Undefined where there is none.
 */
export function schemaMessage(file: Uint8Array): Uint8Array | undefined {
  const end = file.length - MAGIC.length - 4
  const view = new DataView(file.buffer, file.byteOffset, file.length)
  const footer = file.subarray(end - view.getInt32(end, true), end)
  const place = FlatTable.root(footer).tablePlace(SCHEMA)
  if (place === undefined) return undefined
  const length = MESSAGE.size + footer.length + (-footer.length & 7)
  const bytes = new Uint8Array(8 + length)
  const head = new DataView(bytes.buffer, 8)
  bytes.set(footer, 8 + MESSAGE.size)
  new DataView(bytes.buffer).setUint32(0, CONTINUATION, true)
  new DataView(bytes.buffer).setInt32(4, length, true)
  head.setUint32(0, MESSAGE.table, true)
  // Sizes of the directory and the table; then the places in it of version, kind, header and length of what follows.
  for (const [at, size] of [12, 24, 16, 18, 4, 8].entries())
    head.setUint16(MESSAGE.directory + 2 * at, size, true)
  head.setInt32(MESSAGE.table, MESSAGE.table - MESSAGE.directory, true)
  head.setUint32(MESSAGE.header, MESSAGE.size + place - MESSAGE.header, true)
  head.setInt16(MESSAGE.version, VERSION_5, true)
  head.setUint8(MESSAGE.kind, KIND_SCHEMA)
  return bytes
}

/** Files of one batch each, in turn. Error: `arrow/torn`. */
export async function* arrowFileParts(file: StoredBytes): AsyncGenerator<Uint8Array> {
  const footer = await footerOf(file)
  const { dictionaries, batches } = placesIn(footer)
  const before: Uint8Array[] = []
  let held = 0
  for (const place of dictionaries) {
    const message = await messageAt(file, place, 'dictionary')
    held += message.length
    if (held > MOST_DICTIONARIES) tornArrow(`${held} bytes of dictionaries`)
    before.push(message)
  }
  for (const place of batches) yield fileWith(footer, [...before, await messageAt(file, place, 'rows')])
}

function placesIn(footer: Uint8Array): { readonly dictionaries: number[]; readonly batches: number[] } {
  try {
    const table = FlatTable.root(footer)
    const schema = table.table(SCHEMA)
    if (!schema) throw new RangeError('no schema')
    checkSchema(schema, footer.length)
    return { dictionaries: table.longs(DICTIONARIES, BLOCK), batches: table.longs(BATCHES, BLOCK) }
  } catch (error) {
    return tornArrow(error instanceof Error ? error.message : `${error}`, error)
  }
}

/** Whether a file that begins so has its messages one after another, as a stream has; undefined for no such file. */
export function isInOrder(opening: Uint8Array): boolean | undefined {
  if (MAGIC.some((byte, at) => opening[at] !== byte)) return undefined
  return [8, 9, 10, 11].every((at) => opening[at] === 0xff)
}
