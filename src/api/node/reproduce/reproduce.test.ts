import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { recordSchema } from '../../../reproduce/record.ts'
import type { Reproduction, Wanted } from '../../../reproduce/reproduction.ts'
import type { ReproduceEvent, ReproductionResult } from './events.ts'
import { type ReproduceOptions, reproduce, runReproduction } from './reproduce.ts'

const folder = await mkdtemp(join(tmpdir(), 'betavae-reproduce-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const member = (seed: number, steps: number) => ({
  name: `seed-${seed}`,
  recipe: {
    data: { source: 'digits', validation: 0 },
    model: { latent: { size: 2 }, architecture: { name: 'mlp', hidden: [8] } },
    training: { steps, batch: 32, seed },
  },
})

const tiny = (wanted: Wanted, steps = 60): Reproduction => ({
  id: 'tiny',
  what: 'a small VAE on digits',
  source: 'nowhere',
  schedules: {
    short: {
      extent: `${steps} steps`,
      minutes: 1,
      members: [member(0, steps), member(1, steps)],
      judge: { split: 'test', nll: 5, metrics: ['mig'] },
      targets: [
        {
          name: 'nll',
          wanted,
          from: 'own',
          got: (judged) => Math.max(...Object.values(judged).map(({ nll }) => nll)),
        },
      ],
    },
  },
})
const wide: Wanted = { value: 0, tolerance: 1e6 }

async function all(events: AsyncIterable<ReproduceEvent>): Promise<ReproduceEvent[]> {
  const seen: ReproduceEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

const run = (reproduction: Reproduction, name: string, options: ReproduceOptions = {}) =>
  all(runReproduction(reproduction, { out: join(folder, name), threads: 1, ...options }))

const resultOf = (events: readonly ReproduceEvent[]): ReproductionResult => {
  const end = events.at(-1)
  if (end?.kind !== 'end' || end.reason !== 'finished') throw new Error('not finished')
  return end.result
}

const states = (events: readonly ReproduceEvent[]) =>
  events.flatMap((event) => (event.kind === 'member' ? [event.state] : []))

test('members are trained, judged and held against the target; a second time nothing is', async () => {
  const events = await run(tiny(wide), 'hit')
  expect(states(events)).toEqual(['begun', 'begun'])
  const result = resultOf(events)
  expect(result).toMatchObject({ id: 'tiny', schedule: 'short', verdict: 'hit', threads: 1 })
  expect(Object.keys(result.judged['seed-0'])).toEqual([
    'reconstruction',
    'kl',
    'elbo',
    'nll',
    'nllError',
    'mig',
  ])
  const [{ got }] = result.results
  expect(got).toBe(Math.max(result.judged['seed-0'].nll, result.judged['seed-1'].nll))
  const {
    results: _,
    verdict: __,
    ...record
  } = JSON.parse(await readFile(join(folder, 'hit', 'result.json'), 'utf8'))
  expect(recordSchema.parse(record)).toMatchObject({ judged: result.judged })

  const again = await run(tiny(wide), 'hit')
  expect(again.filter(({ kind }) => kind === 'training' || kind === 'judging')).toEqual([])
  expect(states(again)).toEqual(['kept', 'kept'])
  expect(resultOf(again)).toEqual(result)
})

test('what lies outside its tolerance is a miss', async () => {
  expect(resultOf(await run(tiny({ value: 0, tolerance: 1 }), 'hit')).verdict).toBe('miss')
})

test('a stopped reproduction goes on where it stood, to the same numbers', async () => {
  const whole = resultOf(await run(tiny(wide, 300), 'whole'))
  const stop = new AbortController()
  const first: ReproduceEvent[] = []
  for await (const event of runReproduction(tiny(wide, 300), {
    out: join(folder, 'stopped'),
    threads: 1,
    signal: stop.signal,
  })) {
    first.push(event)
    const isThere = event.kind === 'training' && event.member === 'seed-1' && event.event.kind === 'step'
    if (isThere && event.event.step === 100) stop.abort()
  }
  expect(first.at(-1)).toMatchObject({ kind: 'end', reason: 'interrupted' })
  expect(existsSync(join(folder, 'stopped', 'result.json'))).toBe(false)

  const second = await run(tiny(wide, 300), 'stopped')
  expect(states(second)).toEqual(['kept', 'resumed'])
  const start = second.find((event) => event.kind === 'training' && event.event.kind === 'start')
  expect(start?.kind === 'training' && start.event.step).toBeGreaterThanOrEqual(100)
  expect(resultOf(second).judged).toEqual(whole.judged)
})

test('what cannot be is refused, and nothing is written', async () => {
  await writeFile(join(folder, 'hit', 'members', 'seed-0', 'judged.json'), 'torn')
  const messages: string[] = []
  const refused = async (events: AsyncIterable<ReproduceEvent>) =>
    all(events).then(
      () => messages.push('done'),
      (error: Error) => messages.push(error.message.replaceAll(folder, '…')),
    )
  await refused(reproduce('mnist', { out: join(folder, 'new') }))
  await refused(reproduce('mnist-fixed', { schedule: 'short', out: join(folder, 'new') }))
  await refused(reproduce('mnist-fixed', { out: join(folder, 'hit') }))
  await refused(reproduce('mnist-fixed', { out: join(folder, 'hit', 'members') }))
  await refused(reproduce('mnist-fixed', { threads: 5000, out: join(folder, 'new') }))
  await refused(runReproduction(tiny(wide, 61), { out: join(folder, 'hit') }))
  await refused(runReproduction(tiny(wide), { threads: 2, out: join(folder, 'hit') }))
  expect(existsSync(join(folder, 'new'))).toBe(false)
  expect(`\n${messages.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    unknown result "mnist"; wanted linear-vae-ppca, mnist-beta-1, mnist-beta-4, mnist-fixed, mnist-fixed-deeper, burda-vae, burda-iwae, bounds-order, hyperspherical, poincare, dsprites-rate-distortion, mig-ordering. Fix: name one of those; betavae reproduce tells of each. [reproduce/unknown]
    schedule "short" of mnist-fixed; wanted full. Fix: name one that it has, or leave --schedule out. [reproduce/schedule]
    "…/hit" holds tiny, schedule short; wanted mnist-fixed, schedule full, as it is now, or a new folder. Fix: choose another --out. [reproduce/other]
    "…/hit/members" holds files already; wanted a new or empty folder. Fix: choose another --out. [runs/exists]
    threads 5000; wanted a whole number from 1 to 1024. Fix: give the number of CPU threads, or leave it out. [engine/threads]
    "…/hit" holds tiny, schedule short, of another version; wanted tiny, schedule short, as it is now, or a new folder. Fix: choose another --out. [reproduce/other]
    --threads 2 for "…/hit", begun with 1; wanted the threads that it began with, since sums depend on them. Fix: leave --threads out, or choose another --out. [reproduce/threads]
    "
  `)
  // What is torn was not kept, and is judged again.
  const events = await run(tiny(wide), 'hit')
  expect(events.filter(({ kind }) => kind === 'judging')).toHaveLength(1)
})
