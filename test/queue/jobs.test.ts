/** Jobs as workers, coordinators and people handle them, whoever is late, dies, or says so twice. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type Claim,
  claimJob,
  failJob,
  finishJob,
  returnJob,
  touchJob,
} from '../../src/api/node/queue/claims.ts'
import { IDLE_LOOKS, idleWarning } from '../../src/api/node/queue/idle.ts'
import { addJob, isEmpty, type Job, jobs, unseenJobs, type Work } from '../../src/api/node/queue/jobs.ts'
import { keepModel, modelKey } from '../../src/api/node/queue/kept-model.ts'
import { DEATHS, LEASE_SECONDS } from '../../src/api/node/queue/lease.ts'
import { BOSS, openQueue, type Queue, queueName } from '../../src/api/node/queue/open-queue.ts'
import { isAway, lasting } from '../../src/api/node/queue/patience.ts'
import { makeScratch, removeDeadScratch } from '../../src/api/node/queue/scratch.ts'
import { shelfOf } from '../../src/api/node/queue/shelves.ts'
import { restoreSnapshot, saveSnapshot } from '../../src/api/node/queue/snapshots.ts'
import {
  cancelJob,
  cleanQueue,
  pauseQueue,
  resumeQueue,
  retryJob,
  takenJob,
  tendQueue,
} from '../../src/api/node/queue/tend.ts'
import { temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { withoutPassword } from '../../src/inside.node.ts'
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts'

const folder = await temporaryFolder()
let server: PostgresServer
let queue: Queue

beforeAll(async () => {
  server = await startPostgres()
  queue = await openQueue(withoutPassword(server.secretUrl))
}, 60_000)

afterAll(async () => {
  await queue[Symbol.asyncDispose]()
  await server.stop()
  await folder.remove()
})

beforeEach(async () => {
  await queue.ask('delete from betavae.job')
  await queue.ask(`delete from ${BOSS}.job`)
})

/** Work that is never done here. */
const workOf = (name: string, engine = 'native'): Work =>
  ({
    kind: 'sweep member',
    task: {
      name,
      recipe: { training: { steps: 100 }, engine: { name: engine } },
      split: 'test',
      hasFactors: false,
    },
    digests: '{}',
  }) as unknown as Work

const add = (name: string, how: Parameters<typeof addJob>[3] = {}, engine?: string) =>
  addJob(queue, workOf(name, engine), undefined, how)
const claim = async (worker: string, engine?: string) => (await claimJob(queue, worker, { engine })) as Claim
const nameOf = (claimed: Claim | undefined) => claimed?.work.task.name
const job = async (key: string): Promise<Job> => (await jobs(queue, [key]))[0]
/** What supervisors do when a lease is over; the job may be taken at once. */
async function lapse({ id }: Claim) {
  await queue.boss.fail(queueName(), id)
  await ready(id)
}
const ready = (id: string) => queue.ask(`update ${BOSS}.job set start_after = now() where id = $1`, [id])
const count = async (table: string) => Number((await queue.ask(`select count(*) as n from ${table}`))[0].n)
const outcome = (elbo: number) => ({ score: { elbo } }) as unknown as Parameters<typeof finishJob>[2]

test('a worker that was stopped for longer than its lease writes nothing that counts', async () => {
  const key = await add('late')
  const late = await claim('a')
  await lapse(late)
  expect(await touchJob(queue, late, 3)).toBe(false)
  const next = await claim('b')
  expect(next).toMatchObject({ key, isFinished: false })
  const run = join(folder.path, 'run')
  await mkdir(run, { recursive: true })
  await writeFile(join(run, 'recipe.json'), '{}')
  expect(await saveSnapshot(queue, late, run, 9)).toBe(false)
  expect(await count('betavae.chunk')).toBe(0)
  expect(await finishJob(queue, late, outcome(1))).toBe(false)
  await failJob(queue, late, { code: 'x', message: 'x' })
  await returnJob(queue, late)
  expect(await job(key)).toMatchObject({ state: 'running', worker: 'b', error: null, outcome: null })
  expect(await touchJob(queue, next, 5)).toBe(true)
  expect(await finishJob(queue, next, outcome(2))).toBe(true)
  expect(await finishJob(queue, late, outcome(1))).toBe(false)
  expect(await job(key)).toMatchObject({ state: 'finished', outcome: { score: { elbo: 2 } }, step: 100 })
  expect(await isEmpty(queue)).toBe(true)
})

