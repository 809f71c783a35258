/** What a server refuses, with which status and which of our errors. */
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { schemas } from '../../src/apps/serve/schemas.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const places = await trainedPlaces()
const key = 'a-key-of-sixteen-and-more'
const server = await served({ table: places.table }, { keys: [key], patience: 1500 })
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await places[Symbol.asyncDispose]()
})

const known = { 'X-API-Key': key }
const score = '/models/table/score'
const tooMany = JSON.stringify({ columns: ['a'], rows: new Array(1_000_000).fill([1]) })

test.each<[string, number, string, string, unknown, Record<string, string>]>([
  ['no key', 401, 'serve/key', score, { rows }, {}],
  ['a wrong key', 401, 'serve/key', score, { rows }, { Authorization: 'Bearer another-key-of-sixteen' }],
  ['another address', 404, 'serve/address', '/score', { rows }, known],
  ['no such model', 404, 'serve/model', '/models/x/score', { rows }, known],
  ['no such operation', 404, 'serve/operation', '/models/table/train', { rows }, known],
  ['no type', 415, 'serve/media-type', score, 'a,b\n1,2', { ...known, 'Content-Type': 'text/csv' }],
  [
    'a type that every object has',
    415,
    'serve/media-type',
    score,
    { rows },
    { ...known, 'Content-Type': 'constructor' },
  ],
  [
    'an answer as every object has',
    406,
    'serve/accept',
    score,
    { rows },
    { ...known, Accept: 'constructor' },
  ],
  ['an answer that is not written', 406, 'serve/accept', score, { rows }, { ...known, Accept: 'text/html' }],
  ['no JSON', 400, 'serve/body', score, '{"rows": [', known],
  ['no rows', 400, 'serve/body', score, { row: {} }, known],
  ['rows of a wrong type', 400, 'serve/body', score, { rows: [1, 2] }, known],
  ['ragged lists', 400, 'serve/body', score, { columns: ['a', 'b'], rows: [[1]] }, known],
  ['bytes that are no text', 400, 'serve/body', score, Uint8Array.of(0xff, 0xfe, 0xc0), known],
  [
    'packed bytes that call themselves Arrow',
    400,
    'serve/body',
    score,
    gzipSync('a,b\n1,2\n'),
    { ...known, 'Content-Type': 'application/vnd.apache.arrow.stream' },
  ],
  [
    'a torn Arrow',
    422,
    'arrow/torn',
    score,
    Uint8Array.of(255, 255, 255, 255, 9, 9, 0, 0, 1),
    { ...known, 'Content-Type': 'application/vnd.apache.arrow.stream' },
  ],
  ['a wrong option', 400, 'serve/option', `${score}?causes=many`, { rows }, known],
  ['an unknown option', 400, 'serve/option', `${score}?cause=1`, { rows }, known],
  ['a cell of a wrong type', 422, 'table/nested', score, { rows: [{ ...rows[0], a: [1] }] }, known],
  ['other columns', 422, 'table/columns', score, { rows: [{ x: 1 }] }, known],
  [
    'an unknown level',
    422,
    'table/unseen-level',
    `${score}?unseen=error`,
    [{ ...rows[0], kind: 'palm' }],
    known,
  ],
  [
    'a promise that cannot be held',
    422,
    'anomaly/calibration-size',
    `${score}?falseAlarm=0.0001`,
    { rows },
    known,
  ],
  ['codes of another length', 400, 'serve/body', '/models/table/decode', { codes: [[1, 2, 3]] }, known],
  ['too many rows', 413, 'serve/rows', score, { columns: ['a'], rows: new Array(501).fill([1]) }, known],
  [
    'too many lines for one document',
    413,
    'serve/rows',
    score,
    '{"a":1}\n'.repeat(501),
    { ...known, 'Content-Type': 'application/jsonl', Accept: 'application/json' },
  ],
  ['a million rows', 413, 'serve/body-size', score, tooMany, known],
  ['new rows that cannot be', 422, 'infer/where', '/models/table/sample?where=palm%3D1', '', known],
])('%s: %d %s', async (_, status, code, path, body, headers) => {
  const refused = await server.post(path, body, headers)
  expect([refused.status, refused.type, refused.json.code]).toEqual([
    status,
    'application/problem+json',
    code,
  ])
  const problem = schemas.Problem.parse(refused.json)
  expect(problem.detail).toBe(`${problem.seen}; wanted ${problem.wanted}. Fix: ${problem.fix}.`)
})

