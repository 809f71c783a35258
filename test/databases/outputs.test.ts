import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cell, openTable, tableOutput } from '../../src/inside.node.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outputs-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const columns = ['n', 'big', 'real', 'price', 'long', 'day', 'at', 'moment', 'yes', 'zip', 'word', 'none']
const decimal = (precision: number, scale: number) => ({ kind: 'decimal', precision, scale }) as const
const types = [...Array(3), decimal(12, 2), decimal(30, 3), ...Array(7)]
const rows: Cell[][] = [
  [
    '1',
    '900719925474099311',
    0.1,
    '12.50',
    '123456789012345678901234567.125',
    '2024-02-29',
    '2024-02-29 03:04:05.000001',
    '2024-02-29T03:04:05Z',
    true,
    '01234',
    'a,"b"\n',
    null,
  ],
  [
    '-2',
    null,
    1e-7,
    '-0.05',
    '-0.001',
    '1969-12-31',
    '1969-12-31 23:59:59.5',
    '1969-12-31T23:59:59+02:00',
    false,
    '98765',
    'é',
    null,
  ],
  [null, '0', -3, null, null, null, null, null, null, null, null, null],
]

async function written(name: string, given = rows): Promise<string> {
  const out = join(folder, name)
  const output = await (await tableOutput({ out }))()
  await output.rows({ columns, rows: given, types })
  await output.done()
  return out
}

/** What another program sees in a file. */
async function seenByDuckDb(query: string) {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const result = await connection.runAndReadAll(query)
  const found = { types: result.columnTypes().map(String), rows: result.getRowsJson() }
  connection.closeSync()
  instance.closeSync()
  return found
}

test('Parquet keeps what columns are, to the last digit', async () => {
  const path = await written('a.parquet')
  const { types: seen, rows: found } = await seenByDuckDb(
    `select * replace (epoch_us(moment) as moment) from '${path}'`,
  )
  expect(seen).toEqual([
    ...['BIGINT', 'BIGINT', 'DOUBLE', 'DECIMAL(12,2)', 'DECIMAL(30,3)', 'DATE', 'TIMESTAMP', 'BIGINT'],
    ...['BOOLEAN', 'VARCHAR', 'VARCHAR', 'VARCHAR'],
  ])
  expect(found).toEqual([
    [
      '1',
      '900719925474099311',
      0.1,
      '12.50',
      '123456789012345678901234567.125',
      '2024-02-29',
      '2024-02-29 03:04:05.000001',
      '1709175845000000',
      true,
      '01234',
      'a,"b"\n',
      null,
    ],
    [
      '-2',
      null,
      1e-7,
      '-0.05',
      '-0.001',
      '1969-12-31',
      '1969-12-31 23:59:59.5',
      '-7201000000',
      false,
      '98765',
      'é',
      null,
    ],
    [null, '0', -3, ...Array(9).fill(null)],
  ])
})

test('DuckDB keeps zones and numbers of 32 bits; only what is finer than microseconds is text', async () => {
  const instant = { kind: 'instant', decimals: 9 } as const
  const own = [{ kind: 'double', bits: 32 } as const, instant, instant]
  const into = `${join(folder, 'own.duckdb')}#t`
  const output = await (await tableOutput({ into }))()
  const given: Cell[][] = [
    [0.1, '2024-02-29T03:04:05.123456Z', '2024-02-29T03:04:05.123456789Z'],
    [-1.17, null, null],
  ]
  await output.rows({ columns: ['f', 'at', 'fine'], rows: given, types: own })
  await output.done()
  const chunks = (await openTable(into)).chunks()
  for await (const { rows: found, types: seen = [] } of chunks) {
    expect(seen.map((type) => type?.named?.name)).toEqual(['FLOAT', 'TIMESTAMP WITH TIME ZONE', 'VARCHAR'])
    expect(found).toEqual(given)
  }
})

/** The beginning of a file that DuckDB 2.0.1 wrote, packed. */
const LATER =
  'H4sIAAAAAAACA+3YoQrCUBTG8Tu2sCQLRjEZTGP3Im4WQZxFMVq2qOITKHsDkyCYDNY9xZ5gT2A3iM1kGxqGCOLEYhj8f+XjcOCE0865dJfZvr4z/Ul/dNbFT1bKdmxZ3Pdmridla95xvs+pNG7JdpEdYivorU+bqwAAAAAAAH8xnCrVTqtN7XPbeL0EjDzMPAasDgAAAACA0ji6UVQL/fGzvr8R3P8AAAAAAJTeA/x5LHwAMAAA'

