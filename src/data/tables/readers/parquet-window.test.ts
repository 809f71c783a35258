import type { PageHeader } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { serializeTCompactProtocol } from 'hyparquet-writer/src/thrift.js'
import { describe, expect, test } from 'vitest'
import { pageWindow } from './parquet-window.ts'

const BEFORE = 100

const written = (write: (writer: ByteWriter) => void): Uint8Array => {
  const writer = new ByteWriter()
  write(writer)
  return writer.getBytes()
}
const header = (size: number, entries = 0): Uint8Array =>
  written((writer) =>
    writePageHeader(writer, {
      ...{ type: 'DICTIONARY_PAGE', uncompressed_page_size: size, compressed_page_size: size },
      dictionary_page_header: { num_values: entries, encoding: 'PLAIN' },
    } as PageHeader),
  )
/** A header with statistics, which the library writes none of: a least text of so many bytes. */
const longHeader = (size: number, least: number): Uint8Array =>
  written((writer) =>
    serializeTCompactProtocol(writer, {
      ...{ field_1: 0, field_2: size, field_3: size },
      field_5: {
        field_1: 1,
        field_2: 0,
        field_3: 3,
        field_4: 3,
        field_5: { field_2: new Uint8Array(least) },
      },
    }),
  )

/** A file with something before and behind these pages, and what is asked of it. */
function fileOf(...parts: readonly Uint8Array[]) {
  const pages = Buffer.concat(parts)
  const file = Buffer.concat([Buffer.alloc(BEFORE, 7), pages, Buffer.alloc(BEFORE, 7)])
  const slices: [number, number][] = []
  const end = BEFORE + pages.length
  const next = pageWindow(
    async (from, to) => {
      slices.push([from, to])
      return Uint8Array.from(file.subarray(from, to))
    },
    { start: BEFORE, end },
  )
  return { next, slices, end }
}
const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte)

describe('pages are read one after another', () => {
  test('small ones at once, and nothing behind the last', async () => {
    const { next, slices, end } = fileOf(
      header(3, 1),
      filled(3, 1),
      header(0, 2),
      header(5000, 3),
      filled(5000, 3),
    )
    for (const [entries, length] of [
      [1, 3],
      [2, 0],
      [3, 5000],
    ]) {
      const { header, bytes } = await next()
      expect(header.dictionary_page_header?.num_values).toBe(entries)
      expect([...bytes]).toEqual([...filled(length, entries)])
    }
    expect(slices).toEqual([[BEFORE, end]])
  })

  test('many in few pieces, none of which is larger than need be', async () => {
    const size = 30_000
    const pages = Array.from({ length: 60 }, (_, page) => [header(size, page), filled(size, page)]).flat()
    const { next, slices, end } = fileOf(...pages)
    for (let page = 0; page < 60; page++) {
      const { header, bytes } = await next()
      expect(header.dictionary_page_header?.num_values).toBe(page)
      expect(bytes).toHaveLength(size)
      expect(bytes.every((byte) => byte === page)).toBe(true)
    }
    expect(slices.every(([from, to]) => to - from <= 2 ** 19 && to <= end)).toBe(true)
    expect(slices.length).toBeLessThan(6)
  })

  test('one that is larger than what is read at once', async () => {
    const size = 2 ** 19 + 70_000
    const { next } = fileOf(header(size, 1), filled(size, 1), header(2, 2), filled(2, 2))
    const { bytes } = await next()
    expect(bytes).toHaveLength(size)
    expect(bytes.every((byte) => byte === 1)).toBe(true)
    expect([...(await next()).bytes]).toEqual([2, 2])
  })

  test('with headers of any length', async () => {
    for (const least of [10, 4090, 40_000, 600_000]) {
      const { next } = fileOf(longHeader(2, least), filled(2, 9), header(1, 5), filled(1, 5))
      const { header: found, bytes } = await next()
      expect(found).toMatchObject({ type: 'DATA_PAGE', compressed_page_size: 2 })
      expect([...bytes]).toEqual([9, 9])
      expect([...(await next()).bytes]).toEqual([5])
    }
  })
})

describe('what is torn is refused', () => {
  test.each<[string, Uint8Array[], string]>([
    ['a page cut off', [header(5), filled(4, 1)], 'a page cut off'],
    ['a page of fewer bytes than none', [header(-1), filled(4, 1)], 'a page cut off'],
    ['a header cut off', [longHeader(2, 300).subarray(0, 200)], 'thrift'],
    ['a long header cut off', [longHeader(2, 9000).subarray(0, 5000)], 'thrift'],
    ['nothing', [], 'thrift'],
    ['what is no header', [Uint8Array.of(0x1e), filled(9000, 0xff)], 'thrift'],
  ])('%s', async (_, parts, seen) => {
    await expect(fileOf(...parts).next()).rejects.toThrow(seen)
  })

  test('before much of the file is read, where a header has no end', async () => {
    const sizes: number[] = []
    const next = pageWindow(
      async (from, to) => {
        sizes.push(to - from)
        const bytes = new Uint8Array(to - from)
        bytes.set(longHeader(2, 2 ** 26).subarray(0, 40))
        return bytes
      },
      { start: 0, end: 2 ** 40 },
    )
    await expect(next()).rejects.toThrow('thrift')
    expect(Math.max(...sizes)).toBe(2 ** 24)
  })
})
