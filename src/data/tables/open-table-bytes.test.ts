import { gzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { tableDataset } from './dataset.ts'
import { openTableBytes } from './open-table-bytes.ts'

const csv = new TextEncoder().encode('size,kind\n1.5,a\n2.5,b\n3.5,a\n')

test.each([
  ['plain', csv],
  ['gzip', gzipSync(csv)],
])('a table of %s bytes reads as often as one likes', async (_, bytes) => {
  const stream = openTableBytes('folder/things.csv', bytes)
  expect(stream).toMatchObject({ name: 'things', file: 'things.csv', format: 'CSV' })
  for (let time = 0; time < 2; time++) {
    const chunks = []
    for await (const chunk of stream.chunks()) chunks.push(chunk)
    expect(chunks).toMatchObject([
      {
        columns: ['size', 'kind'],
        rows: [
          ['1.5', 'a'],
          ['2.5', 'b'],
          ['3.5', 'a'],
        ],
      },
    ])
  }
  expect((await tableDataset(stream)).count).toBe(3)
})

test('bytes of no format are refused, naming the file', () => {
  expect(() => openTableBytes('what.bin', Uint8Array.of(0, 1, 2))).toThrowErrorMatchingInlineSnapshot(
    `[BetavaeError: what.bin: a file of no format known here; wanted one of Parquet (.parquet, .pq); Arrow (.arrow, .arrows, .feather, .ipc); Excel (.xlsx, .xlsm); JSON Lines (.jsonl, .ndjson, .jsonlines); JSON (.json); CSV (.csv, .tsv, .tab, .psv, .txt). Fix: save the table in one of these formats, packed by gzip or not. [table/format]]`,
  )
})

test('a torn row is refused when it is read, naming the file', async () => {
  const torn = new TextEncoder().encode('a,b\n1,2\n3,4,5\n')
  await expect(tableDataset(openTableBytes('torn.csv', torn))).rejects.toMatchObject({ code: 'csv/ragged' })
})