test('an operation is told how it is asked', async () => {
  const { status, headers } = await fetch(`${server.url}${score}`, { headers: known })
  expect([status, headers.get('allow')]).toEqual([405, 'POST'])
})

test('with the key, in either header, it answers', async () => {
  expect((await server.post(score, { rows: rows.slice(0, 2) }, known)).status).toBe(200)
  expect((await server.post(score, { rows: [] }, { Authorization: `Bearer ${key}` })).json.rows).toEqual([])
  for (const [path, status] of [
    ['/metrics', 401],
    ['/status', 401],
    ['/models', 401],
    ['/health/ready', 200],
    ['/', 200],
  ] as const)
    expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, status])
})

/** Sends bytes as they are, and gives what comes until the connection ends. */
async function raw(pieces: AsyncIterable<string> | Iterable<string>): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const closed = new Promise((done) => socket.once('close', done))
  let got = ''
  socket.setEncoding('utf8').on('data', (text) => {
    got += text
  })
  socket.on('error', () => undefined)
  for await (const piece of pieces) if (!socket.destroyed) socket.write(piece)
  await closed
  return got
}

test('who balances load asks in HTTP/1.0, which names no host', async () => {
  expect(await raw(['GET /health/ready HTTP/1.0\r\n\r\n'])).toMatch(/^HTTP\/1\.1 200/)
  const body = JSON.stringify({ rows: rows.slice(0, 1) })
  const asked = `POST ${score} HTTP/1.0\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\n`
  expect(await raw([`${asked}Content-Length: ${body.length}\r\n\r\n${body}`])).toMatch(/^HTTP\/1\.1 200/)
})

const head = (length: string) =>
  `POST ${score} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${key}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`

describe('bodies that do not come as they should', () => {
  test('one that says it is huge is refused before it comes', async () => {
    const got = await raw([head('Content-Length: 50000000000'), 'x'.repeat(10_000)])
    expect(got).toContain('HTTP/1.1 413')
    expect(got).toContain('serve/body-size')
  })

  test('one that does not say how long it is is refused when it is too long, and not kept', async () => {
    async function* endless() {
      yield head('Transfer-Encoding: chunked')
      for (let piece = 0; piece < 200; piece++) {
        yield `10000\r\n${' '.repeat(0x10000)}\r\n`
        await new Promise((done) => setTimeout(done, 2))
      }
    }
    const before = process.memoryUsage.rss()
    expect(await raw(endless())).toContain('serve/body-size')
    expect(process.memoryUsage.rss() - before).toBeLessThan(60e6)
  })

  test('one that comes too slowly is refused in time', async () => {
    const got = await raw([head('Content-Length: 1000'), '{"rows":'])
    expect(got).toContain('HTTP/1.1 408')
    expect(got).toContain('serve/body-time')
  })
})

describe('too much at once', () => {
  test('what waits is bounded; the rest is told to come again', async () => {
    await using small = await served({ table: places.table }, { mostWaiting: 4 })
    const body = { rows: rows.slice(0, 200) }
    const all = await Promise.all(Array.from({ length: 40 }, () => small.post('/models/table/impute', body)))
    const statuses = all.map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    const refused = all.find(({ status }) => status === 429)
    expect([refused?.json.code, refused?.headers.get('retry-after')]).toEqual(['serve/busy', '1'])
  })

  test('what takes too long is told so', async () => {
    await using slow = await served({ table: places.table }, { patience: 100 })
    const got = await slow.post('/models/table/sample?count=400', '')
    expect([got.status, got.json.code]).toEqual([504, 'serve/time'])
  })
})

test('a line that cannot be read ends a stream with our error, after the answers before it', async () => {
  const lines = Array.from({ length: 20 }, () => rows).flatMap((some) =>
    some.map((row) => JSON.stringify(row)),
  )
  const jsonl = { ...known, 'Content-Type': 'application/jsonl' }
  const { status, json } = await server.post(`${score}?causes=0`, `${lines.join('\n')}\n{"a": \n`, jsonl)
  expect(status).toBe(200)
  const got = json
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line))
  expect(got.at(-1).problem).toMatchObject({ code: 'serve/body', status: 400 })
  expect(got.length).toBeGreaterThan(1000)
  for (const { score } of got.slice(0, -1)) expect(score).toBeGreaterThanOrEqual(0)
})
