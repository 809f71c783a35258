/** What a server answers is what the model says, to the bit, whatever else is asked at the time. */
import { tableFromIPC } from '@uwdata/flechette'
import { afterAll, describe, expect, test } from 'vitest'
import { schemas } from '../../src/apps/serve/schemas.ts'
import { open, openData } from '../../src/inside.node.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const places = await trainedPlaces('digits')
const server = await served({ table: places.table, digits: places.digits }, { threads: 2, mostRows: 5000 })
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await places[Symbol.asyncDispose]()
})

/** As it is after a way through JSON. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))

describe('a model of a table', () => {
  test('a hundred requests at once: each row scored as alone, though they are scored together', async () => {
    const want = plain(await places.model.score(rows))
    // Both threads compute while the hundred come.
    const long = Array.from({ length: 25 }, () => rows).flat()
    const begun = [1, 2].map(() => server.post('/models/table/score', { rows: long }))
    const got = await Promise.all(
      rows.slice(0, 100).map(async (_, at) => {
        const some = rows.slice(at, at + 1 + (at % 3))
        const { json } = await server.post('/models/table/score', { rows: some })
        expect(schemas.Scores.parse(json).rows).toHaveLength(some.length)
        expect(json.rows).toEqual(want.slice(at, at + some.length))
        return json.version
      }),
    )
    expect(new Set(got).size).toBe(1)
    for (const { status } of await Promise.all(begun)) expect(status).toBe(200)
    const { text } = await fetch(`${server.url}/metrics`).then(async (answer) => ({
      text: await answer.text(),
    }))
    const together = Number(/betavae_batch_requests_bucket{model="table",le="1"} (\d+)/.exec(text)?.[1])
    const all = Number(/betavae_batch_requests_sum{model="table"} (\d+)/.exec(text)?.[1])
    expect(all).toBe(102)
    expect(together).toBeLessThan(50)
  })

  test('gaps are filled as by the model, alone and beside others', async () => {
    const gappy = rows
      .slice(0, 40)
      .map((row, at) => ({ ...row, id: at, [['a', 'kind', 'day'][at % 3]]: null }))
    const want = plain(await places.model.impute(gappy))
    const got = await Promise.all(gappy.map((row) => server.post('/models/table/impute', [row])))
    expect(got.flatMap(({ json }) => json.rows)).toEqual(want)
  })

  test('rows as lists, in Arrow and line by line are the same rows', async () => {
    const want = plain(await places.model.score(rows.slice(0, 30), { causes: 1 }))
    const columns = Object.keys(rows[0])
    const lists = { columns, rows: rows.slice(0, 30).map((row) => Object.values(row)) }
    const path = '/models/table/score?causes=1'
    expect((await server.post(path, lists)).json.rows).toEqual(want)
    const lines = rows.slice(0, 30).map((row) => `${JSON.stringify(row)}\n`)
    const jsonl = { 'Content-Type': 'application/jsonl' }
    const { json: text } = await server.post(path, lines.join('\n'), jsonl)
    expect(
      text
        .trim()
        .split('\n')
        .map((line: string) => JSON.parse(line)),
    ).toEqual(want)
    const arrow = 'application/vnd.apache.arrow.stream'
    const filled = await fetch(`${server.url}/models/table/impute`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: arrow },
      body: JSON.stringify(rows.slice(0, 30)),
    })
    const bytes = new Uint8Array(await filled.arrayBuffer())
    expect(tableFromIPC(bytes).numRows).toBe(30)
    const full = plain(await places.model.score(await places.model.impute(rows.slice(0, 30)), { causes: 1 }))
    const again = await server.post(path, bytes, { 'Content-Type': arrow, Accept: 'application/json' })
    expect(again.json.rows).toEqual(full)
  })

  test('new rows are those of the model', async () => {
    const { json } = await server.post('/models/table/sample?count=7&seed=3', '')
    expect(json.rows).toEqual(plain(await places.model.synthesize(7, { seed: 3 })))
  })

  test('codes and back', async () => {
    const { json } = await server.post('/models/table/encode', { rows: rows.slice(0, 5) })
    const { codes } = schemas.EncodedRows.parse(json)
    const means = codes.map(({ mean }) => mean)
    const decoded = await server.post('/models/table/decode', { codes: means })
    const back = await server.post('/models/table/reconstruct', { rows: rows.slice(0, 5) })
    expect(schemas.AnsweredRows.parse(back.json).rows).toEqual(decoded.json.rows)
  })

  test('cells that cannot be read are named, or refused where that is asked for', async () => {
    const odd = { ...rows[0], kind: 'palm', a: 'much' }
    const { json } = await server.post('/models/table/score', [rows[1], odd])
    expect(json.rows.map(({ unread }: { unread?: string[] }) => unread)).toEqual([undefined, ['a', 'kind']])
    const refused = await server.post('/models/table/score?unseen=error', [
      rows[1],
      { ...rows[0], kind: 'palm' },
    ])
    expect([refused.status, refused.json.code]).toEqual([422, 'table/unseen-level'])
    expect(refused.json.detail).toContain('"palm" in row 2')
  })
})

test('a model of images answers as it does here', async () => {
  const model = await open(places.digits)
  const dataset = await openData('digits')
  const some = await dataset.read([3, 1, 4])
  const lists = Array.from({ length: 3 }, (_, row) => Array.from(some.data.subarray(64 * row, 64 * row + 64)))
  const { json: encoded } = await server.post('/models/digits/encode', { rows: lists })
  const want = await model.encode(some)
  expect(Float32Array.from(encoded.codes.flatMap(({ mean }: { mean: number[] }) => mean))).toEqual(
    want.mean.data,
  )
  const { json: back } = await server.post('/models/digits/reconstruct', { rows: lists })
  expect(Float32Array.from(back.rows.flat())).toEqual((await model.reconstruct(some)).data)
  const { json: scored } = await server.post('/models/digits/score', { rows: lists })
  expect(schemas.Scores.parse(scored).rows).toHaveLength(3)
  // Line by line each row draws by its own number, as in one request; its last bits hang on what it is computed with.
  const jsonl = { 'Content-Type': 'application/jsonl' }
  const lines = lists.map((row) => JSON.stringify(row)).join('\n')
  const { json: text } = await server.post('/models/digits/score', lines, jsonl)
  for (const [at, line] of text.trim().split('\n').entries())
    expect(JSON.parse(line).elbo).toBeCloseTo(scored.rows[at].elbo, 4)
  expect((await server.post('/models/digits/impute', { rows: lists })).json.code).toBe('serve/operation')
  model.dispose()
})

test('what the server says of itself fits its schemas', async () => {
  const get = async (path: string) => (await fetch(`${server.url}${path}`)).json()
  expect(schemas.Models.parse(await get('/models')).models.map(({ model }) => model)).toEqual([
    'table',
    'digits',
  ])
  const status = schemas.Status.parse(await get('/status'))
  expect(status.ready).toBe(true)
  expect(status.rates.map(({ operation }) => operation)).toContain('score')
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
})
