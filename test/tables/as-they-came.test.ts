import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  columnFromArray,
  int32,
  interval,
  tableFromColumns,
  tableFromIPC,
  tableToIPC,
} from '@uwdata/flechette'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fromBase64 } from '../../src/base/base64.ts'
import type { Cell, TableChunk } from '../../src/data/tables/cell.ts'
import { fixture } from '../../src/data/tables/readers/sources.testing.ts'
import { openTable, tableOutput } from '../../src/inside.node.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'as-they-came-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The rows of a small file, all in one chunk. */
async function chunkOf(path: string): Promise<TableChunk> {
  for await (const chunk of (await openTable(path, { keepsWhole: true })).chunks()) return chunk
  throw new Error('no rows')
}

/** Whole numbers have an older and a newer name in Parquet, of which our writer writes the older. */
const olderNames = (described: unknown): unknown => {
  if (typeof described !== 'object' || described === null || ArrayBuffer.isView(described)) return described
  if (Array.isArray(described)) return described.map(olderNames)
  const fields = Object.entries(described).filter(
    ([key, value]) =>
      !(key === 'logical_type' && (value as { type?: string } | undefined)?.type === 'INTEGER'),
  )
  return Object.fromEntries(fields.map(([key, value]) => [key, olderNames(value)]))
}

/** Writes rows as they came, but for some cells that were made. */
async function writtenAs(out: string, chunk: TableChunk, made: Readonly<Record<string, Cell>> = {}) {
  const cells = chunk.rows.map((row) =>
    row.map((cell, at) => (cell === null || cell === '' ? (made[chunk.columns[at]] ?? cell) : cell)),
  )
  const path = join(folder, out)
  const output = await (await tableOutput({ out: path }))()
  await output.rows({ chunk, cells, types: chunk.types ?? chunk.columns.map(() => undefined) })
  await output.done()
  return path
}

