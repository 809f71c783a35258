import type { ColumnMetaData, Encoding, PageHeader, ParquetType } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { checkPage, type PageOf, type ParquetPage, unpackedPage } from './parquet-pages.ts'
import { packed, repeated } from './runs.testing.ts'

const columnOf = (type: ParquetType, codec: ColumnMetaData['codec'] = 'UNCOMPRESSED') =>
  ({ type, codec }) as ColumnMetaData

const run = (value: number, count: number) => repeated(value, count, 8)
const sized = (bytes: readonly number[]): number[] => [bytes.length, 0, 0, 0, ...bytes]

interface First {
  readonly values: number
  readonly encoding?: Encoding
}
const header = (type: PageHeader['type'], size: number, more: Partial<PageHeader>): PageHeader => ({
  type,
  uncompressed_page_size: size,
  compressed_page_size: size,
  ...more,
})
const firstPage = (bytes: readonly number[], { values, encoding = 'PLAIN' }: First): ParquetPage => ({
  header: header('DATA_PAGE', bytes.length, {
    data_page_header: {
      num_values: values,
      encoding,
      definition_level_encoding: 'RLE',
      repetition_level_encoding: 'RLE',
    },
  }),
  bytes: Uint8Array.from(bytes),
})

interface Second extends First {
  readonly nulls?: number
  readonly repetitions?: readonly number[]
  readonly definitions?: readonly number[]
  readonly isPacked?: boolean
}
const secondPage = (
  bytes: readonly number[],
  { values, encoding = 'PLAIN', nulls = 0, repetitions = [], definitions = [], isPacked }: Second,
): ParquetPage => {
  const all = [...repetitions, ...definitions, ...bytes]
  return {
    header: header('DATA_PAGE_V2', all.length, {
      data_page_header_v2: {
        ...{ num_values: values, num_nulls: nulls, num_rows: values, encoding },
        definition_levels_byte_length: definitions.length,
        repetition_levels_byte_length: repetitions.length,
        ...(isPacked !== undefined && { is_compressed: isPacked }),
      },
    }),
    bytes: Uint8Array.from(all),
  }
}
const entriesPage = (count: number, bytes: number): ParquetPage => ({
  header: header('DICTIONARY_PAGE', bytes, {
    dictionary_page_header: { num_values: count, encoding: 'PLAIN' },
  } as Partial<PageHeader>),
  bytes: new Uint8Array(bytes),
})

const of = (more: Partial<PageOf> = {}): PageOf => ({
  ...{ column: columnOf('INT32'), level: 0, repeats: 0, rows: 6 },
  ...more,
})
const optional = of({ level: 1 })
const lists = of({ level: 2, repeats: 1 })
const truths = of({ column: columnOf('BOOLEAN') })
/** Levels of six values, of which the last two are missing. */
const someMissing = [...run(1, 4), ...run(0, 2)]
/** One list of six values, all there. */
const oneList = { repetitions: [...run(0, 1), ...run(1, 5)], definitions: run(2, 6) }
const DELTAS = [128, 1, 4]

