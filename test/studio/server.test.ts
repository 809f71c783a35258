import { mkdir, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import { examplesIn } from '../../src/apps/studio/session/example-bytes.ts'
import { open, readWeights, sweep } from '../../src/inside.node.ts'
import { runsFolder, smallDraft, trainSmall } from './runs.ts'
import { withToken } from './with-token.ts'

const runs = await runsFolder()
await trainSmall(runs, 'digits-1')
for await (const _ of sweep({ recipe: smallDraft, betas: [1, 4] }, { out: join(runs.path, 'sweep-1') }));
await mkdir(join(runs.path, 'broken'))
await writeFile(join(runs.path, 'broken', 'recipe.json'), '{"version": 1')
// A page beside a secret, so that an address that leads out of its folder would find something.
const page = join(runs.path, 'site', 'page')
await mkdir(join(page, 'assets'), { recursive: true })
await writeFile(join(page, 'index.html'), '<!doctype html><head></head>')
await writeFile(join(page, 'assets', 'index-Ab3_d5-8.js'), '')
await writeFile(join(page, '..', 'secret.txt'), 'secret')
await writeFile(join(page, '..', 'page-secret.txt'), 'secret')
const server = await serveStudio({ page, runs: runs.path, port: 0 })
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await runs[Symbol.asyncDispose]()
})

interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Asks with exactly this path and these headers, which `fetch` would tidy up, and with the token. */
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
  askAs({ ...withToken(server.url).headers, ...headers }, path, method)

/** Asks as anybody may who can reach the port. */
const askAs = (headers: Record<string, string>, path: string, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.url)
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      )
    })
      .on('error', reject)
      .end()
  })

const json = async (path: string): Promise<unknown> => JSON.parse((await ask(path)).body.toString())

test('the page is isolated, may load nothing from elsewhere, and knows that it is served', async () => {
  const { status, headers, body } = await ask('/')
  expect(status).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  expect(headers['content-security-policy']).not.toMatch(/https?:|\*|'unsafe-eval'/)
  expect(body.toString()).toMatch(/<meta name="betavae-server" content="\d+\.\d+\.\d+">/)
})

test('what is named by its content stays in a cache, what is not is asked for again', async () => {
  const script = await ask('/assets/index-Ab3_d5-8.js')
  expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const runtime = await ask('/ort/ort-wasm-simd-threaded.mjs')
  expect(runtime.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': expect.stringContaining('javascript'),
  })
  const again = await ask('/ort/ort-wasm-simd-threaded.mjs', {
    'if-none-match': String(runtime.headers.etag),
  })
  expect([again.status, again.body.length]).toEqual([304, 0])
  const head = await ask('/ort/ort-wasm-simd-threaded.wasm', {}, 'HEAD')
  expect([head.status, head.headers['content-type'], head.body.length]).toEqual([200, 'application/wasm', 0])
})

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%2fpage-secret.txt',
  `/${encodeURIComponent(join(page, '..', 'secret.txt'))}`,
  `/${join(page, '..', 'secret.txt')}`,
  '/index.html%00.js',
  '/ort/package.json',
  '/ort/__proto__',
  '/api/runs/..%2f..',
  '/api/runs/digits-1%2f..%2fdigits-1',
  '/api/nothing',
  '/assets',
])('%s leads nowhere', async (path) => {
  expect((await ask(path)).status).toBe(404)
})

test('addresses that are not well formed are refused', async () => {
  expect((await ask('/%')).status).toBe(400)
  expect((await ask('/api/runs/%ff')).status).toBe(400)
})

test.each([
  [{ host: 'evil.example' }, 'GET', 403],
  [{ host: '127.0.0.1.evil.example:80' }, 'GET', 403],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 'GET', 403],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, 'GET', 403],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 'GET', 200],
  [{ host: 'localhost:9999', 'sec-fetch-site': 'same-origin' }, 'GET', 200],
  [{}, 'POST', 405],
])('%j with %s is answered with %i', async (headers, method, status) => {
  expect((await ask('/api/runs', headers, method)).status).toBe(status)
})

test('runs are listed, those of sweeps too, and a broken one says what it is', async () => {
  const { runs: listed } = (await json('/api/runs')) as { runs: { id: string }[] }
  expect(listed.map(({ id }) => id)).toEqual([
    'broken',
    'digits-1',
    'sweep-1/members/beta-1-seed-1',
    'sweep-1/members/beta-4-seed-1',
  ])
  expect(listed[0]).toMatchObject({ failure: { code: 'files/json' } })
  expect(listed[1]).toMatchObject({
    training: false,
    summary: { data: 'digits', state: 'finished', step: 30 },
  })
})

test('a run has its recipe and its events', async () => {
  const run = (await json('/api/runs/sweep-1%2Fmembers%2Fbeta-4-seed-1')) as { events: { kind: string }[] }
  expect(run).toMatchObject({ id: 'sweep-1/members/beta-4-seed-1', recipe: { data: { source: 'digits' } } })
  expect(run.events.at(0)?.kind).toBe('start')
  expect(run.events.at(-1)).toMatchObject({ kind: 'end', reason: 'finished' })
  expect(await json('/api/runs/gone')).toMatchObject({ failure: { code: 'studio/no-such-run' } })
})

test('the weights of a run open', async () => {
  const { body } = await ask('/api/runs/digits-1/weights')
  expect((await readWeights(body)).recipe.model.latent.size).toBe(2)
  using model = await open(body)
  expect((await model.sample(2)).shape).toEqual([2, 1, 8, 8])
})

test('examples are those of the split that was held out, with their labels', async () => {
  const { body } = await ask('/api/runs/digits-1/examples?rows=10')
  const { data, shape, labels, rows } = examplesIn(Uint8Array.from(body).buffer)
  expect([shape, data.length, labels?.length, rows?.length]).toEqual([[10, 1, 8, 8], 640, 10, 10])
  expect(data).toBeInstanceOf(Uint8Array)
  const all = examplesIn(
    Uint8Array.from((await ask('/api/runs/digits-1/examples?rows=2000&split=train')).body).buffer,
  )
  expect(all.shape[0]).toBeGreaterThan(1000)
  expect([...(all.rows ?? [])].filter((row) => rows?.includes(row))).toEqual([])
  expect(await json('/api/runs/digits-1/examples?rows=0')).toMatchObject({ failure: { code: 'studio/rows' } })
  expect(await json('/api/runs/digits-1/examples?split=all')).toMatchObject({
    failure: { code: 'studio/split' },
  })
})

test('a sweep has its frontier and its runs', async () => {
  expect(await json('/api/sweeps')).toMatchObject({
    sweeps: [
      {
        id: 'sweep-1',
        betas: [1, 4],
        runs: ['sweep-1/members/beta-1-seed-1', 'sweep-1/members/beta-4-seed-1'],
        frontier: { points: [{ beta: 1 }, { beta: 4 }] },
      },
    ],
  })
})

test('the folder may be one run', async () => {
  await using own = await serveStudio({ page: 'nowhere', runs: join(runs.path, 'digits-1'), port: 0 })
  const { runs: listed } = await (await fetch(new URL('api/runs', own.url), withToken(own.url))).json()
  expect(listed.map(({ id }: { id: string }) => id)).toEqual(['digits-1'])
})
