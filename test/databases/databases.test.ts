import { existsSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DuckDBInstance } from '@duckdb/node-api'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess } from '../../src/apps/cli/running.testing.ts'
import { type Cell, openTable, type TableChunk, tableOutput } from '../../src/inside.node.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

let folder: string
let server: PostgresServer
let client: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'databases-'))
  server = await startPostgres()
  client = new Client(server.secretUrl)
  await client.connect()
}, 120_000)

afterAll(async () => {
  await client?.end()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function read(source: string, query?: string) {
  const chunks: TableChunk[] = []
  for await (const chunk of (await openTable(source, { query })).chunks()) chunks.push(chunk)
  return { columns: chunks[0].columns, types: chunks[0].types, rows: chunks.flatMap(({ rows }) => rows) }
}

async function duck(path: string, ...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  for (const statement of statements) await connection.run(statement)
  connection.closeSync()
  instance.closeSync()
}

function lite(path: string, ...statements: string[]): void {
  const database = new DatabaseSync(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

describe('values', () => {
  const VALUES = `
    9007199254740993::bigint as big, 41::bigint as small, 12345678901234567.89::decimal(20, 2) as decimal,
    0.1::double precision as real, date '2024-02-29' as day, timestamp '2024-02-29 03:04:05' as moment,
    true as yes, 'O''Neil "x"'::varchar as word, null::varchar as gap`
  const CELLS: Cell[] = [
    '9007199254740993',
    41,
    '12345678901234567.89',
    0.1,
    '2024-02-29',
    '2024-02-29 03:04:05',
    true,
    `O'Neil "x"`,
    null,
  ]

  test('of PostgreSQL are what they are, to the last digit', async () => {
    const { columns, types, rows } = await read(server.secretUrl, `select ${VALUES} order by 1`)
    expect(columns.slice(0, 3)).toEqual(['big', 'small', 'decimal'])
    expect(rows).toEqual([CELLS])
    expect(types?.[2]).toMatchObject({ kind: 'decimal', precision: 20, scale: 2 })
  })

  test('of DuckDB, too', async () => {
    const path = join(folder, 'values.duckdb')
    await duck(path, `create table a as select ${VALUES.replace(/double precision/, 'double')}`)
    expect((await read(path)).rows).toEqual([CELLS])
  })

  test('of PostgreSQL that has other ideas of time and of dates', async () => {
    await client.query(
      `alter role ann set timezone = 'Asia/Kolkata'; alter role ann set datestyle = 'German'`,
    )
    const query = `select timestamptz '2024-02-29 03:04:05.25+02' as a, date '2024-02-29' as b, 'NaN'::float8 as c,
      'NaN'::numeric(4, 1) as d, interval '90 min' as e, array[1, 2] as f, '{"a": 1}'::json as g, 1.5::float4 as h order by 1`
    const { rows } = await read(server.secretUrl, query)
    expect(rows).toEqual([
      ['2024-02-29T01:04:05.25Z', '2024-02-29', null, null, '01:30:00', '{1,2}', '{"a": 1}', 1.5],
    ])
    await client.query('alter role ann reset all')
  })

  test('of SQLite, where bytes and what was declared a boolean are known', async () => {
    const path = join(folder, 'values.db')
    lite(
      path,
      'create table a (big, yes boolean, bytes, real, word)',
      `insert into a values (9007199254740993, 1, x'0aff', 2.5, 'x')`,
    )
    expect((await read(path)).rows).toEqual([['9007199254740993', true, '0aff', 2.5, 'x']])
  })

  test('of a CSV under a query: codes with zeros in front stay codes', async () => {
    const path = join(folder, 'codes.csv')
    await (await tableOutput({ out: path }))().then(async (output) => {
      await output.rows({
        columns: ['zip', 'n'],
        rows: [
          ['01234', 1],
          ['98765', 2],
        ],
      })
      await output.done()
    })
    expect((await read(path, 'select zip, n * 2 as n from codes order by n')).rows).toEqual([
      ['01234', 2],
      ['98765', 4],
    ])
    expect((await read(path, 'select count(*) as n from data order by 1')).rows).toEqual([[2]])
  })
})

describe('order', () => {
  test('of a table without a key, or of a query without an order, does not depend on how it is stored', async () => {
    const values = ['(2, null)', "(1, 'é')", "(1, 'Z')", "(null, 'a')", "(1, 'a')"]
    await client.query('create table first (n int, w text); create table second (n int, w text)')
    await client.query(`insert into first values ${values.join(', ')}`)
    await client.query(`insert into second values ${[...values].reverse().join(', ')}`)
    const paths = { sqlite: join(folder, 'order.sqlite'), duckdb: join(folder, 'order.duckdb') }
    lite(paths.sqlite, 'create table first (n int, w text)', `insert into first values ${values.join(', ')}`)
    await duck(
      paths.duckdb,
      'create table first (n int, w text)',
      `insert into first values ${values.join(', ')}`,
    )
    const wanted = [
      [null, 'a'],
      [1, 'Z'],
      [1, 'a'],
      [1, 'é'],
      [2, null],
    ]
    const query = 'select * from first -- order by w'
    for (const table of ['first', 'second'])
      expect((await read(`${server.secretUrl}#${table}`)).rows).toEqual(wanted)
    for (const source of [server.secretUrl, ...Object.values(paths)])
      expect((await read(source, query)).rows).toEqual(wanted)
  })

  test('of a table is that of its key, though it is a text', async () => {
    await client.query('create table keyed (k text primary key, n int)')
    await client.query(`insert into keyed values ('b', 1), ('B', 2), ('a', 3)`)
    expect((await read(`${server.secretUrl}#keyed`)).rows.map(([key]) => key)).toEqual(['B', 'a', 'b'])
  })

  test('more rows than are fetched at once', async () => {
    const { rows } = await read(server.secretUrl, 'select i from generate_series(1, 10000) i order by i')
    expect(rows.map(([i]) => i)).toEqual(Array.from({ length: 10_000 }, (_, i) => i + 1))
  })
})

describe('what cannot be read is refused', () => {
  const message = (source: string, query?: string) =>
    read(source, query).then(
      () => 'nothing was refused',
      (error: Error) => error.message.replaceAll(`${server.port}`, 'PORT'),
    )

  test('PostgreSQL', async () => {
    const { secretUrl, url } = server
    expect(await message(`${secretUrl}#none`)).toContain('no table "none"; wanted one of')
    expect(await message(secretUrl, 'select nothing from nowhere order by 1')).toMatch(
      /PostgreSQL refuses the query \(relation "nowhere" does not exist\)/,
    )
    expect(await message('postgres://ann@127.0.0.1:1/a#b')).toContain(
      'no connection to postgres://ann@127.0.0.1:1/a (ECONNREFUSED)',
    )
    expect(await message(secretUrl.replace('ann:', 'bob:'), 'select 1 order by 1')).toContain('PGPASSWORD')
    expect(await message(`${url.replace('ann@', '')}#x`)).toMatch(/database\/(password|connect)/)
    expect(await message(secretUrl, 'delete from keyed returning k')).toContain('[query/not-a-query]')
    expect(
      await message(secretUrl, 'with d as (delete from keyed returning *) select * from d order by 1'),
    ).toContain('PostgreSQL refuses the query')
    expect(await message(`${secretUrl}#a`, 'select 1')).toContain('[query/and-table]')
  })

  test('files', async () => {
    const path = join(folder, 'two.sqlite')
    lite(path, 'create table a (x)', 'create table b (x)')
    expect(await message(path)).toBe(
      'two.sqlite: 2 tables; wanted one of "a", "b". Fix: name it after the database, such as shop.sqlite#visits, or give a --query. [database/table]',
    )
    expect(await message(`${path}#a`)).toBe(
      'two.sqlite#a: no row; wanted at least one row. Fix: check the table, or what the query asks for. [table/empty]',
    )
    expect(await message(join(folder, 'none.csv'), 'select 1')).toContain('[data/missing]')
    expect(await message('-', 'select 1')).toContain('[query/piped]')
  })
})

describe('a table of one database in another of its kind', () => {
  /** Copies a table; its second row has nothing but its key, and the whole number in it is made. */
  async function copied(source: string, into: string) {
    const output = await (await tableOutput({ into }))()
    for await (const chunk of (await openTable(source, { keepsWhole: true })).chunks()) {
      const small = chunk.columns.indexOf('small')
      const cells = chunk.rows.map((row) => row.map((cell, at) => (at === small ? (cell ?? 7.6) : cell)))
      await output.rows({ chunk, cells, types: chunk.types ?? [] })
    }
    await output.done()
  }

  test('PostgreSQL: columns are declared as they were', async () => {
    await client.query(`create table types (id int primary key, small smallint, f real, n numeric, m numeric(30, 12),
      t time(3), z timestamptz, i interval, u uuid, j jsonb, b bytea, a int[], w varchar(9), ip inet)`)
    await client.query(`insert into types values (1, 3, 0.1, 123456789012345678901234567890.5, 1.123456789012,
      '07:35:00.125', '2024-02-29 03:04:05.000001+02', '1 day 02:03:04', '123e4567-e89b-12d3-a456-426614174000',
      '{"a": [1, 2]}', '\\x00ff', '{1,null,3}', 'x', '10.0.0.1/8')`)
    await client.query('insert into types (id) values (2)')
    await copied(`${server.secretUrl}#types`, `${server.secretUrl}#again`)
    const described = async (table: string) =>
      (
        await client.query(
          `select attname, format_type(atttypid, atttypmod) from pg_attribute
           where attrelid = '${table}'::regclass and attnum > 0 order by attnum`,
        )
      ).rows
    expect(await described('again')).toEqual(await described('types'))
    const { rows } = await client.query(`select count(*)::int from types join again using (id)
      where types::text = again::text or (again.small = 8 and again.f is null)`)
    expect(rows).toEqual([{ count: 2 }])
  })

  test('DuckDB: lists, structures, maps and levels, too', async () => {
    const paths = { from: join(folder, 'types.duckdb'), to: join(folder, 'again.duckdb') }
    await duck(
      paths.from,
      `create table types as select 1 as id, 3::tinyint as small, 170141183460469231731687303715884105727::hugeint as h,
        1.5::decimal(38, 10) as d, timestamp_ns '2024-01-01 00:00:00.123456789' as ns, time '07:35:00.5' as t,
        interval 90 minute as i, 'b'::enum('a', 'b') as e, ['x, "y"', null, 'it''s'] as l,
        {'a': [1, null], 'b': 'q'} as s, map {'k}=': 1.5} as m, '\\x00\\xFF'::blob as b, uuid() as u, '101'::bit as bits`,
      'insert into types (id) values (2)',
    )
    await copied(`${paths.from}#types`, `${paths.to}#again`)
    await duck(
      paths.to,
      `attach '${paths.from}' as old (read_only)`,
      'create table same as select count(*)::int as n from old.types o join again a using (id) where o is not distinct from a or (a.small = 8 and a.h is null)',
      `create table other as select count(*)::int as n, string_agg(column_name || ' ' || a.data_type || ' ' || b.data_type, ', ') as w from duckdb_columns() a join duckdb_columns() b using (column_name)
        where a.table_name = 'types' and b.table_name = 'again' and a.data_type <> b.data_type`,
    )
    expect((await read(`${paths.to}#same`)).rows).toEqual([[2]])
    expect((await read(`${paths.to}#other`)).rows).toEqual([[0, null]])
  })

  test('SQLite: bytes stay bytes, and types are called as they were', async () => {
    const paths = { from: join(folder, 'types.sqlite'), to: join(folder, 'again.sqlite') }
    lite(
      paths.from,
      'create table types (id integer, small mediumint, b blob, p decimal(9, 2), w varchar(10), d datetime)',
      `insert into types values (1, 3, x'00ff', 12.5, 'x', '2024-01-01 00:00:00'), (2, null, null, null, null, null)`,
    )
    await copied(`${paths.from}#types`, `${paths.to}#again`)
    const database = new DatabaseSync(paths.to)
    const columns = database.prepare("select type from pragma_table_info('again')").all()
    expect(columns.map(({ type }) => type)).toEqual([
      ...['INTEGER', 'mediumint', 'BLOB', 'decimal(9, 2)', 'varchar(10)', 'datetime'],
    ])
    const rows = database.prepare('select small, hex(b) as b, p, d from again').all()
    database.close()
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { small: 3, b: '00FF', p: 12.5, d: '2024-01-01 00:00:00' },
      { small: 8, b: '', p: null, d: null },
    ])
  })
})

describe('rows into a database', () => {
  const rows: Cell[][] = [
    ['1', '9007199254740993', 0.5, '12.50', '2024-02-29', '2024-02-29T03:04:05Z', 'true', '01234'],
    ['2', null, -1e-7, '0.05', '2024-03-01', '2024-03-01T03:04:05.000001Z', 'false', `"it's"`],
  ]
  const columns = ['n', 'big', 'real', 'price', 'day', 'at', 'yes', 'Zip "code"']
  const types = [...Array(3), { kind: 'decimal', precision: 12, scale: 2 } as const, ...Array(4)]
  const back: Cell[][] = [
    [1, '9007199254740993', 0.5, '12.50', '2024-02-29', '2024-02-29T03:04:05Z', true, '01234'],
    [2, null, -1e-7, '0.05', '2024-03-01', '2024-03-01T03:04:05.000001Z', false, `"it's"`],
  ]
  const write = async (into: string, append = false) => {
    const output = await (await tableOutput({ into, append }))()
    await output.rows({ columns, rows, types })
    await output.done()
  }

  test.each(['postgres', 'sqlite', 'duckdb'])('%s: made, read back, appended to', async (kind) => {
    const into = kind === 'postgres' ? `${server.secretUrl}#out` : join(folder, `out.${kind}#out`)
    await write(into)
    const made = await read(into)
    expect(made.columns).toEqual(columns)
    expect(new Set(made.rows)).toEqual(new Set(back))
    await expect(write(into)).rejects.toThrow('[output/exists]')
    await write(into, true)
    expect((await read(into)).rows).toHaveLength(4)
    await expect(write(into.replace('#out', '#other'), true)).rejects.toThrow('[output/absent]')
  })

  test('leaves nothing behind where it fails', async () => {
    const path = join(folder, 'failed.sqlite')
    for (const into of [`${path}#out`, join(folder, 'failed.duckdb#out'), `${server.secretUrl}#failed`]) {
      const output = await (await tableOutput({ into }))()
      // Two columns of one name are none that a table can have.
      await output.rows({ columns: ['a', 'a'], rows: [[1, 2]] })
      await expect(output.done()).rejects.toThrow('[database/write]')
    }
    expect(existsSync(path)).toBe(false)
    expect(existsSync(join(folder, 'failed.duckdb'))).toBe(false)
    expect((await client.query("select to_regclass('failed') as there")).rows).toEqual([{ there: null }])
  })

  test('is refused before anything is computed', async () => {
    await client.query('create table standing (a int)')
    // There is no such run, and nobody has come to look for it.
    const { code, err } = await inProcess(
      'score',
      'no-run',
      'no.csv',
      '--into',
      `${server.secretUrl}#standing`,
    )
    expect({ code, err }).toMatchObject({ code: 2 })
    const imputed = await inProcess('impute', 'no.csv', '--into', `${server.secretUrl}#standing`)
    expect(imputed.err).toContain('[output/exists]')
  })
})
