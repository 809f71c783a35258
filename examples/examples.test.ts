/** Every example runs, and is held to a quality bar. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { holdOf, longestHold } from './held.testing.ts'

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
  expect(odd.score - usual.score).toBeGreaterThan(5)
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

test('own-term: codes stay above the floor that the term gives them, and the ledger has its line', async () => {
  const { ledger, least, most } = (await import('./own-term.ts')).result
  expect(ledger.formula).toContain('100 · Σ max(-0.5 − z, 0)')
  expect(ledger.terms[1]).toEqual({
    ...{ name: 'at-least', on: 'code', weight: 100, formula: 'Σ max(-0.5 − z, 0)' },
    reading: "below -0.5 a code's density falls like exp(100·z)",
  })
  // Without the term the least of these is -1.0.
  expect(least).toBeGreaterThan(-0.6)
  expect(most).toBeGreaterThan(0.5)
}, 120_000)

/** A process of its own that asks a hundred times at once about a hundred rows each, for every line it is told; prints the answers. */
const CLIENT = `
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
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
for await (const _ of createInterface(process.stdin))
  console.log(JSON.stringify(await Promise.all(Array.from({ length: 100 }, ask))))
`

interface Answered {
  readonly status: number
  readonly digest: string
  readonly odd: unknown
}

/** Starts the client: one function asks and gives the answers, the other ends it. */
async function client(url: string) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CLIENT, url], { stdio: 'pipe' })
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('ready')
  return {
    async ask(): Promise<readonly Answered[]> {
      child.stdin.write('go\n')
      return JSON.parse((await lines.next()).value ?? '')
    },
    end: () => child.stdin.end(),
  }
}

test('what measures how long the event loop is held sees a loop that waits and one that computes', async () => {
  const held = (hold: () => unknown) =>
    longestHold(new Promise<void>((done) => setTimeout(() => done(void hold()), 20)))
  const waits = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 80)
  const computes = () => {
    const end = process.cpuUsage().user + 80_000
    while (process.cpuUsage().user < end);
  }
  expect((await held(waits))[0]).toBeGreaterThan(60)
  expect((await held(computes))[0]).toBeGreaterThan(40)
  expect((await holdOf(50, () => pause(50)))[0]).toBeLessThan(50)
})

test('endpoint: a hundred requests at once are answered, and never hold the event loop for 50 ms', async () => {
  const { server } = await import('./endpoint.ts')
  await once(server.listen(0), 'listening')
  const address = server.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
  const { ask, end } = await client(url)
  const [held, rounds] = await holdOf(50, ask)
  end()
  const answers = rounds.flat()
  expect(answers).toHaveLength(100 * rounds.length)
  for (const [i, { status, digest, odd }] of answers.entries()) {
    expect([status, digest]).toEqual([200, answers[(i % 100) % 7].digest])
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

test('every program of one file fits on a page: at most 25 lines', async () => {
  const names = (await readdir(import.meta.dirname)).filter((name) => /^[\w-]+\.ts$/.test(name))
  expect(names.length).toBeGreaterThan(5)
  for (const name of names) {
    const lines = (await readFile(join(import.meta.dirname, name), 'utf8')).trimEnd().split('\n')
    expect(lines.length, name).toBeLessThanOrEqual(25)
  }
})
