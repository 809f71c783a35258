import { expect, test } from 'vitest'
import { BetavaeError } from '../../../base/errors.ts'
import { keeping } from '../node/keeping/index.ts'
import { dice } from './dice.testing.ts'
import { sheetXml, workbook } from './excel.testing.ts'
import { readers } from './index.ts'
import { mutated } from './mutants.testing.ts'
import type { TableReader } from './reader.ts'
import { csvSeedlings, jsonLinesSeedling, jsonSeedlings, sheetSeedling } from './seedlings.testing.ts'
import { fixture, sourceOf } from './sources.testing.ts'

/** Every reader with what it is fed. */
const meals: readonly (readonly [string, number, readonly Uint8Array[]])[] = [
  ['CSV', 10_000, csvSeedlings],
  ['JSON Lines', 10_000, [jsonLinesSeedling]],
  // Half of them whole archives with a changed sheet, or the checksums would show every change.
  ['Excel', 10_000, [sheetSeedling, workbook(sheetXml)]],
  ['JSON', 10_000, [...jsonSeedlings, jsonLinesSeedling]],
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
      const bytes = seedlings[file % seedlings.length] === sheetSeedling ? workbook(changed, 0) : changed
      const cuts = Array.from({ length: roll(4) }, () => roll(bytes.length + 1))
      outcomes[await outcomeOf(reader, bytes, cuts, roll(2) === 0)]++
    }
    // Were all refused, or none, the mutations would show nothing.
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(count / 50)
  },
  300_000,
)
