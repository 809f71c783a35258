import { tableFromArrays, tableFromIPC, tableToIPC } from '@uwdata/flechette'
import { describe, expect, test } from 'vitest'
import { heldBytes } from '../held-bytes.ts'
import { arrowFileParts, isInOrder, schemaMessage } from './arrow-file.ts'
import { MOST_METADATA } from './arrow-messages.ts'
import { flat } from './flat.testing.ts'
import { FlatTable } from './flatbuffer.ts'
import { fixture, sourceOf } from './sources.testing.ts'

/** Has a dictionary of levels, and lists its messages at its end. */
const polars = fixture('arrow/polars')
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
const footerAt = polars.length - 10 - viewOf(polars).getInt32(polars.length - 10, true)
const footer = FlatTable.root(polars.subarray(footerAt, -10))
const [dictionaryAt, rowsAt] = [8, 10].map((list) => footerAt + footer.entries(list, 24)[0])

const partsOf = async (bytes: Uint8Array) => {
  const parts: Uint8Array[] = []
  for await (const part of arrowFileParts(await heldBytes(sourceOf(bytes).pieces()))) parts.push(part)
  return parts
}
/** The file with something else in it. */
function changed(change: (view: DataView) => void): Uint8Array {
  const bytes = polars.slice()
  change(viewOf(bytes))
  return bytes
}

describe('a file whose messages are listed', () => {
  test('becomes files of one batch each, with its dictionaries', async () => {
    const [part, ...more] = await partsOf(polars)
    expect(more).toEqual([])
    const [own, all] = [tableFromIPC(part), tableFromIPC(polars)]
    expect(own.schema).toEqual(all.schema)
    expect(own.toArray().map(String)).toEqual(all.toArray().map(String))
  })

  test('and as many of them as there are batches, which are left as they are', async () => {
    const batches = [[1.5, 2.5], [3.5], [4.5, 5.5, 6.5]].map((x) =>
      tableFromArrays({ x, even: x.map((one) => `${one % 2}`) }),
    )
    const streams = batches.map((table) => tableToIPC(table, { format: 'stream' })!)
    const rowsOf = (part: Uint8Array) => tableFromIPC(part).getChild('x').toArray()
    const file = tableToIPC(tableFromIPC(streams), { format: 'file' })!
    const before = file.slice()
    const parts = await partsOf(file)
    expect(parts.map((part) => [...rowsOf(part)])).toEqual([[1.5, 2.5], [3.5], [4.5, 5.5, 6.5]])
    expect(file).toEqual(before)
    // A footer that lists one batch of several is followed.
    const own = FlatTable.root(
      file.subarray(file.length - 10 - viewOf(file).getInt32(file.length - 10, true), -10),
    )
    const place = file.length - 10 - viewOf(file).getInt32(file.length - 10, true) + own.entries(10, 24)[0]
    viewOf(file).setUint32(place - 4, 1, true)
    expect((await partsOf(file)).map((part) => [...rowsOf(part)])).toEqual([[1.5, 2.5]])
  })

  test.each<[string, (view: DataView) => void, string]>([
    ['another mark at its end', (view) => view.setUint8(polars.length - 6, 0), 'no list of messages'],
    ['an empty list', (view) => view.setInt32(polars.length - 10, 0, true), 'no list of messages'],
    [
      'a list of fewer bytes than none',
      (view) => view.setInt32(polars.length - 10, -8, true),
      'no list of messages',
    ],
    [
      'too long a list',
      (view) => view.setInt32(polars.length - 10, MOST_METADATA + 1, true),
      'no list of messages',
    ],
    [
      'a list that is longer than it',
      (view) => view.setInt32(polars.length - 10, MOST_METADATA, true),
      'a message outside the file',
    ],
    [
      'a message before its beginning',
      (view) => view.setBigInt64(rowsAt, -8n, true),
      'a message outside the file',
    ],
    [
      'a message behind its end',
      (view) => view.setBigInt64(rowsAt, 2n ** 40n, true),
      'a message outside the file',
    ],
    [
      'a message at its very end',
      (view) => view.setBigInt64(rowsAt, BigInt(polars.length - 7), true),
      'a message outside the file',
    ],
    [
      'no message at a place',
      (view) => view.setBigInt64(rowsAt, 0n, true),
      'no message where one should begin',
    ],
    [
      'a dictionary among its rows',
      (view) => view.setBigInt64(rowsAt, view.getBigInt64(dictionaryAt, true), true),
      'a message of dictionary among rows',
    ],
    [
      'rows among its dictionaries',
      (view) => view.setBigInt64(dictionaryAt, view.getBigInt64(rowsAt, true), true),
      'a message of rows among dictionary',
    ],
    [
      'a message of too much metadata',
      (view) => view.setUint32(Number(view.getBigInt64(rowsAt, true)) + 4, MOST_METADATA + 1, true),
      '67108865 bytes of metadata',
    ],
    [
      'a message of metadata that is longer than it',
      (view) => view.setUint32(Number(view.getBigInt64(rowsAt, true)) + 4, MOST_METADATA, true),
      'a message outside the file',
    ],
    ['a list that makes no sense', (view) => view.setUint32(footerAt, 2 ** 31, true), 'cannot be read'],
  ])('is refused with %s', async (_, change, seen) => {
    await expect(partsOf(changed(change))).rejects.toThrow(seen)
    await expect(partsOf(changed(change))).rejects.toThrow('[arrow/torn]')
  })

  const withFooter = (footer: Uint8Array) =>
    Buffer.concat([
      ...[
        Buffer.from('ARROW1\0\0'),
        footer,
        Buffer.from(Int32Array.of(footer.length).buffer),
        Buffer.from('ARROW1'),
      ],
    ])

  test('is refused without a schema, with one that makes no sense, and when it is next to nothing', async () => {
    await expect(partsOf(withFooter(flat({ 8: { records: [], width: 24 } })))).rejects.toThrow('no schema')
    const digits = { 4: { text: 'x' }, 8: { byte: 7 }, 10: { table: { 6: { int: 77 } } } }
    const odd = flat({ 6: { table: { 6: { tables: [digits] } } } })
    await expect(partsOf(withFooter(odd))).rejects.toThrow('a decimal of 77 digits')
    await expect(partsOf(Uint8Array.of(1, 2, 3))).rejects.toThrow('a message outside the file')
    expect(await partsOf(withFooter(flat({ 6: { table: {} } })))).toEqual([])
  })

  test('has a schema that can stand alone, as streams begin', () => {
    const message = schemaMessage(polars)!
    expect(message.length % 8).toBe(0)
    expect(tableFromIPC(message).schema).toEqual(tableFromIPC(polars).schema)
    const shifted = Buffer.concat([Buffer.alloc(3), polars]).subarray(3)
    expect(schemaMessage(shifted)).toEqual(message)
    expect(schemaMessage(withFooter(flat({ 8: { records: [], width: 24 } })))).toBeUndefined()
  })
})

test('whether messages follow one another is seen by how a file begins', () => {
  const ofBytes = (...bytes: number[]) =>
    isInOrder(Uint8Array.of(...new TextEncoder().encode('ARROW1\0\0'), ...bytes))
  expect(ofBytes(255, 255, 255, 255)).toBe(true)
  for (const other of [[], [255, 255, 255], [0, 255, 255, 255], [255, 255, 255, 0], [8, 0, 0, 0]])
    expect(ofBytes(...other), `${other}`).toBe(false)
  for (const text of ['', 'ARROW', 'ARROW2\0\0', 'BRROW1\0\0'])
    expect(isInOrder(new TextEncoder().encode(text)), text).toBeUndefined()
})
