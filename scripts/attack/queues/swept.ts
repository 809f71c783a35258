import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { queueJobs } from '../../../src/inside.node.ts'
import { faultText, type Row } from '../attack.ts'
import { killing, WORKERS } from './killing.ts'
import { begin, done, finishedIn, openedQueue, type Scene } from './scene.ts'

const BETAS = [0.1, 0.2, 0.5, 1, 2, 3, 4, 6, 8, 16]
const SEEDS = [0, 1, 2, 3]
const NAMES = BETAS.flatMap((beta) => SEEDS.map((seed) => `beta-${beta}-seed-${seed}`))
const WORDS = [
  ...['sweep', 'digits', '--beta', BETAS.join(','), '--seeds', `${SEEDS.length}`, '--latent', '2'],
  ...['--hidden', '64', '--batch', '32', '--steps', '2000', '--threads', '1', '--engine', 'native'],
]
const KILL_MS = 5000
const AWAY_MS = 2000

async function until(scene: Scene, count: number): Promise<void> {
  while ((await finishedIn(scene)) < count) await sleep(500)
}

/** What of two sweeps differs. */
async function differences({ place }: Scene): Promise<string[]> {
  const files = NAMES.map((name) => join('members', name, 'model', 'weights.safetensors'))
  const same = async (file: string) =>
    (await readFile(join(place, 'queued', file))).equals(await readFile(join(place, 'whole', file)))
  const faults: string[] = []
  for (const file of [...files, 'frontier.json'])
    if (!(await same(file).catch(() => false))) faults.push(`${file} differs`)
  return faults
}

export async function sweptWithKills(scene: Scene): Promise<Row> {
  await done(scene, ...WORDS, '--out', 'whole', '--jobs', '2')
  scene.tell('one machine has done it')
  const queue = ['--queue', scene.server.secretUrl]
  const sweeping = [...WORDS, '--out', 'queued', ...queue]
  const began = performance.now()
  const first = begin(scene, ...sweeping)
  const workers = killing(scene, queue, KILL_MS)
  await until(scene, 8)
  scene.tell('the server restarts')
  await scene.server.restart(AWAY_MS)
  await until(scene, 16)
  scene.tell('the coordinator is killed')
  first.process.kill('SIGKILL')
  const second = await begin(scene, ...sweeping).ended
  const seconds = (performance.now() - began) / 1000
  const { kills, texts } = await workers.end()
  const finished = texts.flatMap((text) => [...text.matchAll(/^finished (\S+)/gm)].map(([, name]) => name))
  const twice = finished.filter((name, at) => finished.indexOf(name) < at)
  await using standing = await openedQueue(scene)
  const jobs = await queueJobs(standing)
  const faults = [
    ...(second.code === 0 ? [] : [`the coordinator ended with ${second.code}: ${second.text.slice(-300)}`]),
    ...twice.map((name) => `${name} was trained to its end twice`),
    ...jobs.filter(({ state }) => state !== 'finished').map(({ name, state }) => `${name} is ${state}`),
    ...(jobs.length === NAMES.length ? [] : [`${jobs.length} jobs`]),
    ...(await differences(scene)),
  ]
  const attempts = jobs.reduce((sum, job) => sum + job.attempts, 0)
  return {
    what: `${NAMES.length} members, ${WORKERS} workers, one killed every ${KILL_MS / 1000} s; the server restarted, the coordinator killed`,
    measured: `${kills} workers killed, ${attempts} attempts, ${Math.round(seconds)} s`,
    wanted: 'each member ends once, with the bits of one machine',
    faults: faultText(faults),
  }
}
