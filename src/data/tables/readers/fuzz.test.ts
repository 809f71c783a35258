import { expect, test } from 'vitest'
import { BetavaeError } from '../../../base/errors.ts'
import { keeping } from '../node/keeping/index.ts'
import { dice } from './dice.testing.ts'
import { sheetXml, workbook } from './excel.testing.ts'
import { readers } from './index.ts'
import { mutated } from './mutants.testing.ts'
import type { TableReader } from './reader.ts'
import { fixture, sourceOf } from './sources.testing.ts'

const text = (lines: string) => new TextEncoder().encode(lines)

const CSV = text('id,"na ""me""",size\r\n1,"Zürich, CH",2.5\r\n2,,-1e3\r\n\r\n3,"a\nb",\r\n4,北京,7\r\n')
/** What people put around tables, each of which is told from the rest. */
const DIALECTS = [
  CSV,
  text('sep=;\r\na;b\r\n1,5;2\r\n3,5;4\r\n'),
  text('# by hand\n"x" "y z"\n"1" 5.1 "a b"\n"2"  4.9\tc\n'),
  text('Sales\n\nregion\tunits\t2019\nn\t1,234\t2.5\t\ns\t2,345\t3.5\t\n'),
  Uint8Array.from(Buffer.from('\ufeffa\tü\n1\t2\n', 'utf16le')),
]
const JSON_ARRAY = text(
  '[\n {"a": 1, "b": {"c": "x,]", "d": [1]}},\n {"a": null, "b": {"c": "\\"}"}}, {}\n]\n',
)
const JSON_DOCUMENT = text('{"a": {"0": 1, "1": 2},\n "b": {"0": "x", "1": null}}')
const SHEET = text(sheetXml)
const JSON_LINES = text(
  '{"id":1,"name":{"de":"Zürich"},"on":true}\n{"id":2,"name":null,"size":-1.5e3}\n\n{"on":false}\n',
)

/** Every reader with what it is fed. */
const meals: readonly (readonly [string, number, readonly Uint8Array[]])[] = [
  ['CSV', 10_000, DIALECTS],
  ['JSON Lines', 10_000, [JSON_LINES]],
  // Half of them whole archives with a changed sheet, or the checksums would show every change.
  ['Excel', 10_000, [SHEET, workbook(sheetXml)]],
  ['JSON', 10_000, [JSON_ARRAY, JSON_DOCUMENT, JSON_LINES]],
  [
    'Parquet',
    10_000,
    [
      fixture('parquet/snappy'),
      fixture('parquet/plain'),
      fixture('parquet/zstd'),
      fixture('parquet/polars'),
      fixture('parquet/lz4'),
      fixture('parquet/nested'),
    ],
  ],
  [
    'Arrow',
    10_000,
    [
      fixture('arrow/uncompressed'),
      fixture('arrow/stream'),
      fixture('arrow/lz4'),
      fixture('arrow/zstd'),
      fixture('arrow/polars'),
      fixture('arrow/polars-zstd'),
      fixture('arrow/nested'),
    ],
  ],
]

/** What came of one file: its rows are all as wide as its columns, or the error is one a person can act on. */
async function outcomeOf(
  reader: TableReader,
  bytes: Uint8Array,
  cuts: number[],
  keepsWhole: boolean,
): Promise<'read' | 'refused'> {
  try {
    const options = { longest: 2000, chunkRows: 3, ...(keepsWhole && { keeping }) }
    for await (const { columns, rows, whole } of reader.read(sourceOf(bytes, cuts), options)) {
      if (rows.some((row) => row.length !== columns.length)) throw new Error('a row of another width')
      if (whole?.columns.some(({ values = rows }) => values.length !== rows.length))
        throw new Error('a column of another length')
    }
    return 'read'
  } catch (error) {
    if (error instanceof BetavaeError) return 'refused'
    throw new Error(`${reader.name}: ${Buffer.from(bytes).toString('base64')}`, { cause: error })
  }
}

test('meals are for every reader, and make 10,000 or more', () => {
  expect(meals.map(([name]) => name).toSorted()).toEqual(readers.map(({ name }) => name).toSorted())
  expect(meals.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThanOrEqual(10_000)
})

test.each(meals)(
  '%s: %i mutated files are read or refused',
  async (name, count, seedlings) => {
    const reader = readers.find((reader) => reader.name === name)
    if (!reader) throw new Error(name)
    const roll = dice(2463534242)
    const outcomes = { read: 0, refused: 0 }
    for (let file = 0; file < count; file++) {
      const changed = mutated(seedlings[file % seedlings.length], roll)
      const bytes = seedlings[file % seedlings.length] === SHEET ? workbook(changed, 0) : changed
      const cuts = Array.from({ length: roll(4) }, () => roll(bytes.length + 1))
      outcomes[await outcomeOf(reader, bytes, cuts, roll(2) === 0)]++
    }
    // Were all refused, or none, the mutations would show nothing.
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(count / 50)
  },
  300_000,
)