describe('a page is read whose counts and lengths fit each other', () => {
  test.each<[string, ParquetPage, PageOf]>([
    ['as many values as rows', firstPage([], { values: 6 }), of()],
    ['fewer', firstPage([], { values: 5 }), of()],
    ['none', firstPage([], { values: 0 }), of()],
    ['levels', firstPage(sized(someMissing), { values: 6 }), optional],
    ['levels of lists', firstPage([...sized(run(0, 6)), ...sized(run(2, 6))], { values: 6 }), lists],
    // Where the runs end is said before them; what lies between there and there is passed over.
    [
      'levels that are padded',
      firstPage([...sized([...someMissing, 9]), 1, ...run(0, 4)], { values: 6, encoding: 'RLE_DICTIONARY' }),
      optional,
    ],
    ['places', firstPage([3, ...run(7, 6)], { values: 6, encoding: 'RLE_DICTIONARY' }), of()],
    ['places of old', firstPage([3, ...run(7, 6)], { values: 6, encoding: 'PLAIN_DICTIONARY' }), of()],
    [
      'places of those that are there',
      firstPage([...sized(someMissing), 3, ...run(7, 4)], { values: 6, encoding: 'RLE_DICTIONARY' }),
      optional,
    ],
    ['an only value to point at', firstPage([0], { values: 6, encoding: 'RLE_DICTIONARY' }), of()],
    ['runs of truths', firstPage(sized(run(1, 6)), { values: 6, encoding: 'RLE' }), truths],
    ['differences', firstPage(DELTAS, { values: 6, encoding: 'DELTA_BINARY_PACKED' }), of()],
    ['bytes in rows', firstPage([], { values: 6, encoding: 'BYTE_STREAM_SPLIT' }), of()],
    ['the second kind', secondPage([], { values: 6 }), of()],
    [
      'the second kind with gaps',
      secondPage([], { values: 6, nulls: 2, definitions: someMissing }),
      optional,
    ],
    ['nothing but gaps', secondPage([], { values: 6, nulls: 6, definitions: run(0, 6) }), optional],
    ['the second kind with lists', secondPage([], { values: 6, ...oneList }), lists],
    [
      'places in the second kind',
      secondPage([3, ...run(7, 4)], {
        ...{ values: 6, nulls: 2, encoding: 'RLE_DICTIONARY', definitions: someMissing },
      }),
      optional,
    ],
    ['as many entries as there are bits', entriesPage(16, 2), of()],
    ['no entries', entriesPage(0, 0), of()],
    [
      'entries of which nobody says how many',
      { header: header('DICTIONARY_PAGE', 0, {}), bytes: new Uint8Array(0) },
      of(),
    ],
    ['another kind of page', { header: header('INDEX_PAGE', 0, {}), bytes: new Uint8Array(0) }, of()],
    ['a page without its header', { header: header('DATA_PAGE', 0, {}), bytes: new Uint8Array(0) }, of()],
    [
      'a page without its second header',
      { header: header('DATA_PAGE_V2', 0, {}), bytes: new Uint8Array(0) },
      of(),
    ],
  ])('%s', (_, page, about) => {
    expect(() => checkPage(page, about)).not.toThrow()
  })

  test('values of lists, but no more than a few million of them', () => {
    const most = 2 ** 22
    const many = { ...lists, rows: 2 ** 30 }
    const levels = (value: number, count: number) => sized(run(value, count))
    const page = (count: number) => firstPage([...levels(0, count), ...levels(2, count)], { values: count })
    expect(() => checkPage(page(most), many)).not.toThrow()
    expect(() => checkPage(page(most + 1), many)).toThrow('4194305 values for')
    // Of single values each is a row, so that there are as many as rows.
    expect(() => checkPage(firstPage([], { values: most + 1 }), of({ rows: most + 1 }))).not.toThrow()
  })
})

describe('a page is refused', () => {
  test.each<[string, ParquetPage, PageOf, string]>([
    ['with more values than rows', firstPage([], { values: 7 }), of(), '7 values for 6 rows'],
    ['with fewer than none', firstPage([], { values: -1 }), of(), '-1 values'],
    ['of the second kind with more', secondPage([], { values: 7 }), of(), '7 values for 6 rows'],
    ['of lists with more', secondPage([], { values: 7, ...oneList }), lists, '7 values for 6 rows'],
    [
      'with levels of fewer values',
      firstPage(sized(run(1, 4)), { values: 6 }),
      optional,
      'outside the bounds',
    ],
    ['with levels of more values', firstPage(sized(run(1, 7)), { values: 6 }), optional, 'a run of 7'],
    [
      'with levels of fewer lists',
      firstPage([...sized(run(0, 4)), ...sized(run(2, 6))], { values: 6 }),
      lists,
      'a run of',
    ],
    [
      'with more places than values that are there',
      firstPage([...sized(someMissing), 3, ...run(7, 5)], { values: 6, encoding: 'RLE_DICTIONARY' }),
      optional,
      'a run of 5 in 4',
    ],
    [
      'with fewer places',
      firstPage([3, ...run(7, 5)], { values: 6, encoding: 'RLE_DICTIONARY' }),
      of(),
      'outside the bounds',
    ],
    [
      'with runs of numbers',
      firstPage(sized(run(1, 6)), { values: 6, encoding: 'RLE' }),
      of(),
      'runs of INT32',
    ],
    [
      'with too many truths',
      firstPage(sized(run(1, 7)), { values: 6, encoding: 'RLE' }),
      truths,
      'a run of 7',
    ],
    [
      'with blocks of none',
      firstPage([0, 4], { values: 6, encoding: 'DELTA_BYTE_ARRAY' }),
      of(),
      'blocks of 0',
    ],
    [
      'of lists without lists',
      secondPage([], { values: 6, definitions: run(2, 6) }),
      lists,
      'levels of another',
    ],
    [
      'of lists in a column without',
      secondPage([], { values: 6, ...oneList }),
      optional,
      'levels of another',
    ],
    [
      'with levels of other lists',
      secondPage([], { values: 6, ...oneList, repetitions: run(0, 7) }),
      lists,
      'a run of 7',
    ],
    [
      'with more gaps than values',
      secondPage([], { values: 6, nulls: 7, definitions: run(0, 6) }),
      optional,
      '7 values',
    ],
    [
      'with fewer gaps than none',
      secondPage([], { values: 6, nulls: -1, definitions: run(1, 6) }),
      optional,
      '-1 values',
    ],
    [
      'with gaps that levels do not have',
      secondPage([], { values: 6, nulls: 1, definitions: someMissing }),
      optional,
      'counts of',
    ],
    [
      'of the second kind with too many places',
      secondPage([3, ...run(7, 5)], {
        ...{ values: 6, nulls: 2, encoding: 'RLE_DICTIONARY', definitions: someMissing },
      }),
      optional,
      'a run of 5 in 4',
    ],
    ['with more entries than bits', entriesPage(17, 2), of(), '17 entries'],
    ['with fewer entries than none', entriesPage(-1, 2), of(), '-1 entries'],
  ])('%s', (_, page, about, seen) => {
    expect(() => checkPage(page, about)).toThrow(seen)
  })

  test('whose levels are not those of the deepest structure around a value', () => {
    for (const [level, width] of [
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 3],
      [7, 3],
      [8, 4],
    ]) {
      const definitions = packed(new Array(8).fill(level), width)
      const page = secondPage([], { values: 8, definitions })
      expect(() => checkPage(page, of({ level, rows: 8 })), `${level}`).not.toThrow()
      const missing = packed(new Array(8).fill(level - 1), width)
      const gaps = secondPage([], { values: 8, definitions: missing })
      expect(() => checkPage(gaps, of({ level, rows: 8 })), `${level - 1}`).toThrow('missing values')
    }
  })
})