test('what a late worker finished before another took the job is not done again', async () => {
  const key = await add('finished late')
  const late = await claim('a')
  await lapse(late)
  expect(await finishJob(queue, late, outcome(1))).toBe(true)
  expect(await job(key)).toMatchObject({ state: 'finished' })
  const next = await claim('b')
  expect(next).toMatchObject({ key, isFinished: true })
  await finishJob(queue, next)
  expect(await job(key)).toMatchObject({ state: 'finished', outcome: { score: { elbo: 1 } } })
  expect(await claimJob(queue, 'c')).toBeUndefined()
})

test('a job whose workers die is set aside, unless there was a checkpoint or they gave it back', async () => {
  const key = await add('deadly')
  const run = join(folder.path, 'deadly')
  await mkdir(run, { recursive: true })
  await writeFile(join(run, 'recipe.json'), '{}')
  for (let time = 0; time < 2 * DEATHS; time++) {
    const given = await claim(`r${time}`)
    await returnJob(queue, given)
    await ready(given.id)
  }
  for (let time = 0; time < DEATHS; time++) await lapse(await claim(`a${time}`))
  // The last of them died as well.
  expect(await claimJob(queue, 'b')).toBeUndefined()
  expect(await job(key)).toMatchObject({ state: 'failed', error: { code: 'queue/died' } })
  expect(await isEmpty(queue)).toBe(true)
  await retryJob(queue, await job(key))
  for (let step = 1; step < 2 * DEATHS; step++) {
    const dying = await claim('c')
    expect(await saveSnapshot(queue, dying, run, step)).toBe(true)
    await lapse(dying)
  }
  expect(await job(key)).toMatchObject({ state: 'waiting' })
  expect(await count('betavae.chunk')).toBe(1)
})

test('errors set a job aside at the third one, and another worker may do better before', async () => {
  const key = await add('poison')
  for (const left of ['waiting', 'waiting', 'failed']) {
    const failing = await claim('a')
    await failJob(queue, failing, { code: 'data/missing', message: 'no file' })
    expect(await job(key)).toMatchObject({ state: left, error: { message: 'no file' } })
    await ready(failing.id)
  }
  expect(await claimJob(queue, 'a')).toBeUndefined()
  expect(await count(`${BOSS}.job`)).toBe(0)
})

test('priorities, a pause, and workers of one engine', async () => {
  await add('low', { priority: -1 })
  await add('middle')
  await add('high', { priority: 5 })
  await add('raised')
  await add('raised', { priority: 9 })
  await add('other engine', { priority: 20 }, 'wasm')
  expect(nameOf(await claim('a', 'native'))).toBe('raised')
  await pauseQueue(queue)
  await pauseQueue(queue)
  expect(await claimJob(queue, 'a')).toBeUndefined()
  await resumeQueue(queue)
  const order = []
  for (let n = 0; n < 3; n++) order.push(nameOf(await claim('a', 'native')))
  expect(order).toEqual(['high', 'middle', 'low'])
  expect(await claimJob(queue, 'a', { engine: 'native' })).toBeUndefined()
  expect(nameOf(await claim('b', 'wasm'))).toBe('other engine')
})

test('a cancelled job is nobody’s, also where whoever cancelled it died halfway', async () => {
  const running = await add('running')
  const held = await claim('a')
  await cancelJob(queue, await job(running))
  expect(await touchJob(queue, held)).toBe(false)
  expect(await finishJob(queue, held, outcome(1))).toBe(false)
  expect(await job(running)).toMatchObject({ state: 'cancelled' })
  const halfway = await add('halfway')
  await queue.ask('update betavae.job set cancelled = true where key = $1', [halfway])
  expect(await claimJob(queue, 'b')).toBeUndefined()
  expect(await count(`${BOSS}.job`)).toBe(0)
  await retryJob(queue, await job(halfway))
  expect(nameOf(await claim('b'))).toBe('halfway')
})

test('jobs that no worker can see are put before them again, and two who ask put one job', async () => {
  const key = await add('unseen')
  await queue.ask(`delete from ${BOSS}.job`)
  await queue.ask("update betavae.job set changed = now() - interval '1 min'")
  expect(await unseenJobs(queue)).toHaveLength(1)
  using _tending = tendQueue(queue)
  await expect.poll(() => count(`${BOSS}.job`)).toBe(1)
  const [other, same] = await Promise.all([add('unseen'), add('unseen')])
  expect([other, same]).toEqual([key, key])
  expect(nameOf(await claim('a'))).toBe('unseen')
  expect(await claimJob(queue, 'b')).toBeUndefined()
})

