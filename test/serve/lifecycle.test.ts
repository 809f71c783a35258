/** Versions follow each other, and a server ends, without a request that is lost. */
import { once } from 'node:events'
import { cp, rename, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { underLoad } from '../../scripts/serve-load/clients.ts'
import { start } from '../../src/apps/cli/running.testing.ts'
import { openTableModel } from '../../src/inside.node.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const places = await trainedPlaces('other')
afterAll(() => places[Symbol.asyncDispose]())

/** Puts a model where another one is, at once. */
async function swapTo(from: string, to: string): Promise<void> {
  await cp(from, `${to}.new`)
  await rename(`${to}.new`, to)
}

/** `scripts/serve-load.ts` swaps 20 times. */
const SWAPS = 3
const some = rows.slice(0, 12)
const bodies = some.map((_, at) => JSON.stringify({ rows: some.slice(at, at + 3) }))

test('a model is swapped under load: nothing fails, no answer is of two models, and what is no model changes nothing', async () => {
  const place = join(places.folder, 'swapped.safetensors')
  await cp(places.table, place)
  const server = await served({ table: place })
  const scores = async (path: string) => {
    using model = await openTableModel(path)
    return (await model.score(some)).map(({ score }) => score)
  }
  const wanted = [await scores(places.table), await scores(places.other)]
  const versions = new Map<string, number>()
  let swaps = 0
  const load = underLoad({
    ...{
      port: Number(new URL(server.url).port),
      path: '/models/table/score?causes=0',
      clients: 20,
      seconds: 30,
      bodies,
    },
    check(body, sent) {
      const { version, rows: got } = JSON.parse(body)
      const own = wanted.findIndex((all) =>
        got.every((row: { score: number }, at: number) => row.score === all[sent + at]),
      )
      if (own < 0) return 'mixed'
      if ((versions.get(version) ?? own) !== own) return 'another version than it says'
      versions.set(version, own)
      return undefined
    },
    until: () => swaps >= SWAPS,
  })
  for (; swaps < SWAPS; swaps++) {
    await swapTo(swaps % 2 === 0 ? places.other : places.table, place)
    await server.reload()
  }
  const { errors, requests } = await load
  const before = await server.post('/models/table/score', some)
  await writeFile(place, 'no model')
  await server.reload()
  expect((await server.post('/models/table/score', some)).json).toEqual(before.json)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  for (const [result, count] of [
    ['done', SWAPS],
    ['failed', 1],
  ])
    expect(metrics).toContain(`betavae_model_reloads_total{model="table",result="${result}"} ${count}`)
  await server[Symbol.asyncDispose]()
  expect(errors).toEqual({})
  expect(versions.size).toBe(2)
  expect(requests).toBeGreaterThan(50)
}, 60_000)

test('a client that does not read holds back the reading of what it sends', async () => {
  await using server = await served({ table: places.table })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const line = `${JSON.stringify(rows[0])}\n`
  socket.write(
    'POST /models/table/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n',
  )
  const piece = `${(line.length * 500).toString(16)}\r\n${line.repeat(500)}\r\n`
  socket.pause()
  const before = process.memoryUsage.rss()
  let sent = 0
  // 200 MB of rows, of which nothing that is answered is ever read.
  while (sent < 2e8) {
    sent += piece.length
    if (!socket.write(piece) && !(await drained(socket))) break
  }
  expect(sent).toBeLessThan(1e8)
  expect(process.memoryUsage.rss() - before).toBeLessThan(150e6)
  socket.destroy()
})

const drained = async (socket: ReturnType<typeof connect>): Promise<boolean> =>
  Promise.race([
    once(socket, 'drain').then(() => true),
    new Promise<boolean>((done) => setTimeout(done, 700, false)),
  ])

test('the command: answers, opens anew what is written anew, and ends with everything answered', async () => {
  const place = join(places.folder, 'mine.safetensors')
  await cp(places.table, place)
  const port = 20_000 + (process.pid % 20_000)
  const words = ['serve', `prices=${place}`, '--port', String(port), '--threads', '1']
  const server = start(places.folder, words)
  await server.seen('answering at')
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`)
  expect(ready.status).toBe(200)
  await swapTo(places.other, place)
  server.process.kill('SIGHUP')
  await server.seen('opened anew')
  const path = '/models/prices/score?causes=0'
  await underLoad({ port, path, clients: 30, seconds: 0.5, bodies })
  const { loopSeconds } = await (await fetch(`http://127.0.0.1:${port}/status`)).json()
  expect(loopSeconds).toBeLessThan(0.05)
  let told = 0
  const load = underLoad({
    ...{ port, path, clients: 30, seconds: 20, bodies },
    check() {
      if (told++ === 200) server.process.kill('SIGTERM')
      return undefined
    },
  })
  const { errors, requests } = await load
  expect(errors).toEqual({})
  expect(requests).toBeGreaterThan(200)
  const { code, out, err } = await server.ended
  expect([code, err]).toEqual([0, expect.stringContaining('answering at http://127.0.0.1')])
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ msg }) => msg).filter(Boolean)).toEqual([
    'answering',
    'opened anew',
    'stopping',
    'stopped',
  ])
  expect(lines.find(({ operation }) => operation)).toMatchObject({
    model: 'prices',
    operation: 'score',
    status: 200,
  })
}, 60_000)

test('the command: whoever read what it prints has gone, and it still answers and ends', async () => {
  const port = 20_000 + ((process.pid + 7) % 20_000)
  const words = ['serve', `table=${places.table}`, '--port', String(port), '--threads', '1', '--grace', '1']
  const server = start(places.folder, words)
  await server.seen('answering at')
  server.process.stdout?.destroy()
  server.process.stderr?.destroy()
  const path = '/models/table/score?causes=0'
  const { errors } = await underLoad({ port, path, clients: 4, seconds: 0.3, bodies })
  expect(errors).toEqual({})
  server.process.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
}, 20_000)
