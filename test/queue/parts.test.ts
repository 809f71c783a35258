/** A folder of tables through a queue: every row once, to the byte as without one, whoever dies meanwhile. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  inProcess,
  leaveFor,
  listing,
  type Started,
  start,
  temporaryFolder,
  told,
} from '../../src/apps/cli/running.testing.ts'
import { fillNormal } from '../../src/base/random.ts'
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts'

const PARTS = 12
const folder = await temporaryFolder()
const home = process.cwd()
let server: PostgresServer
const started: Started[] = []

const rowsOf = (part: number): number => 40 + 7 * part

/** Numbers, words and gaps. */
function table(part: number): string {
  const noise = fillNormal(new Float32Array(2 * rowsOf(part)), { seed: part, stream: 1002, step: 0 })
  const lines = Array.from({ length: rowsOf(part) }, (_, i) => {
    const height = 10 + 8 * (i % 3) + noise[2 * i]
    const width = i % 10 === 3 ? '' : (height / 2 + noise[2 * i + 1]).toFixed(2)
    return `${['fern', 'moss', '"reed, tall"'][i % 3]},${height.toFixed(2)},${width}`
  })
  return `${['kind,height,width', ...lines].join('\n')}\n`
}

const names = Array.from({ length: PARTS }, (_, at) => `part-${at + 1}.csv`)

beforeAll(async () => {
  process.chdir(folder.path)
  await mkdir('in')
  for (const [at, name] of names.entries()) await writeFile(join('in', name), table(at + 1))
  await told(...'train in --steps 40 --threads 1 --no-report --out run'.split(' '))
  await inProcess('score', 'run', 'in', '--out', 'whole/')
  server = await startPostgres()
}, 60_000)

afterAll(async () => {
  for (const { process: child } of started) child.kill('SIGKILL')
  await leaveFor(home)
  await server.stop()
  await folder.remove()
})

const begin = (...words: string[]): Started => {
  const child = start(folder.path, words)
  started.push(child)
  return child
}
const read = async (path: string) => JSON.parse(await readFile(path, 'utf8'))

test('workers that die while they score, far from the run: every row once, the bytes of a run without', async () => {
  const queue = ['--queue', server.secretUrl]
  const scoring = begin('score', 'run', 'in/', '--out', 'found/', ...queue)
  await scoring.seen('12 parts for workers')
  // From here on the model is in the database alone.
  await rename('run', 'away')
  const killed = [0, 1].map(() => begin('worker', ...queue))
  for (const { seen, process: child } of killed) {
    await seen('taken part-')
    child.kill('SIGKILL')
  }
  const worker = begin('worker', ...queue)
  expect(await scoring.ended).toMatchObject({ code: 0, err: expect.stringContaining('12/12') })
  worker.process.kill('SIGTERM')
  await rename('away', 'run')
  expect(await listing('found')).toEqual(await listing('whole'))
  const { rows, parts } = await read('found/_manifest.json')
  expect(parts.map(({ rows }: { rows: number }) => rows)).toEqual(names.map((_, at) => rowsOf(at + 1)))
  expect(rows).toBe(names.reduce((sum, _, at) => sum + rowsOf(at + 1), 0))
  for (const [at, name] of names.entries()) {
    const [head, ...lines] = (await readFile(join('found', name), 'utf8')).trimEnd().split('\n')
    const place = head.split(',').indexOf('row')
    expect(lines.map((line) => Number(line.split(',')[place]))).toEqual(
      Array.from({ length: rowsOf(at + 1) }, (_, row) => row + 1),
    )
  }
  const { err } = await worker.ended
  expect(err).not.toContain('failed')
}, 90_000)

test('in a folder, or in shards; what is gone or new is made, and nothing else', async () => {
  const words = ['score', 'run', 'in', '--out', 'own']
  expect((await inProcess(...words, '--queue', 'jobs')).err).toContain('12/12 part-12.csv')
  const whole = await listing('whole')
  expect(await listing('own')).toEqual(whole)
  await rm('own/part-3.csv')
  await writeFile('own/part-5.csv', 'other bytes')
  const { err } = await inProcess(...words, '--queue', 'jobs')
  expect(err.split('\n').slice(0, 3)).toEqual(['10 parts done already', '1/2 part-3.csv', '2/2 part-5.csv'])
  expect(await listing('own')).toEqual(whole)
  for (const shard of [2, 1]) await inProcess(...words.with(4, 'shards'), '--shard', `${shard}/2`)
  expect((await inProcess(...words.with(4, 'shards'))).err).toMatch(/^12 parts done already\nshards: /)
  expect(await listing('shards')).toEqual(whole)
}, 60_000)

test.each([
  ['impute', ['in', '--run', 'run']],
  ['encode', ['run', 'in']],
])(
  '%s makes of each table what it makes of that one alone',
  async (verb, words) => {
    expect((await inProcess(verb, ...words, '--out', `${verb}d/`)).code).toBe(0)
    const single = words.map((word) => (word === 'in' ? 'in/part-7.csv' : word))
    await told(verb, ...single, '--out', 'single.csv')
    expect(await readFile(`${verb}d/part-7.csv`, 'utf8')).toBe(await readFile('single.csv', 'utf8'))
  },
  30_000,
)

test('what cannot be is refused, and a table that cannot be read is set aside', async () => {
  const refused = async (line: string) => (await inProcess(...line.split(' '))).err
  expect(await refused('score run in/part-1.csv --queue jobs --out x.csv')).toContain('[cli/queue-parts]')
  expect(await refused('score run in --out found/ --top 3')).toContain('--top beside a folder as --out')
  expect(await refused('impute in --out x/')).toContain('[cli/shard-run]')
  await mkdir('few')
  await writeFile('few/part-1.csv', table(1))
  await writeFile('few/part-99.csv', 'kind,height\n"fern,1\n')
  expect(await refused('score run few --out whole/')).toContain('[parts/strange]')
  const { code, err } = await inProcess('score', 'run', 'few', '--out', 'some', '--queue', 'few-jobs')
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('1 part without an end') })
  expect(err).toContain('part-99.csv')
  expect(Object.keys(await listing('some'))).toEqual(['_parts', '_parts/part-1.csv.json', 'part-1.csv'])
}, 30_000)
