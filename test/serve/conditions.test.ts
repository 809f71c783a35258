/** A server answers for models with a condition as they do here, and says what is wrong with one. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { schemas } from '../../src/apps/serve/schemas.ts'
import { open, openData, openTableModel, save, train, trainTable } from '../../src/inside.node.ts'
import { rows, served, temporaryPlaces } from './harness.ts'

const folder = await temporaryPlaces()
const [table, digits] = [join(folder.path, 'plants.safetensors'), join(folder.path, 'digits.safetensors')]
{
  using plants = await trainTable(rows, {
    data: { condition: ['kind', 'visits'] },
    training: { steps: 150, seed: 1 },
  })
  await writeFile(table, save(plants))
  const trained = await train({
    data: { source: 'digits' },
    model: { latent: { size: 3 }, architecture: { name: 'mlp', hidden: [8] } },
    objective: { name: 'conditional-vae' },
    training: { steps: 60, seed: 1 },
  })
  await writeFile(digits, save(trained))
}
const server = await served({ plants: table, digits }, { threads: 2 })
const model = await openTableModel(table)
const images = await open(digits)
const dataset = await openData('digits')
const some = await dataset.read([3, 1, 4])
const lists = Array.from({ length: 3 }, (_, row) => Array.from(some.data.subarray(64 * row, 64 * row + 64)))
const labels = Array.from([3, 1, 4], (index) => dataset.labels?.[index] ?? -1)
const jsonl = { 'Content-Type': 'application/jsonl' }

afterAll(async () => {
  model.dispose()
  images.dispose()
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** As it is after a way through JSON. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
const floats = (found: readonly (readonly number[])[]) => Float32Array.from(found.flat())

test('a table: rows are scored and filled for what they are given to be', async () => {
  const own = rows.slice(0, 40)
  const { json } = await server.post('/models/plants/score', { rows: own })
  expect(json.rows).toEqual(plain(await model.score(own)))
  const moved = own.map((row) => ({ ...row, kind: 'fern' }))
  const other = await server.post('/models/plants/score', moved)
  expect(other.json.rows).toEqual(plain(await model.score(moved)))
  expect(other.json.rows[1].elbo).not.toBe(json.rows[1].elbo)
  const gappy = own.map((row) => ({ ...row, a: null }))
  const filled = await server.post('/models/plants/impute', gappy)
  expect(filled.json.rows).toEqual(plain(await model.impute(gappy)))
})

test('a table: codes and back, and another condition under the same code', async () => {
  const own = rows.slice(0, 6)
  const encoded = await server.post('/models/plants/encode', { rows: own })
  const codes = encoded.json.codes.map(({ mean }: { mean: number[] }) => mean)
  const same = await server.post('/models/plants/reconstruct', { rows: own })
  const condition = { kind: own.map(({ kind }) => kind), visits: own.map(({ visits }) => visits) }
  const decoded = await server.post('/models/plants/decode', { codes, condition })
  expect(schemas.AnsweredRows.parse(decoded.json).rows).toEqual(same.json.rows)
  expect(same.json.rows.map(({ kind }: { kind: string }) => kind)).toEqual(condition.kind)
  const ferns = await server.post('/models/plants/reconstruct?where=kind=fern', { rows: own })
  const asFern = await server.post('/models/plants/decode', {
    codes,
    condition: { ...condition, kind: 'fern' },
  })
  expect(ferns.json.rows).toEqual(asFern.json.rows)
  expect(ferns.json.rows[1]).toMatchObject({ kind: 'fern', visits: own[1].visits })
  expect(ferns.json.rows[1].a).not.toBe(same.json.rows[1].a)
  const usual = await server.post('/models/plants/decode?where=kind=moss', { codes })
  expect(usual.json.rows[0].kind).toBe('moss')
  const made = await server.post('/models/plants/sample?count=5&where=kind=moss', '')
  expect(made.json.rows.map(({ kind }: { kind: string }) => kind)).toEqual(new Array(5).fill('moss'))
})

test('a table: what is not read of what a row is given is named', async () => {
  const { json } = await server.post('/models/plants/score', [{ ...rows[0], kind: 'palm' }])
  expect(json.rows[0].unread).toEqual(['kind'])
  const refused = await server.post('/models/plants/score?unseen=error', [{ ...rows[0], kind: 'palm' }])
  expect([refused.status, refused.json.code]).toEqual([422, 'table/unseen-level'])
})

test('images: every operation takes the class beside rows and codes', async () => {
  const given = { condition: { label: labels } }
  const { json: encoded } = await server.post('/models/digits/encode', { rows: lists, ...given })
  const want = await images.encode(some, given)
  const means = encoded.codes.map(({ mean }: { mean: number[] }) => mean)
  expect(floats(means)).toEqual(want.mean.data)
  const { json: back } = await server.post('/models/digits/reconstruct', { rows: lists, ...given })
  expect(floats(back.rows)).toEqual((await images.reconstruct(some, given)).data)
  const { json: sevens } = await server.post('/models/digits/reconstruct?where=label=7', {
    rows: lists,
    ...given,
  })
  const asSeven = await images.reconstruct(some, { ...given, where: { label: 7 } })
  expect(floats(sevens.rows)).toEqual(asSeven.data)
  const { json: decoded } = await server.post('/models/digits/decode?where=label=7', {
    codes: means,
    ...given,
  })
  expect(decoded.rows).toEqual(sevens.rows)
  const { json: ofNone } = await server.post('/models/digits/decode?where=label=7', { codes: means })
  expect(floats(ofNone.rows)).toEqual((await images.decode(want.mean, { where: { label: 7 } })).data)
  const { json: scored } = await server.post('/models/digits/score', { rows: lists, ...given })
  expect(schemas.Scores.parse(scored).rows).toHaveLength(3)
  const { json: made } = await server.post('/models/digits/sample?count=4&seed=2&where=label=3', '')
  expect(floats(made.rows)).toEqual((await images.sample(4, { seed: 2, where: { label: 3 } })).data)
})

test('images, line by line: each with its own class', async () => {
  const lines = lists.map((row, at) => JSON.stringify({ row, condition: { label: labels[at] } })).join('\n')
  const { json } = await server.post('/models/digits/encode', lines, jsonl)
  const found = json
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line).mean)
  const want = await images.encode(some, { condition: { label: labels } })
  expect(floats(found).length).toBe(want.mean.data.length)
  for (const [at, value] of floats(found).entries()) expect(value).toBeCloseTo(want.mean.data[at], 5)
})

test('what the models are given is told', async () => {
  const { models } = schemas.Models.parse(await (await fetch(`${server.url}/models`)).json())
  expect(models.map(({ given }) => given?.map(({ name, levels }) => [name, levels?.length]))).toEqual([
    [
      ['kind', 3],
      ['visits', undefined],
    ],
    [['label', 10]],
  ])
})

test.each([
  ['plants/score', [{ ...rows[0], kind: undefined }], 422, 'table/columns', 'rows without "kind"'],
  ['plants/score', { rows: rows.slice(0, 1), condition: { kind: 'moss' } }, 400, 'serve/body', 'beside rows'],
  ['plants/decode', { codes: [[0]] }, 422, 'infer/condition', 'without kind, visits'],
  ['plants/decode?where=a=3', { codes: [[0]] }, 400, 'serve/option', 'where=a=3'],
  ['plants/reconstruct?where=visits>3', rows.slice(0, 1), 422, 'infer/where', 'visits=value'],
  ['digits/encode', { rows: lists }, 422, 'infer/condition', 'without label'],
  ['digits/encode', { rows: lists, condition: { label: 12 } }, 422, 'condition/value', 'one of 0, 1'],
  ['digits/encode', { rows: lists, condition: { label: [1, 2] } }, 422, 'infer/condition', '1 or 3'],
  ['digits/encode', { rows: lists, condition: { class: 1 } }, 422, 'infer/condition', 'without label'],
  ['digits/encode', { rows: lists, condition: 3 }, 400, 'serve/body', 'the condition 3'],
  ['digits/encode', { rows: lists, condition: { label: { a: 1 } } }, 400, 'serve/body', 'label: {'],
  ['digits/sample?where=label', '', 400, 'serve/option', 'where=label'],
  ['digits/sample?where=size=3', '', 422, 'infer/condition', 'one of label'],
])('%s refuses what it cannot take', async (path, body, status, code, words) => {
  const { status: found, json } = await server.post(`/models/${path}`, body)
  expect([found, json.code, json.detail]).toEqual([status, code, expect.stringContaining(words)])
})
