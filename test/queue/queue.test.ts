/** A sweep through a queue: the same runs to the bit, whoever dies meanwhile. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MemberWork } from '../../src/api/node/queue/jobs.ts'
import {
  betavae,
  inProcess,
  leaveFor,
  onTerminal,
  type Started,
  start,
  temporaryFolder,
} from '../../src/apps/cli/running.testing.ts'
import { addJob, openQueue, queueJobs, refuseOldNode, withoutPassword } from '../../src/inside.node.ts'
import { type PostgresServer, startPostgres } from '../databases/postgres-server.ts'

const folder = await temporaryFolder()
const home = process.cwd()
process.chdir(folder.path)
let server: PostgresServer
const started: Started[] = []

beforeAll(async () => {
  server = await startPostgres()
}, 60_000)

afterAll(async () => {
  for (const { process: child } of started) child.kill('SIGKILL')
  await leaveFor(home)
  await server.stop()
  await folder.remove()
})

const SHAPE = ['--latent', '2', '--hidden', '16', '--threads', '1', '--engine', 'native']
const WORDS = ['digits', '--beta', '0.25,16', '--seeds', '2', ...SHAPE, '--batch', '16', '--steps', '2500']
const members = [0.25, 16].flatMap((beta) => [0, 1].map((seed) => `beta-${beta}-seed-${seed}`))
const weights = (sweep: string, member: string) =>
  readFileSync(join(sweep, 'members', member, 'model', 'weights.safetensors'))
const begin = (...words: string[]) => {
  const child = start(folder.path, words)
  started.push(child)
  return child
}
const table = (sweep: string) => JSON.parse(readFileSync(join(sweep, 'frontier.json'), 'utf8'))

function expectSame(sweep: string, names = members): void {
  for (const name of names) expect(weights(sweep, name).equals(weights('whole', name)), name).toBe(true)
}

test('a worker, the coordinator and the server die; all end as on one machine, and nothing is trained twice', async () => {
  const queue = ['--queue', server.secretUrl]
  const sweeping = ['sweep', ...WORDS, '--out', 'queued', ...queue]
  const dying = begin(...sweeping)
  const first = begin('worker', ...queue)
  await first.seen('taken beta-0.25-seed-1')
  // Between two checkpoints, of which the first is in the queue.
  await kept('beta-0.25-seed-1')
  dying.process.kill('SIGKILL')
  first.process.kill('SIGKILL')
  const workers = [0, 1].map(() => begin('worker', ...queue))
  await Promise.all(workers.map(({ seen }) => seen('taken')))
  await server.restart(500)
  const alone = betavae(folder.path, 'sweep', ...WORDS, '--out', 'whole')
  const again = await begin(...sweeping).ended
  expect(again).toMatchObject({ code: 0 })
  expect((await alone).code).toBe(0)
  for (const { process: child } of workers) child.kill('SIGTERM')
  const said = await Promise.all([...workers.map(({ ended }) => ended), first.ended])
  const finished = said.flatMap(({ err }) => [...err.matchAll(/finished (\S+)/g)].map(([, name]) => name))
  expect(finished.sort()).toEqual(members)
  expectSame('queued')
  expect(table('queued')).toEqual(table('whole'))
  for (const { out, err } of [again, ...said]) expect(out + err).not.toContain('sEcret')
  const { out } = await inProcess('queue', ...queue)
  expect(out.split('\n')[0]).toBe('id,kind,name,state,version,priority,attempts,step,steps,worker,error')
  expect(out.match(/,finished,/g)).toHaveLength(4)
  expect((await onTerminal(80, 'queue', ...queue)).out).toContain('beta-16-seed-1')
}, 120_000)

test('what was trained for one sweep is not trained for another, which grows', async () => {
  const before = (await listed()).map(({ attempts }) => attempts)
  const grown = ['--beta', '0.25,16', '--seeds', '1', '--out', 'part', '--queue', server.secretUrl]
  const words = WORDS.filter((_, at) => at < 1 || at > 4)
  expect(await inProcess('sweep', ...words, ...grown)).toMatchObject({ code: 0 })
  expectSame(
    'part',
    members.filter((name) => name.endsWith('0')),
  )
  expect((await listed()).map(({ attempts }) => attempts)).toEqual(before)
}, 60_000)

/** Waits until the queue has a checkpoint of a member that is not finished. */
const kept = (name: string) =>
  expect
    .poll(async () => (await asked('select from betavae.job where name = $1 and kept > 0', [name])).length, {
      timeout: 20_000,
      interval: 100,
    })
    .toBe(1)

