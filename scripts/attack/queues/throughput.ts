import { setTimeout as sleep } from 'node:timers/promises'
import { faultText, type Row } from '../attack.ts'
import { begin, done, openedQueue, type Scene } from './scene.ts'

const LEAST = 1.8
const MEMBERS = 16
const WORDS = [
  ...['sweep', 'digits', '--beta', '0.25,0.5,1,2', '--latent', '8', '--hidden', '256', '--batch', '64'],
  ...['--steps', '1200', '--threads', '1', '--engine', 'native'],
]

/** Seconds in which so many workers do all members, from when they may begin until the last is done. */
async function seconds(scene: Scene, workers: number, seed: number): Promise<number> {
  const queue = ['--queue', scene.server.secretUrl]
  await done(scene, 'queue', 'pause', ...queue)
  const words = [...WORDS, '--seeds', '4', '--seed', `${seed}`, '--out', `of-${workers}-${seed}`, ...queue]
  const coordinator = begin(scene, ...words)
  const hired = Array.from({ length: workers }, () => begin(scene, 'worker', ...queue))
  await using standing = await openedQueue(scene)
  const count = async (what: string) =>
    Number((await standing.ask(`select count(*) as n from betavae.job where ${what}`))[0].n)
  while ((await count('outcome is null')) < MEMBERS) await sleep(200)
  // Everybody has come to where it waits.
  await sleep(4000)
  const before = await count('outcome is not null')
  const began = performance.now()
  await standing.ask('delete from betavae.pause')
  while ((await count('outcome is not null')) < before + MEMBERS) await sleep(100)
  const taken = (performance.now() - began) / 1000
  const { code, text } = await coordinator.ended
  if (code !== 0) throw new Error(text)
  for (const { process, ended } of hired) {
    process.kill('SIGTERM')
    await ended
  }
  scene.tell(`${workers} workers: ${taken.toFixed(1)} s`)
  return taken
}

/** The machine has other work, too: the best of so many. */
const TIMES = 2

export async function throughput(scene: Scene): Promise<Row> {
  const one: number[] = []
  const two: number[] = []
  // Each with seeds of its own: the same would be there already.
  for (let time = 0; time < TIMES; time++) {
    one.push(await seconds(scene, 1, 200 * time))
    two.push(await seconds(scene, 2, 200 * time + 100))
  }
  const times = Math.min(...one) / Math.min(...two)
  const listed = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' and ')
  return {
    what: `a sweep of ${MEMBERS} on one worker and on two, one thread each; the best of ${TIMES}`,
    measured: `${listed(one)} s on one, ${listed(two)} s on two: ${times.toFixed(2)} times`,
    wanted: `≥ ${LEAST} times`,
    faults: faultText(times >= LEAST ? [] : [`${times.toFixed(2)} times`]),
  }
}
