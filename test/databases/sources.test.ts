import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { betavae } from '../../src/apps/cli/running.testing.ts'
import { type Recipe, trainRun } from '../../src/inside.node.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'
import {
  fillPostgres,
  visits,
  writeCsv,
  writeDuckDb,
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
    'csv by a query': { source: csv, query },
    'json lines': { source: writeJsonLines(folder, rows) },
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
}, 60_000)

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
  const scores = await betavae(folder, 'score', directory.path, 'visits.csv')
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
  }, 30_000)

  test.each([
    'csv by a query',
    'json lines',
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
    30_000,
  )
})

/** Everything that has been written under a folder, as text. */
const allWritten = (place: string): string =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')

test('a password is in nothing that is written or printed', async () => {
  const place = await mkdtemp(join(tmpdir(), 'secret-'))
  const { secretUrl, url, password } = server
  const wrong = secretUrl.replace(':', ':').replace('ann:', 'bob:')
  const printed = [
    await betavae(place, 'train', `${secretUrl}#visits`, '--steps', '30', '--out', 'run', '--debug').catch(
      String,
    ),
    await betavae(place, 'inspect', `${secretUrl}#none`),
    await betavae(place, 'inspect', `${wrong}#visits`),
    await betavae(
      place,
      'train',
      `--set=data.source=${secretUrl}#visits`,
      'digits',
      '--steps',
      '3',
      '--out',
      'set',
    ),
    await betavae(place, 'explain', `${secretUrl}#visits`, '--recipe'),
    await betavae(place, 'score', 'run', `${secretUrl}#visits`, '--out', 'scores.jsonl'),
    await betavae(place, 'resume', 'run', '--data', `${secretUrl}#visits`),
    await betavae(place, 'impute', `${secretUrl}#visits`, '--run', 'run', '--into', `${secretUrl}#filled`),
    await betavae(place, 'report', 'run', '--json'),
    await betavae(place, 'nonsense', secretUrl),
    await betavae(place, 'train', `${secretUrl}#visits`, '--query', `select '${secretUrl}'`),
  ]
  const all = `${JSON.stringify(printed)}\n${allWritten(place)}`
  rmSync(place, { recursive: true })
  for (const secret of [password, encodeURIComponent(password), password.slice(0, 6)])
    expect(all).not.toContain(secret)
  // What was looked through is what there is.
  expect(all).toContain(url)
  expect(all).toContain('"source": "postgres://ann@127.0.0.1')
}, 120_000)