async function asked(...[text, values]: Parameters<Awaited<ReturnType<typeof openQueue>>['ask']>) {
  await using queue = await openQueue(withoutPassword(server.secretUrl))
  return await queue.ask(text, values)
}

async function listed() {
  await using queue = await openQueue(withoutPassword(server.secretUrl))
  return await queueJobs(queue)
}

/** A job like those there, of other data or another version. */
async function put(source: string, seed: number, version?: string): Promise<string> {
  await using queue = await openQueue(withoutPassword(server.secretUrl))
  const [row] = await queue.ask('select task from betavae.job limit 1')
  const work = structuredClone(row.task) as MemberWork
  const { recipe } = work.task
  const changed = { ...recipe, data: { ...recipe.data, source }, training: { ...recipe.training, seed } }
  return await addJob(
    queue,
    { ...work, task: { ...work.task, name: `other-${seed}`, recipe: changed } },
    version,
  )
}

test('a job that fails is set aside with its error; another version waits; jobs are cancelled and retried', async () => {
  const queue = ['--queue', server.secretUrl]
  const poison = await put('/nowhere.csv', 7)
  const later = await put('digits', 8, '99.0.0')
  const cancelled = await put('digits', 9)
  const dropped = await inProcess('queue', 'cancel', cancelled.slice(0, 12), ...queue, '--json')
  const stateOf = (out: string, key: string) => JSON.parse(out).find(({ id }: { id: string }) => id === key)
  expect(stateOf(dropped.out, cancelled)).toMatchObject({ state: 'cancelled' })
  expect(await inProcess('queue', 'pause', ...queue)).toMatchObject({ code: 0 })
  const paused = await inProcess('queue', ...queue)
  expect(paused).toMatchObject({ code: 0, err: expect.stringContaining('the queue is paused') })
  const working = inProcess('worker', ...queue, '--until-empty')
  expect(await inProcess('queue', 'resume', ...queue)).toMatchObject({ code: 0, err: '' })
  const { code, err } = await working
  expect(code).toBe(0)
  expect(err.match(/failed other-7: /g)).toHaveLength(3)
  const { out } = await inProcess('queue', 'retry', cancelled, ...queue, '--json')
  expect(stateOf(out, poison)).toMatchObject({ state: 'failed', attempts: 3 })
  expect(stateOf(out, poison).error).toContain('[data/missing]')
  expect(stateOf(out, later)).toMatchObject({ state: 'waiting', version: '99.0.0', attempts: 0 })
  expect(stateOf(out, cancelled)).toMatchObject({ state: 'waiting', error: null })
  const none = await inProcess('queue', 'cancel', 'zz', ...queue)
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('[queue/job]') })
}, 60_000)

