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
    `[BetavaeError: what.bin: a file of no format known here; wanted one of Parquet (.parquet, .pq); Arrow (.arrow, .arrows, .feather, .ipc); Excel (.xlsx, .xlsm); JSON Lines (.jsonl, .ndjson, .jsonlines); JSON (.json, .geojson); CSV (.csv, .tsv, .tab, .psv, .txt). Fix: save the table in one of these formats, packed by gzip or not. [table/format]]`,
  )
})

test.each([
  ['a page', 'sales.xls', '<table><tr><th>a</th></tr></table>', 'HTML'],
  ['SPSS', 'w.sav', '$FL2@(#) SPSS DATA FILE', 'SPSS'],
  ['Weka', 'x.arff', '% by hand\n@RELATION x\n@attribute a numeric\n', 'Weka'],
  ['a pickle', 'x.pkl', Uint8Array.of(0x80, 4, 0x95, 0, 0), 'pickle'],
  ['R', 'x', Uint8Array.of(0x58, 10, 0, 0, 0, 3), 'R'],
])('%s is refused with what turns it into a table', (_, name, content, what) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  expect(() => openTableBytes(name, bytes)).toThrow(
    expect.objectContaining({ code: 'table/foreign', seen: expect.stringContaining(what) }),
  )
})

test('a torn row is refused when it is read, naming the file', async () => {
  const torn = new TextEncoder().encode('a,b\n1,2\n3,4,5\n')
  await expect(tableDataset(openTableBytes('torn.csv', torn))).rejects.toMatchObject({ code: 'csv/ragged' })
})

test('rows without any cell are passed over, and that is said', async () => {
  const bytes = new TextEncoder().encode(`a,b\n1,x\n,\n2,y\n${'3,x\n4,y\n'.repeat(9)} ,\n`)
  const { count, table } = await tableDataset(openTableBytes('tail.csv', bytes))
  expect(count).toBe(20)
  expect(table.columns.map(({ missing }) => missing)).toEqual([0, 0])
  expect(table.notes).toEqual(['2 rows in which nothing stands are passed over; the first is row 2 (line 3)'])
  // In a lone column such a cell is a missing one.
  const lone = new TextEncoder().encode('a\n1\n""\n2\n')
  expect((await tableDataset(openTableBytes('lone.csv', lone))).count).toBe(3)
})
