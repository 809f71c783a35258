/** Guides for those who have a server, or one file: each answers what the model says. */
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { openTableModel, save, trainTable } from 'betavae'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../src/apps/cli/running.testing.ts'

const rows = Array.from({ length: 120 }, (_, i) => ({
  load: i % 50,
  heat: 20 + (i % 50) / 2 + Math.sin(i),
  fan: i % 50 > 25 ? 'fast' : 'slow',
}))
const trained = await trainTable(rows, { training: { steps: 40, seed: 1 } })
const folder = await temporaryFolder()
const place = join(folder.path, 'model.safetensors')
await writeFile(place, save(trained))
const some = rows.slice(0, 3)
const want = JSON.parse(JSON.stringify(await trained.score(some)))
const odd = [{ heat: 1, wind: 3 }]
afterAll(async () => {
  trained.dispose()
  await folder.remove()
})

async function holds(ask: (body: unknown) => Promise<Response>): Promise<void> {
  expect(await (await ask(some)).json()).toEqual(want)
  const refused = await ask(odd)
  expect([refused.status, (await refused.json()).code]).toEqual([422, 'table/columns'])
}

const poster = (url: string) => (body: unknown) =>
  fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

test('Express', async () => {
  const { appOf } = await import('./express.ts')
  using model = await openTableModel(place, { worker: true })
  const server = appOf(model).listen(0)
  await once(server, 'listening')
  await holds(poster(`http://127.0.0.1:${(server.address() as AddressInfo).port}/score`))
  server.close()
})

test('Fastify', async () => {
  const { appOf } = await import('./fastify.ts')
  using model = await openTableModel(place, { worker: true })
  const app = appOf(model)
  await holds(poster(`${await app.listen({ port: 0 })}/score`))
  await app.close()
})

const request = (body: unknown) =>
  new Request('http://localhost/score', { method: 'POST', body: JSON.stringify(body) })

test('a route of Next.js', async () => {
  process.env.BETAVAE_MODEL = place
  const { POST } = await import('./next-route.ts')
  await holds((body) => POST(request(body)))
})

test('one file with WebAssembly and no package', async () => {
  const { bundle } = await import('./bundle.ts')
  const file = join(folder.path, 'function.mjs')
  await bundle(place, file, { 'betavae/browser': resolve('src/rings/index.ts') })
  expect(await readFile(file, 'utf8')).not.toMatch(/onnxruntime-node|require\("/)
  const { default: made } = await import(file)
  const [{ score }] = await (await made.fetch(request(some))).json()
  expect(score).toBeCloseTo(want[0].score, 4)
  expect((await made.fetch(request(odd))).status).toBe(422)
})