test('a sweep grows while it runs, through a folder; a worker gives its job back at once, and one loses a cancelled one', async () => {
  const queue = ['--queue', server.secretUrl]
  mkdirSync('store')
  const how = [...SHAPE, '--batch', '16', '--steps', '2500', '--out', 'grown', ...queue]
  const sweeping = begin('sweep', 'digits', '--beta', '0.25,2', ...how, '--store', 'store', '--priority', '3')
  const hasty = begin('worker', ...queue)
  await hasty.seen('taken beta-2-seed-0')
  hasty.process.kill('SIGTERM')
  expect((await hasty.ended).err).toMatch(/returned beta-2-seed-0\n$/)
  const leaving = begin('worker', ...queue, '--engine', 'native')
  await kept('beta-2-seed-0')
  leaving.process.kill('SIGTERM')
  const left = await leaving.ended
  expect(left.err).toContain('returned beta-2-seed-0')
  expect((await listed()).find(({ name }) => name === 'beta-2-seed-0')).toMatchObject({
    state: 'waiting',
    priority: 3,
  })
  const joined = await inProcess('sweep', 'digits', '--beta', '2,16,32', ...how)
  expect(joined).toMatchObject({ code: 0, err: expect.stringContaining('2 members more') })
  const last = begin('worker', ...queue, '--store', join(folder.path, 'store'))
  await last.seen('taken beta-32-seed-0')
  const [{ key }] = (await listed()).filter(({ name }) => name === 'beta-32-seed-0')
  expect(await inProcess('queue', 'cancel', key, ...queue)).toMatchObject({ code: 0 })
  await last.seen('lost beta-32-seed-0')
  const ended = await sweeping.ended
  expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('[queue/aside]') })
  expect(ended.err).toContain('beta-32-seed-0: cancelled')
  last.process.kill('SIGTERM')
  expect((await last.ended).err).not.toContain('beta-0.25')
  for (const name of ['beta-0.25-seed-0', 'beta-16-seed-0'])
    expect(weights('grown', name).equals(weights('whole', name))).toBe(true)
  expect(existsSync(join('grown', 'members', 'beta-2-seed-0', 'model', 'weights.safetensors'))).toBe(true)
  const stored = (await listed()).find(({ name }) => name === 'beta-2-seed-0')?.key
  expect(readdirSync('store')).toContain(stored)
  const { err } = await inProcess('queue', 'clean', ...queue)
  expect(err).toContain('5 jobs removed')
  expect(readdirSync('store')).not.toContain(stored)
}, 90_000)

test('in a folder one process does it all, killed or not, to the same bits', async () => {
  const words = ['sweep', 'digits', '--beta', '0.25,16', ...WORDS.slice(5), '--out', 'own', '--queue', 'jobs']
  mkdirSync('jobs')
  writeFileSync(join('jobs', 'pglite'), 'no folder')
  const broken = await inProcess('queue', '--queue', 'jobs')
  expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('[queue/folder]') })
  expect(broken.err).not.toContain('[object')
  expect(existsSync(join('jobs', '.lock'))).toBe(false)
  rmSync(join('jobs', 'pglite'))
  const killed = begin(...words)
  await killed.seen('beta-0.25-seed-0 begun')
  const busy = await inProcess('queue', '--queue', 'jobs')
  expect(busy).toMatchObject({ err: expect.stringContaining('[runs/busy]') })
  killed.process.kill('SIGKILL')
  await killed.ended
  expect(await inProcess(...words)).toMatchObject({ code: 0 })
  expectSame('own', ['beta-0.25-seed-0', 'beta-16-seed-0'])
  expect(existsSync(join('jobs', '.lock'))).toBe(false)
}, 60_000)

test('what cannot be is refused', async () => {
  expect(() => refuseOldNode('22.11.0')).toThrow('[queue/node]')
  expect(() => refuseOldNode('20.19.4')).toThrow('Node.js 22.12 or later')
  refuseOldNode('22.12.0')
  expect(await inProcess('worker')).toMatchObject({ code: 2, err: expect.stringContaining('[cli/queue]') })
  const warm = await inProcess('sweep', ...WORDS, '--warm-start', '--queue', 'jobs')
  expect(warm).toMatchObject({ code: 2, err: expect.stringContaining('[queue/warm-start]') })
  const actions = await Promise.all(
    [['wait'], ['retry'], ['pause', '3f2a']].map((words) => inProcess('queue', ...words)),
  )
  expect(actions.map(({ err }) => /\[.*\]/.exec(err)?.[0])).toEqual([
    '[cli/argument]',
    '[cli/queue-job]',
    '[cli/queue-job]',
  ])
  expect(await inProcess('sweep', 'digits', '--priority', '2')).toMatchObject({
    code: 2,
    err: expect.stringContaining('[cli/queue]'),
  })
  const both = await inProcess('sweep', ...WORDS, '--shard', '1/2', '--out', 'shards', '--queue', 'jobs')
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('[cli/exclusive]') })
  const away = await inProcess('queue', '--queue', 'postgres://ann:hidden@127.0.0.1:1/postgres')
  expect(away).toMatchObject({ code: 2, err: expect.stringContaining('[database/connect]') })
  expect(away.err).not.toContain('hidden')
})