test('files cross in chunks or through a folder, whole or not at all', async () => {
  const store = join(folder.path, 'store')
  await mkdir(store)
  for (const where of [undefined, store]) {
    const key = await add(`files ${where}`, { store: where })
    const held = await claim('a')
    const run = join(folder.path, `run of ${where === undefined}`)
    const bytes = Buffer.alloc(2 ** 20 + 7, 'ab')
    await mkdir(join(run, 'model'), { recursive: true })
    for (const name of ['recipe.json', '.lock']) await writeFile(join(run, name), '{}')
    await writeFile(join(run, 'model', 'empty'), '')
    await writeFile(join(run, 'weights'), 'old')
    expect(await saveSnapshot(queue, held, run)).toBe(true)
    await writeFile(join(run, 'weights'), bytes)
    expect(await saveSnapshot(queue, held, run)).toBe(true)
    const back = join(folder.path, `back of ${where === undefined}`)
    expect(await restoreSnapshot(queue, key, back, held.store)).toBe(true)
    expect((await readdir(back, { recursive: true })).sort()).toEqual([
      'model',
      'model/empty',
      'recipe.json',
      'weights',
    ])
    expect((await readFile(join(back, 'weights'))).equals(bytes)).toBe(true)
    // What was kept before is gone.
    expect(await count('betavae.chunk')).toBe(4)
    if (where === undefined)
      await queue.ask("update betavae.chunk set bytes = 'x' where path = 'weights' and place = 1")
    else await writeFile(join(store, key, (await readdir(join(store, key)))[0], 'weights'), 'x')
    await expect(restoreSnapshot(queue, key, back, held.store)).rejects.toThrow('[queue/damaged]')
    if (where === undefined) continue
    await expect(restoreSnapshot(queue, key, back, '/nowhere')).rejects.toThrow('[queue/store]')
  }
})

test('what was taken goes with all that it left, and what was not stays', async () => {
  const store = join(folder.path, 'cleaned')
  await mkdir(store)
  const run = join(folder.path, 'cleaned run')
  await mkdir(run)
  await writeFile(join(run, 'recipe.json'), '{}')
  const keys: string[] = []
  for (let n = 0; n < 30; n++) keys.push(await add(`job ${n}`, n % 2 === 0 ? { store } : {}))
  for (let n = 0; n < 29; n++) {
    const held = await claim('a')
    await saveSnapshot(queue, held, run)
    await finishJob(queue, held, outcome(n))
  }
  for (const key of keys.slice(0, 28)) await takenJob(queue, key)
  expect(await cleanQueue(queue)).toBe(0)
  // A day later it goes by itself, wherever the queue is open.
  await queue.ask("update betavae.job set taken = now() - interval '25 h' where key = $1", [keys[0]])
  using _tending = tendQueue(queue)
  await expect.poll(() => count('betavae.job')).toBe(29)
  expect(await cleanQueue(queue, { kept: 0 })).toBe(27)
  expect(await count('betavae.job')).toBe(2)
  expect(await count('betavae.chunk')).toBe(0)
  expect(await count(`${BOSS}.job`)).toBe(1)
  expect(await readdir(store)).toEqual([keys[28]])
  // A finished one that nobody took is there for a month, one that waits for ever.
  expect(await cleanQueue(queue, { left: 0 })).toBe(1)
  expect((await jobs(queue)).map(({ state }) => state)).toEqual(['waiting'])
})

test('people hear of a queue that nobody works on, once, and of a pause', async () => {
  const key = await add('idle')
  const idle = idleWarning(queue, 'postgres://host/jobs')
  const said = []
  for (let look = 0; look < 2 * IDLE_LOOKS; look++) said.push(await idle([await job(key)]))
  expect(said.filter((one) => one !== undefined)).toMatchObject([
    { code: 'queue/idle', message: expect.stringContaining('betavae worker --queue postgres://host/jobs') },
  ])
  await pauseQueue(queue)
  const paused = idleWarning(queue, 'jobs')
  for (let look = 1; look < IDLE_LOOKS; look++) await paused([await job(key)])
  expect(await paused([await job(key)])).toMatchObject({ code: 'queue/paused' })
  await resumeQueue(queue)
  await claim('a')
  const other = await add('behind it')
  const busy = idleWarning(queue, 'jobs')
  for (let look = 0; look < IDLE_LOOKS; look++) expect(await busy([await job(other)])).toBeUndefined()
})

test('another version’s queue has the same lease', async () => {
  await addJob(queue, workOf('later'), '99.0.0')
  expect(await queue.boss.getQueue(queueName('99.0.0'))).toMatchObject({ heartbeatSeconds: LEASE_SECONDS })
  expect(await claimJob(queue, 'a')).toBeUndefined()
  expect(await isEmpty(queue)).toBe(true)
})