test('a file of a later DuckDB is refused with what reads it', async () => {
  writeFileSync(join(folder, 'later.duckdb'), gunzipSync(Buffer.from(LATER, 'base64')))
  const refused = (await openTable(`${join(folder, 'later.duckdb')}#t`)).chunks()
  await expect(refused[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'database/version',
    fix: expect.stringContaining('npm install @duckdb/node-api@latest'),
  })
})

test('JSON Lines have numbers as numbers, with all their digits', async () => {
  const [first, second] = readFileSync(await written('a.jsonl'), 'utf8').split('\n')
  expect(first).toBe(
    '{"n":1,"big":900719925474099311,"real":0.1,"price":12.50,"long":123456789012345678901234567.125,"day":"2024-02-29","at":"2024-02-29 03:04:05.000001","moment":"2024-02-29T03:04:05Z","yes":true,"zip":"01234","word":"a,\\"b\\"\\n","none":null}',
  )
  expect(JSON.parse(second)).toMatchObject({ n: -2, big: null, real: 1e-7, price: -0.05, yes: false })
})

test.each(['csv', 'tsv'])('.%s has cells as they are', async (ending) => {
  const found: (readonly Cell[])[] = []
  for await (const chunk of (await openTable(await written(`a.${ending}`))).chunks())
    found.push(...chunk.rows)
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  expect(found.map((row) => row.map((cell) => cell ?? ''))).toEqual(texts)
})

test('numbers of any kind come back from Parquet as they went in', async () => {
  const cells = fc.tuple(
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(cells, { minLength: 1, maxLength: 300 }), async (some) => {
      const out = join(folder, 'any.parquet')
      const output = await (await tableOutput({ out }))()
      const given = some.map(([a, b, c]) => [a, b === 0 ? 0 : b, c])
      for (const row of given) await output.rows({ columns: ['a', 'b', 'c'], rows: [row] })
      await output.done()
      const found: (readonly Cell[])[] = []
      for await (const chunk of (await openTable(out)).chunks()) found.push(...chunk.rows)
      expect(found).toEqual(given)
    }),
    { numRuns: 20 },
  )
})

test('more rows than are held wait in a file, which is gone afterwards', async () => {
  const { TMPDIR } = process.env
  process.env.TMPDIR = await mkdtemp(join(folder, 'waiting-'))
  try {
    const out = join(folder, 'many.parquet')
    const output = await (await tableOutput({ out }))()
    const names = Array.from({ length: 100 }, (_, column) => `c${column}`)
    for (let first = 0; first < 12_000; first += 4000)
      await output.rows({
        columns: names,
        rows: Array.from({ length: 4000 }, (_, row) => names.map((_, column) => first + row + column)),
      })
    expect(readdirSync(process.env.TMPDIR)).toHaveLength(1)
    await output.done()
    expect(readdirSync(process.env.TMPDIR)).toEqual([])
    const sums = await seenByDuckDb(`select count(*)::int, sum(c0)::bigint, sum(c99)::bigint from '${out}'`)
    expect(sums.rows).toEqual([[12_000, '71994000', '73182000']])
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
})

test('nothing is left where rows are given up', async () => {
  const out = join(folder, 'given-up', 'a.parquet')
  const output = await (await tableOutput({ out }))()
  await output.rows({ columns, rows, types })
  await output.abandon()
  expect(existsSync(out)).toBe(false)
  expect(readdirSync(join(folder, 'given-up'))).toEqual([])
})

test.each([
  [{ out: 'a.xls' }, 'output/kind'],
  [{ out: 'a.csv', into: 'b.sqlite#c' }, 'output/both'],
  [{ out: 'a.csv', append: true }, 'output/append'],
  [{ into: 'b.sqlite' }, 'output/table'],
  [{ into: 'b.txt#c' }, 'output/table'],
])('%j is refused', async (target, code) => {
  await expect(tableOutput(target)).rejects.toMatchObject({ code, usage: true })
})