function placed(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** What a model might say of the gaps of the hard table, whose second row has nothing but its last column. */
const MADE: Readonly<Record<string, Cell>> = {
  f16: 0.3,
  f32: 1 / 3,
  dec: 1.5,
  day: '1999-12-31',
  us: '2000-01-01 00:00:00.25',
  ns: '2000-01-01T00:00:00Z',
  time: '12:00:00.5',
  dur: 1.0009,
  level: 'a',
  flag: true,
  'place.lat': 7,
  'place.seen': '2001-01-01 00:00:00',
}

describe('Parquet', () => {
  test('keeps the type of every column, and what is known to the last bit', async () => {
    const chunk = await chunkOf(placed('hard.parquet', fixture('parquet/hard')))
    const again = await chunkOf(await writtenAs('kept.parquet', chunk))
    expect(again.whole).toEqual(olderNames(chunk.whole))
    expect(again.rows).toEqual(chunk.rows)
    expect(again.types).toEqual(olderNames(chunk.types))
    expect(again.whole?.metadata?.map(({ key }) => key)).toContain('ARROW:schema')
  })

  test('takes what was made as the column has it: rounded, in its unit, in its place', async () => {
    const chunk = await chunkOf(placed('hard.parquet', fixture('parquet/hard')))
    const again = await chunkOf(await writtenAs('filled.parquet', chunk, MADE))
    expect(again.types).toEqual(olderNames(chunk.types))
    expect([again.rows[0], again.rows[2].slice(0, -4)]).toEqual([chunk.rows[0], chunk.rows[2].slice(0, -4)])
    const filled = Object.fromEntries(again.columns.map((name, at) => [name, again.rows[1][at]]))
    expect(filled).toEqual({
      ...MADE,
      ...{ id: null, u64: null, f16: 0.300048828125, f32: 0.33333334, dec: '1.500000000000000000' },
      ...{ dur: 1.001, none: null, must: 2 },
    })
    const place = again.whole?.columns.find(({ name }) => name === 'place')
    expect(place?.values?.[1]).toEqual({ lat: 7, seen: 978307200000000n })
    expect(place?.values?.[0]).toEqual({ lat: 1.5, seen: 1577836800000001n })
  })

  test('has of Arrow what that says of columns: durations, zones, levels, bytes, lists', async () => {
    const arrow = await chunkOf(placed('hard.arrows', fixture('arrow/hard')))
    const parquet = await chunkOf(placed('hard.parquet', fixture('parquet/hard')))
    const again = await chunkOf(await writtenAs('from-arrow.parquet', arrow))
    expect(again.rows).toEqual(parquet.rows)
    const valuesOf = ({ whole }: TableChunk) => whole?.columns.map(({ name, values }) => [name, values])
    expect(valuesOf(again)).toEqual(valuesOf(parquet))
    const kindsOf = ({ whole }: TableChunk) => whole?.columns.map(({ type }) => type?.kind)
    expect(kindsOf(again)).toEqual(kindsOf(parquet))
  })

  test('has the schema of an Arrow file, too, whose messages are listed at its end', async () => {
    const chunk = await chunkOf(placed('polars.arrow', fixture('arrow/polars')))
    const [{ key, value } = { key: '' }] = chunk.whole?.metadata ?? []
    expect(key).toBe('ARROW:schema')
    const { schema } = tableFromIPC(fromBase64(value ?? ''))
    expect(schema.fields.map(({ name }) => name)).toEqual(chunk.whole?.columns.map(({ name }) => name))
  })

  test('durations are seconds, whatever they are stored in', async () => {
    for (const name of ['parquet/hard', 'arrow/hard'] as const) {
      const chunk = await chunkOf(placed(`d.${name.startsWith('a') ? 'arrows' : 'parquet'}`, fixture(name)))
      const at = chunk.columns.indexOf('dur')
      expect(chunk.rows.map((row) => row[at])).toEqual([90061.5, null, -0.25])
    }
  })

  test('becomes JSON Lines with lists, maps and structures in their places', async () => {
    const chunk = await chunkOf(placed('hard.parquet', fixture('parquet/hard')))
    const [first] = readFileSync(await writtenAs('hard.jsonl', chunk), 'utf8').split('\n')
    expect(first).toBe(
      '{"id":9007199254740993,"u64":18446744073709551615,"f16":1.5,"f32":0.1,"dec":12345678901234567890.123456789012345678,"day":"1901-02-03","us":"1969-12-31 23:59:59.999999","ns":"2023-11-14T22:13:20.123456789Z","time":"23:59:59.999999999","dur":90061.5,"level":"b","flag":true,"bin":"ff00","fix":"fffe","list":[[1.50,null],[]],"map":{"10":1,"2":null},"place":{"lat":1.5,"seen":"2020-01-01 00:00:00.000001"},"none":null,"must":1}',
    )
  })

  test('becomes CSV with structures flat, and lists as JSON, which is said', async () => {
    const chunk = await chunkOf(placed('hard.parquet', fixture('parquet/hard')))
    const output = await (await tableOutput({ out: join(folder, 'hard.csv') }))()
    await output.rows({ chunk, cells: chunk.rows, types: chunk.types ?? [] })
    await output.done()
    expect(output.asJson()).toEqual(['list', 'map'])
    const [head, first] = readFileSync(join(folder, 'hard.csv'), 'utf8').split('\n')
    expect(head).toContain('bin,fix,list,map,place.lat,place.seen,none,must')
    expect(first).toContain(
      'ff00,fffe,"[[1.50,null],[]]","{""10"":1,""2"":null}",1.5,2020-01-01 00:00:00.000001,,1',
    )
  })
})

test('months and days of Arrow, which are no cells, are lists wherever they are written', async () => {
  const spans = columnFromArray([Float64Array.of(1, 2, 3), null], interval(2))
  const table = tableFromColumns({ n: columnFromArray([1, 2], int32()), span: spans } as never)
  const chunk = await chunkOf(placed('spans.arrows', tableToIPC(table, { format: 'stream' })!))
  const lines = readFileSync(await writtenAs('spans.jsonl', chunk), 'utf8')
  expect(lines).toBe('{"n":1,"span":[1,2,3]}\n{"n":2,"span":null}\n')
  const again = await chunkOf(await writtenAs('spans.parquet', chunk))
  expect(again.rows).toEqual([
    [1, '[1,2,3]'],
    [2, null],
  ])
})

describe('JSON', () => {
  const LINES = [
    '{"id": 9007199254740993, "x": 1.0, "place": {"lat": null, "deep": {"k": "a"}}, "tags": [1, null, "x"], "n": "07"}',
    '{"id": 9007199254740994, "x": null, "place": null, "tags": [], "n": "12", "note": "é\\u00e9 \\" , }"}',
    '{ "id" : 9007199254740995 ,"x":1e2,"place":{ "lat":0.10, "deep" : { } } }',
    '{"id": 9007199254740996, "x": 2.50, "n": null}',
  ]
  const MADE_JSON = { x: 3.5, 'place.lat': 0.25, 'place.deep.k': 'b', n: 42 }

  test('lines stay as they are written but for what was made, wherever that is', async () => {
    const chunk = await chunkOf(placed('a.jsonl', `${LINES.join('\n')}\n`))
    const lines = readFileSync(await writtenAs('b.jsonl', chunk, MADE_JSON), 'utf8').split('\n')
    expect(lines).toEqual([
      LINES[0].replace('"lat": null', '"lat": 0.25'),
      LINES[1].replace('"x": null, "place": null', '"x": 3.5, "place": {"lat":0.25,"deep":{"k":"b"}}'),
      '{ "id" : 9007199254740995 ,"x":1e2,"place":{ "lat":0.10, "deep" : {"k":"b" } },"n":"42" }',
      '{"id": 9007199254740996, "x": 2.50, "n": "42","place":{"lat":0.25,"deep":{"k":"b"}}}',
      '',
    ])
  })

  test('an array of objects, on several lines, comes out a line each', async () => {
    const chunk = await chunkOf(
      placed('a.json', `[\n ${LINES.join(',\n\n ').replace(', "x"', ',\n\t"x"')}\n]`),
    )
    const lines = readFileSync(await writtenAs('c.jsonl', chunk), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines).toEqual(LINES)
  })

  test('lists are JSON where there are no lists', async () => {
    const chunk = await chunkOf(placed('a.jsonl', `${LINES.join('\n')}\n`))
    const again = await chunkOf(await writtenAs('a.parquet', chunk))
    const tags = again.columns.indexOf('tags')
    expect(again.rows.map((row) => row[tags])).toEqual(['[1,null,"x"]', '[]', null, null])
    expect(again.types?.[tags]?.kind).toBe('json')
  })
})

describe('CSV', () => {
  const rowsOf = (separator: string) =>
    [
      ['', 'Größe', 'n', 'name'],
      ['1', '1,5', '', `a${separator}b`],
      ['2', '', '.25', 'c "d"'],
      ['', '2,5', '.5', ''],
      ['4', '3,5', '.75', 'e'],
    ]
      .map((row) =>
        row.map((cell) => (/[;\t|" ]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator),
      )
      .join('\n')

  test.each([';', '\t', '|'])(
    'keeps what stands between cells, and its line of names: %j',
    async (separator) => {
      const text = `${rowsOf(separator)}\n`
      const chunk = await chunkOf(placed('a.csv', text))
      expect(readFileSync(await writtenAs('b.csv', chunk), 'utf8')).toBe(text)
    },
  )

  test('without names stays so; blanks keep gaps apart', async () => {
    const bare = '1;2\n3;4\n5;6\n'
    expect(readFileSync(await writtenAs('b.csv', await chunkOf(placed('a.csv', bare))), 'utf8')).toBe(bare)
    const blanks = 'a b c\n1 "x y" 3\n2 "" 4\n3 z 5\n'
    expect(readFileSync(await writtenAs('c.csv', await chunkOf(placed('d.txt', blanks))), 'utf8')).toBe(
      blanks,
    )
  })

  test('a gap is nothing where there are types, not an empty text; a nameless column has a name', async () => {
    const chunk = await chunkOf(placed('a.csv', rowsOf(';')))
    const lines = readFileSync(await writtenAs('b.jsonl', chunk), 'utf8').split('\n')
    expect(lines[2]).toBe('{"Unnamed: 0":null,"Größe":"2,5","n":0.5,"name":null}')
    const again = await chunkOf(await writtenAs('b.parquet', chunk))
    expect(again.rows[2]).toEqual([null, '2,5', 0.5, null])
  })

  test('another separator is written where it is asked for', async () => {
    const chunk = await chunkOf(placed('a.csv', rowsOf(';')))
    const output = await (await tableOutput({ out: join(folder, 'b.csv'), separator: '|' }))()
    await output.rows({ chunk, cells: chunk.rows, types: [] })
    await output.done()
    expect(readFileSync(join(folder, 'b.csv'), 'utf8').split('\n')[0]).toBe('|Größe|n|name')
  })
})