test('a server that restarts is waited for; other errors come at once', async () => {
  const asking = Promise.all(Array.from({ length: 8 }, () => queue.ask('select pg_sleep(0.5)')))
  await server.restart(300)
  expect(await asking).toHaveLength(8)
  await expect(queue.ask('select nothing_there')).rejects.toThrow('does not exist')
  const stopped = AbortSignal.abort()
  let tries = 0
  const away = lasting(() => {
    if (++tries > 2) throw new Error('no such thing')
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  }, stopped)
  await expect(away).rejects.toThrow('no such thing')
  expect(tries).toBe(3)
  expect(['53300', '57P01', 'EHOSTUNREACH'].every((code) => isAway({ code }))).toBe(true)
  expect(['28P01', '42P01', ''].some((code) => isAway({ code }))).toBe(false)
}, 30_000)

test('a user who may not make schemas is told so, and no connection stays open', async () => {
  await queue.ask("create role guest login password 'g'")
  const url = `postgres://guest:g@127.0.0.1:${server.port}/postgres`
  await queue.ask('revoke create on database postgres from public')
  await expect(openQueue(url)).rejects.toThrow('[queue/rights]')
  await expect
    .poll(async () => (await queue.ask("select from pg_stat_activity where usename = 'guest'")).length)
    .toBe(0)
})

test('folders of workers that were killed are removed', async () => {
  await using own = await makeScratch()
  const dead = await makeScratch()
  const owner = JSON.parse(await readFile(join(dead.path, '.owner'), 'utf8'))
  await writeFile(join(dead.path, '.owner'), JSON.stringify({ ...owner, pid: 2 ** 22 + 1 }))
  await removeDeadScratch()
  expect([existsSync(own.path), existsSync(dead.path)]).toEqual([true, false])
})

test('two who put the same model into the queue leave it whole, and it is never made again', async () => {
  const run = join(folder.path, 'a model')
  await mkdir(join(run, 'model'), { recursive: true })
  await writeFile(join(run, 'recipe.json'), '{}')
  await writeFile(join(run, 'model', 'weights.safetensors'), new Uint8Array(1_200_000).fill(7))
  await Promise.all([
    keepModel(queue, run, 'abc'),
    keepModel(queue, run, 'abc'),
    keepModel(queue, run, 'abc'),
  ])
  const key = modelKey('abc')
  const there = async (name: string) => {
    const place = join(folder.path, name)
    expect(await restoreSnapshot(queue, key, place)).toBe(true)
    const bytes = await readFile(join(place, 'model', 'weights.safetensors'))
    expect(bytes.equals(Buffer.alloc(1_200_000, 7))).toBe(true)
  }
  await there('first')
  await retryJob(queue, await job(key))
  expect(await claimJob(queue, 'a', {})).toBe(undefined)
  expect(await restoreSnapshot(queue, key, join(folder.path, 'gone'))).toBe(false)
  await keepModel(queue, run, 'abc')
  await there('again')
})

test('a worker whose job another has by now leaves that one’s files where they are', async () => {
  await add('shared')
  const late = await claim('a')
  const run = join(folder.path, 'shared')
  await mkdir(run, { recursive: true })
  await writeFile(join(run, 'recipe.json'), '{}')
  const store = join(folder.path, 'shared store')
  await mkdir(store)
  for (const place of [null, store]) {
    const shelf = shelfOf(queue, late.key, place)
    const theirs = randomUUID()
    await shelf.put(theirs, 'recipe.json', new Uint8Array(2))
    await queue.ask('update betavae.job set claim = gen_random_uuid() where key = $1', [late.key])
    await shelf.dropAllBut(randomUUID(), late.claim)
    expect((await shelf.take(theirs, 'recipe.json', 1)).length).toBe(2)
  }
})

test('who takes jobs of one engine alone is done where only others are left', async () => {
  await add('on another engine', {}, 'wasm')
  expect(await isEmpty(queue)).toBe(false)
  expect(await isEmpty(queue, 'wasm')).toBe(false)
  expect(await isEmpty(queue, 'native')).toBe(true)
})

test('a job that is asked for again is not cleaned away, and one in a folder that is not seen stays', async () => {
  const [again, far] = [await add('again'), await add('far', { store: join(folder.path, 'nowhere') })]
  for (const name of ['again', 'far']) {
    const claimed = await claim(name)
    await finishJob(queue, claimed, outcome(1))
    await takenJob(queue, claimed.key)
  }
  await add('again')
  expect(await cleanQueue(queue, { kept: 0 })).toBe(0)
  expect((await jobs(queue)).map(({ key }) => key).sort()).toEqual([again, far].sort())
})
