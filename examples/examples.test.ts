/** Every example runs, and is held to a quality bar. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

test('first-vae: the digit costs far less than chance, and the code has a value for each dimension', async () => {
  const { result } = await import('./first-vae.ts')
  expect(result.samples).toEqual([4, 1, 8, 8])
  expect(result.code).toHaveLength(10)
  // 64 fair coins cost 44 nats.
  expect(result.elbo).toBeGreaterThan(-36)
}, 120_000)

test('odd-rows: a row that breaks the relation is flagged, and the value that does so is named', async () => {
  const { usual, odd, filled, made } = (await import('./odd-rows.ts')).result
  expect(usual.flagged).toBe(false)
  expect(odd).toMatchObject({ flagged: true, causes: [{ column: 'pressure', seen: 33 }, {}, {}] })
  expect(odd.score - usual.score).toBeGreaterThan(10)
  expect(Number(filled.pressure)).toBeGreaterThan(44)
  expect(filled.valve).toBe('open')
  expect(Object.keys(made[0])).toEqual(['temperature', 'pressure', 'valve'])
}, 120_000)

test('schedule-and-save: the model that is opened again is as good as the one that was trained', async () => {
  const { result } = await import('./schedule-and-save.ts')
  expect(result.elbo).toBeGreaterThan(-36)
  expect(result.activeUnits).toBeGreaterThan(2)
  expect(result.shape).toEqual([4, 1, 8, 8])
  expect(result.brightest).toBeGreaterThan(200)
}, 120_000)

test('run-and-traverse: the strongest dimension changes the picture', async () => {
  const { split, elbo, mig, frames } = (await import('./run-and-traverse.ts')).result
  expect(split).toBe('test')
  expect(elbo).toBeGreaterThan(-36)
  expect(mig).toBeGreaterThan(0)
  const [first, last] = [frames.data.subarray(0, 64), frames.data.subarray(-64)]
  expect(Math.max(...first.map((pixel, i) => Math.abs(pixel - last[i])))).toBeGreaterThan(60)
}, 120_000)

/** A process of its own that asks a hundred times at once about a hundred rows each, when it is told to; prints the answers. */
const CLIENT = `
import { createHash } from 'node:crypto'
const bodies = Array.from({ length: 7 }, (_, k) => JSON.stringify(Array.from({ length: 100 }, (_, i) => {
  const load = (i * (k + 1)) % 50
  return { load, heat: i === 42 ? 70 : 20 + load / 2, fan: load > 25 ? 'fast' : 'slow' }
})))
const ask = async (_, i) => {
  const answer = await fetch(process.argv[1], { method: 'POST', body: bodies[i % 7] })
  const body = await answer.text()
  return { status: answer.status, digest: createHash('sha256').update(body).digest('hex'), odd: JSON.parse(body)[42] }
}
console.log('ready')
process.stdin.once('data', async () => console.log(JSON.stringify(await Promise.all(Array.from({ length: 100 }, ask)))))
`

interface Answered {
  readonly status: number
  readonly digest: string
  readonly odd: unknown
}

/** Starts the client; the function asks and gives the answers. */
async function client(url: string): Promise<() => Promise<readonly Answered[]>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CLIENT, url], { stdio: 'pipe' })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('ready')
  return async () => {
    child.stdin.end('go')
    return JSON.parse((await lines.next()).value ?? '')
  }
}

/** Milliseconds that this thread has computed, where Node.js tells; else those that have passed. */
const computed = (): number => {
  if (!('threadCpuUsage' in process)) return performance.now()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The longest that the event loop was held while something was going on, in milliseconds. */
async function longestHold<Result>(work: Promise<Result>): Promise<[number, Result]> {
  let longest = 0
  let last = computed()
  const tick = setInterval(() => {
    const now = computed()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  const result = await work
  clearInterval(tick)
  return [longest, result]
}

test('endpoint: a hundred requests at once are answered, and never hold the event loop for 50 ms', async () => {
  const { server } = await import('./endpoint.ts')
  await once(server.listen(0), 'listening')
  const address = server.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
  const ask = await client(url)
  const [held, answers] = await longestHold(ask())
  expect(answers).toHaveLength(100)
  for (const [i, { status, digest, odd }] of answers.entries()) {
    expect([status, digest]).toEqual([200, answers[i % 7].digest])
    expect(odd).toMatchObject({ flagged: true, causes: [{ column: 'heat' }, {}, {}] })
  }
  expect(held).toBeLessThan(50)
  const refused = await fetch(url, {
    method: 'POST',
    body: JSON.stringify([{ load: 'heavy', heat: 1, fan: 'slow' }]),
  })
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('[table/cell]')])
  server.close()
}, 120_000)
