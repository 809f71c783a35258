import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fillNormal } from '../../../src/base/random.ts'
import { type QueueJob, queueJobs } from '../../../src/inside.node.ts'
import { faultText, type Row } from '../attack.ts'
import { killing, WORKERS } from './killing.ts'
import { begin, done, openedQueue, type Scene } from './scene.ts'

const NAMES = Array.from({ length: 100 }, (_, at) => `part-${at + 1}.csv`)
const KILL_MS = 2000
const NUMBERS = 12

/** No two have as many rows. */
const rowsOf = (part: number): number => 6000 + 20 * part

function table(part: number): string {
  const rows = rowsOf(part)
  const noise = fillNormal(new Float32Array(rows * NUMBERS), { seed: part, stream: 1002, step: 0 })
  const head = Array.from({ length: NUMBERS }, (_, column) => `x${column}`)
  const lines = Array.from({ length: rows }, (_, row) => {
    const own = noise.subarray(row * NUMBERS, (row + 1) * NUMBERS)
    const numbers = Array.from(own, (value, at) => (at === 0 ? value : own[at - 1] + value / 2).toFixed(3))
    return [['fern', 'moss', 'reed'][row % 3], ...numbers].join(',')
  })
  return `${[['kind', ...head].join(','), ...lines].join('\n')}\n`
}

/** What of two folders differs, and rows that are not there once. */
async function differences({ place }: Scene): Promise<string[]> {
  const faults: string[] = []
  const read = (folder: string, ...names: string[]) => readFile(join(place, folder, ...names), 'utf8')
  for (const [at, name] of NAMES.entries())
    for (const own of [[name], ['_parts', `${name}.json`]]) {
      const text = await read('found', ...own).catch(() => '')
      if (text !== (await read('whole', ...own))) faults.push(`${own.join('/')} differs`)
      if (own.length > 1) continue
      const [head, ...lines] = text.trimEnd().split('\n')
      const column = head.split(',').indexOf('row')
      const isOnce = lines.every((line, row) => Number(line.split(',')[column]) === row + 1)
      if (!isOnce || lines.length !== rowsOf(at + 1)) faults.push(`${name} without each row once`)
    }
  if ((await read('found', '_manifest.json').catch(() => '')) !== (await read('whole', '_manifest.json')))
    faults.push('the manifest differs')
  return faults
}

async function partsIn(scene: Scene): Promise<readonly QueueJob[]> {
  await using queue = await openedQueue(scene)
  return (await queueJobs(queue)).filter(({ kind }) => kind === 'part')
}

/** Tables of a folder are scored by workers that die, and that take the model out of the database. */
export async function scoredWithKills(scene: Scene): Promise<Row> {
  const { place, server, tell } = scene
  await mkdir(join(place, 'in'))
  for (const [at, name] of NAMES.entries()) await writeFile(join(place, 'in', name), table(at + 1))
  const training = ['train', join('in', NAMES[0]), '--steps', '200', '--no-report', '--threads', '1']
  await done(scene, ...training, '--out', 'run')
  await done(scene, 'score', 'run', 'in', '--out', 'whole/')
  tell('one process has done it')
  const queue = ['--queue', server.secretUrl]
  const began = performance.now()
  const scoring = begin(scene, 'score', 'run', 'in', '--out', 'found/', ...queue)
  while ((await partsIn(scene)).length < NAMES.length) await sleep(500)
  await rename(join(place, 'run'), join(place, 'away'))
  const workers = killing(scene, queue, KILL_MS)
  const { code, text } = await scoring.ended
  const seconds = (performance.now() - began) / 1000
  const { kills } = await workers.end()
  const jobs = await partsIn(scene)
  const faults = [
    ...(code === 0 ? [] : [`the coordinator ended with ${code}: ${text.slice(-300)}`]),
    ...jobs.filter(({ state }) => state !== 'finished').map(({ name, state }) => `${name} is ${state}`),
    ...(await differences(scene)),
  ]
  const attempts = jobs.reduce((sum, job) => sum + job.attempts, 0)
  const rows = NAMES.reduce((sum, _, at) => sum + rowsOf(at + 1), 0)
  return {
    what: `${NAMES.length} tables of ${rows.toLocaleString('en')} rows scored, ${WORKERS} workers, one killed every ${KILL_MS / 1000} s; the run in the database alone`,
    measured: `${kills} workers killed, ${attempts} attempts, ${Math.round(seconds)} s`,
    wanted: 'every row once, the bytes and manifests of one process',
    faults: faultText(faults),
  }
}
