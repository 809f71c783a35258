import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { betavae, inProcess, start } from '../../src/apps/cli/running.testing.ts'
import { type Recipe, trainRun } from '../../src/inside.node.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import {
  fillPostgres,
  visits,
  writeCsv,
  writeDuckDb,
  writeExcel,
  writeJsonLines,
  writeParquet,
  writeSqlite,
} from './visits.ts'

let folder: string
let server: PostgresServer
const sources: Record<string, { readonly source: string; readonly query?: string }> = {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'databases-'))
  server = await startPostgres()
  const rows = visits()
  const csv = writeCsv(folder, rows)
  const parquet = writeParquet(folder, rows)
  const sqlite = writeSqlite(folder, rows)
  const duckdb = await writeDuckDb(folder, csv)
  await fillPostgres(server.secretUrl, rows)
  const postgres = `${server.secretUrl}#visits`
  const query = 'select * from visits order by id'
  Object.assign(sources, {
    csv: { source: csv },
    // DuckDB takes what stands in a CSV for doubles, which have no decimals of their own.
    'csv by a query': {
      source: csv,
      query: 'select * replace (cost::decimal(10, 2) as cost) from visits order by id',
    },
    'json lines': { source: writeJsonLines(folder, rows) },
    excel: { source: writeExcel(folder, rows) },
    parquet: { source: parquet },
    'parquet by a query': { source: parquet, query },
    sqlite: { source: `${sqlite}#visits` },
    'sqlite by a query': { source: sqlite, query },
    duckdb: { source: duckdb },
    'duckdb by a query': { source: duckdb, query },
    postgres: { source: postgres },
    'postgres by a query': { source: server.secretUrl, query },
    // Rows that come in no order of their own are put in the order of all columns, of which the first is the key.
    'postgres without an order': { source: server.secretUrl, query: 'select * from visits' },
    'sqlite without an order': { source: sqlite, query: 'select * from visits' },
    'duckdb without an order': { source: duckdb, query: 'select * from visits where id > 0' },
  })
}, 120_000)

afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What a run is besides where its rows came from. */
async function runOn(name: string) {
  const out = join(folder, `run ${name}`)
  const { directory } = await trainRun(
    { data: sources[name], training: { steps: 60 }, engine: { name: 'native', threads: 1 } },
    { out },
  )
  const recipe = JSON.parse(readFileSync(join(out, 'recipe.json'), 'utf8')) as Recipe
  const { source, query, ...data } = recipe.data
  const scores = await inProcess('score', directory.path, join(folder, 'visits.csv'))
  return {
    recipe: { ...recipe, data },
    digests: JSON.parse(readFileSync(join(out, 'data.json'), 'utf8')) as unknown,
    scores: scores.out,
  }
}

describe('one table', () => {
  let first: Awaited<ReturnType<typeof runOn>>
  beforeAll(async () => {
    first = await runOn('csv')
    expect(first.scores.split('\n')).toHaveLength(visits().length + 2)
  }, 120_000)

  test.each([
    'csv by a query',
    'json lines',
    'excel',
    'parquet',
    'parquet by a query',
    'sqlite',
    'sqlite by a query',
    'duckdb',
    'duckdb by a query',
    'postgres',
    'postgres by a query',
    'postgres without an order',
    'sqlite without an order',
    'duckdb without an order',
  ])(
    '%s: the same recipe, digests and scores',
    async (name) => {
      expect(await runOn(name)).toEqual(first)
    },
    120_000,
  )
})

/** Everything that has been written under a folder, as text. */
const allWritten = (place: string): string =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

test('a password is in nothing that is written, printed or listed, and a run is gone on with where it is given again', async () => {
  const place = await mkdtemp(join(tmpdir(), 'secret-'))
  onTestFinished(() => rmSync(place, { recursive: true }))
  const { secretUrl, url, password } = server
  const table = `${secretUrl}#visits`
  const out = (name: string) => join(place, name)
  const training = start(place, [
    'train',
    table,
    '--steps',
    '3000',
    '--out',
    'run',
    '--debug',
    '--validation',
    '0.2',
  ])
  await training.seen('run run')
  const { pid } = training.process
  const listed = [readFileSync(`/proc/${pid}/cmdline`, 'latin1'), readFileSync(`/proc/${pid}/comm`, 'latin1')]
  training.process.kill('SIGINT')
  const printed = [
    await training.ended,
    await betavae(place, 'resume', 'run'),
    await betavae(place, 'resume', 'run', '--data', table),
    await inProcess('inspect', `${secretUrl}#none`),
    await inProcess('inspect', `${secretUrl.replace('ann:', 'bob:')}#visits`, '--debug'),
    await inProcess(
      'train',
      'digits',
      `--set=data.source=${table}`,
      '--steps',
      '3',
      '--out',
      out('set'),
      '--no-report',
    ),
    await inProcess('explain', table, '--recipe'),
    await inProcess('score', out('run'), table, '--out', out('scores.jsonl')),
    await inProcess('impute', table, '--run', out('run'), '--into', `${secretUrl}#filled`),
    await inProcess('impute', table, '--run', out('run'), '--into', `${secretUrl}#filled`),
    await inProcess('encode', out('run'), table, '--into', `${out('codes.sqlite')}#codes`),
    await inProcess('nonsense', secretUrl),
    await inProcess('inspect', table, '--html', out('columns.html')),
    await inProcess('inspect', table, '--json'),
    await inProcess('train', table, '--steps', '3', '--out', out('json'), '--json'),
    await inProcess('evaluate', out('json'), '--json'),
    await inProcess('drift', table, table, '--json'),
    await inProcess('inspect', `${secretUrl.replace(/@[^/]+/, '@127.0.0.1:1')}#visits`, '--debug'),
    await inProcess('train', table, '--query', `select '${secretUrl}'`),
  ]
  const [interrupted, refused, resumed] = printed
  expect([interrupted.code, refused.code, resumed.code]).toEqual([130, 2, 0])
  expect(refused.err).toContain('set PGPASSWORD, write ~/.pgpass, or give the URL with the password')
  const all = `${listed.join()}\n${JSON.stringify(printed)}\n${allWritten(place)}`
  for (const secret of [password, encodeURIComponent(password), password.slice(0, 6)])
    expect(all).not.toContain(secret)
  // What was looked through is what there is.
  const pages = readdirSync(place, { recursive: true }).map(String)
  expect(pages).toEqual(
    expect.arrayContaining(['columns.html', join('run', 'report.html'), join('json', 'report.html')]),
  )
  expect(listed[0]).toContain(url)
  expect(all).toContain(`"source": "${url}#visits"`)
}, 300_000)