describe('compression is undone', () => {
  const told: [number[], number][] = []
  const compressors = {
    ZSTD(bytes: Uint8Array, length: number) {
      told.push([[...bytes], length])
      return new Uint8Array(length).fill(5)
    },
  }
  const packed = columnOf('INT32', 'ZSTD')
  /** What a page says its size is when it is unpacked. */
  const announcing = (page: ParquetPage, size: number): ParquetPage => ({
    ...page,
    header: { ...page.header, uncompressed_page_size: size },
  })

  test('of a page of the first kind as a whole', () => {
    const { bytes, header } = unpackedPage(
      announcing(firstPage([1, 2], { values: 3 }), 4),
      packed,
      compressors,
    )
    expect([...bytes]).toEqual([5, 5, 5, 5])
    expect(told.pop()).toEqual([[1, 2], 4])
    expect(header.data_page_header?.num_values).toBe(3)
  })

  test('of the second kind but for its levels, and it is not undone twice', () => {
    const page = secondPage([1, 2], { values: 6, repetitions: [7], definitions: [8, 9], isPacked: true })
    const unpacked = unpackedPage(announcing(page, 6), packed, compressors)
    expect([...unpacked.bytes]).toEqual([7, 8, 9, 5, 5, 5])
    expect(told.pop()).toEqual([[1, 2], 3])
    expect(unpacked.header.data_page_header_v2).toMatchObject({ is_compressed: false, num_values: 6 })
    expect(unpacked.header.type).toBe('DATA_PAGE_V2')
  })

  test('where it says so, and where it says nothing', () => {
    const page = (isPacked?: boolean) => announcing(secondPage([1, 2], { values: 6, isPacked }), 4)
    expect([...unpackedPage(page(false), packed, compressors).bytes]).toEqual([1, 2])
    expect(told).toEqual([])
    expect([...unpackedPage(page(), packed, compressors).bytes]).toEqual([5, 5, 5, 5])
  })

  test('of a page of the first kind, though it has the header of the second, too', () => {
    const second = secondPage([], { values: 6, isPacked: false }).header
    const { header, bytes } = announcing(firstPage([1, 2], { values: 3 }), 4)
    const both = { header: { ...second, ...header }, bytes }
    expect([...unpackedPage(both, packed, compressors).bytes]).toEqual([5, 5, 5, 5])
  })

  test('but not where sizes make no sense', () => {
    const page = (size: number, definitions: number[] = []) =>
      announcing(secondPage([], { values: 6, definitions, isPacked: false }), size)
    expect(() => unpackedPage(page(3, [1, 2, 3]), packed, compressors)).not.toThrow()
    expect(() => unpackedPage(page(2, [1, 2, 3]), packed, compressors)).toThrow('a page of 2 bytes')
    expect(() => unpackedPage(page(2 ** 30), packed, compressors)).not.toThrow()
    expect(() => unpackedPage(page(2 ** 30 + 1), packed, compressors)).toThrow('a page of 1073741825 bytes')
    expect(() => unpackedPage(announcing(firstPage([], { values: 0 }), -1), packed, compressors)).toThrow(
      '-1 bytes',
    )
    const negative = secondPage([], { values: 6 })
    const second = { ...negative.header.data_page_header_v2, definition_levels_byte_length: -1 }
    const odd = { ...negative.header, data_page_header_v2: second } as PageHeader
    expect(() => unpackedPage({ ...negative, header: odd }, packed, compressors)).toThrow('a page of 0 bytes')
  })
})
