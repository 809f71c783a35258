/** The page's side of the server, alone in a page of its own. */
import { appendFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, expect } from 'vitest'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import type { StudioServer } from '../../src/apps/studio/session/server.ts'
import { studioTest, visit } from './harness.ts'
import { runsFolder, startedCopy, trainSmall } from './runs.ts'
import { tokenIn } from './with-token.ts'

const runs = await runsFolder()
const pages = await runsFolder()
afterAll(async () => {
  await runs[Symbol.asyncDispose]()
  await pages[Symbol.asyncDispose]()
})
await trainSmall(runs, 'digits-1')
await writeFile(
  join(pages.path, 'index.html'),
  '<!doctype html><head></head><script type="module" src="./client.js"></script>',
)
await build({
  stdin: {
    contents: `import { studioServer } from './server.ts'; globalThis.studio = studioServer()`,
    resolveDir: join(import.meta.dirname, '../../src/apps/studio/session'),
  },
  bundle: true,
  format: 'esm',
  outfile: join(pages.path, 'client.js'),
})

/** What the page's script leaves for us. */
declare const studio: StudioServer
declare const told: string[]

const serve = (port = 0, token?: string) =>
  serveStudio({ page: pages.path, runs: runs.path, port, ...(token ? { token } : {}) })

studioTest('runs, weights and examples reach the page', async () => {
  await using server = await serve()
  await using open = await visit({ url: server.url })
  const got = await open.page.evaluate(async () => {
    const { runs } = await studio.runs()
    const { events } = await studio.run(runs[0].id)
    const { data, shape, labels } = await studio.examples(runs[0].id, { rows: 5, split: 'train' })
    const weights = await studio.weights(runs[0].id)
    const missing = await studio.run('no/such').catch((error) => error.message)
    const sums = { events: events.length, data: data.length, labels: labels?.length, weights: weights.length }
    return { id: runs[0].id, shape, sums, missing, sweeps: await studio.sweeps() }
  })
  expect(got).toMatchObject({
    id: 'digits-1',
    shape: [5, 1, 8, 8],
    sums: { data: 320, labels: 5 },
    sweeps: { sweeps: [] },
  })
  expect(got.sums.events).toBeGreaterThan(30)
  expect(got.sums.weights).toBeGreaterThan(4000)
  expect(got.missing.replace(runs.path, 'runs')).toMatchInlineSnapshot(
    `"no run "no/such" in "runs"; wanted a run that is still there. Fix: choose another one from the list. [studio/no-such-run]"`,
  )
})

/** Follows a run in the page, which writes down what it is told. */
const followIn = (open: Awaited<ReturnType<typeof visit>>, id: string): Promise<void> =>
  open.page.evaluate((id) => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    studio.follow(id, {
      onEvents: (events) => told.push(`${events.length} events`),
      onAgain: () => told.push('again'),
      onEnd: () => told.push('end'),
      onGone: () => told.push('gone'),
      onFailure: ({ code }) => told.push(code),
      onConnection: (connected) => told.push(connected ? 'connected' : 'lost'),
    })
  }, id)

const hears = (open: Awaited<ReturnType<typeof visit>>, word: string): Promise<unknown> =>
  open.page.waitForFunction((word) => told.includes(word), word, { timeout: 20_000 })

const all = (open: Awaited<ReturnType<typeof visit>>): Promise<string[]> => open.page.evaluate(() => told)

studioTest('a run that is being trained elsewhere is followed to its end', async () => {
  await using server = await serve()
  const { log, rest } = await startedCopy(runs, 'digits-1', 'training', 4)
  await using open = await visit({ url: server.url })
  await followIn(open, 'training')
  await hears(open, '4 events')
  await appendFile(log, rest.slice(0, 3).join(''))
  await hears(open, '3 events')
  await appendFile(log, rest.slice(3).join(''))
  await hears(open, 'end')
  const count = rest.filter((line) => line !== '').length
  expect(await all(open)).toEqual(['connected', '4 events', '3 events', `${count - 3} events`, 'end'])
})

studioTest('a run whose folder is removed while it is followed is said to be gone', async () => {
  await using server = await serve()
  const { run } = await startedCopy(runs, 'digits-1', 'removed', 4)
  await using open = await visit({ url: server.url })
  await followIn(open, 'removed')
  await hears(open, '4 events')
  await rm(run, { recursive: true })
  await hears(open, 'gone')
  await followIn(open, 'removed')
  await hears(open, 'gone')
  expect(await open.page.evaluate(() => studio.runs().then(({ runs }) => runs.length))).toBeGreaterThan(0)
})

studioTest('a server that ends and comes back is found again, and nothing is told twice', async () => {
  const first = await serve()
  const { log, rest } = await startedCopy(runs, 'digits-1', 'restarted', 4)
  await using open = await visit({ url: first.url })
  await followIn(open, 'restarted')
  await hears(open, '4 events')
  await first[Symbol.asyncDispose]()
  await hears(open, 'lost')
  expect(await open.page.evaluate(() => studio.runs().catch((error) => error.message))).toMatchInlineSnapshot(
    `"no answer from betavae studio; wanted its server to run on this machine. Fix: start betavae studio again in its terminal; what is trained in this page goes on. [studio/unreachable]"`,
  )
  await appendFile(log, rest.join(''))
  await using _second = await serve(Number(new URL(first.url).port), tokenIn(first.url))
  await hears(open, 'end')
  const count = rest.filter((line) => line !== '').length
  expect((await all(open)).filter((word) => word !== 'lost')).toEqual([
    'connected',
    '4 events',
    'connected',
    `${count} events`,
    'end',
  ])
})

studioTest('a server that comes back with another token says so, until its address is opened', async () => {
  const first = await serve()
  await startedCopy(runs, 'digits-1', 'other-token', 4)
  await using open = await visit({ url: first.url })
  await followIn(open, 'other-token')
  await hears(open, '4 events')
  await first[Symbol.asyncDispose]()
  await hears(open, 'lost')
  await using second = await serve(Number(new URL(first.url).port))
  await hears(open, 'studio/token')
  const ask = () => open.page.evaluate(() => studio.runs().catch((error) => error.message))
  expect(await ask()).toMatchInlineSnapshot(
    `"a request without the token of this studio; wanted the token, which is in the address that betavae studio prints. Fix: open the address that betavae studio printed when it was started last; what is trained in this page goes on. [studio/token]"`,
  )
  await (await open.page.context().newPage()).goto(second.url)
  expect(await ask()).toHaveProperty('runs')
})
