import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecipeDraft } from '../../../recipe/recipe.ts'
import { openRun } from '../../../runs/node/store.ts'
import type { SweepDraft } from '../../../sweep/plan.ts'
import { evaluateRun } from '../opened-run.ts'
import type { SweepEvent } from './events.ts'
import { resumeSweep, type SweepOptions, sweep } from './sweep.ts'

const recipe: RecipeDraft = {
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [8] }, latent: { size: 2 } },
  training: { steps: 12 },
  engine: { threads: 1 },
}
const draft = (more: Partial<SweepDraft> = {}): SweepDraft => ({
  recipe,
  betas: [0.25, 4],
  seeds: 2,
  ...more,
})

let folder: string
const at = (...parts: string[]) => join(folder, ...parts)
const read = (...parts: string[]) => readFile(at(...parts), 'utf8')

async function eventsOf(
  events: AsyncIterable<SweepEvent>,
  onEvent: (event: SweepEvent) => void = () => undefined,
): Promise<SweepEvent[]> {
  const seen: SweepEvent[] = []
  for await (const event of events) {
    seen.push(event)
    onEvent(event)
  }
  return seen
}
const run = (more: Partial<SweepDraft>, options: SweepOptions) => eventsOf(sweep(draft(more), options))
const states = (events: readonly SweepEvent[]) =>
  events.flatMap((event) => (event.kind === 'member' ? [`${event.member} ${event.state}`] : []))

let whole: SweepEvent[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'betavae-sweep-'))
  whole = await run({}, { out: at('whole') })
})
afterAll(() => rm(folder, { recursive: true }))

test('every member is a run, judged on validation; the last event has the table', async () => {
  const names = ['beta-0.25-seed-0', 'beta-0.25-seed-1', 'beta-4-seed-0', 'beta-4-seed-1']
  expect((await readdir(at('whole', 'members'))).sort()).toEqual(names)
  expect(whole[0]).toMatchObject({ kind: 'sweep', split: 'validation' })
  const end = whole.at(-1)
  if (end?.kind !== 'end' || end.reason !== 'finished') throw new Error('not finished')
  const { frontier } = end
  expect(JSON.parse(await read('whole', 'frontier.json'))).toEqual(JSON.parse(JSON.stringify(frontier)))
  expect(await read('whole', 'report.html')).toContain('betavae sweep')
  const { kl, reconstruction, metrics } = await evaluateRun(at('whole', 'members', names[2]), {
    split: 'validation',
    metrics: ['mig'],
  })
  expect(frontier.members[2]).toMatchObject({
    name: names[2],
    rate: kl,
    distortion: reconstruction,
    mig: metrics?.mig.score,
  })
  expect(frontier.points.map(({ seeds }) => seeds)).toEqual([
    [0, 1],
    [0, 1],
  ])
  expect(frontier.ranking).toMatchObject({ rows: 180, members: expect.arrayContaining(names) })
  // The same rows are held out by both seeds.
  const digests = await Promise.all(names.map((name) => read('whole', 'members', name, 'data.json')))
  expect(new Set(digests).size).toBe(1)
})

test('interrupted and gone on with in threads: nothing finished is trained again, and the table is the same', async () => {
  const stop = new AbortController()
  const events = await eventsOf(sweep(draft(), { out: at('cut'), signal: stop.signal }), (event) => {
    if (event.kind === 'training' && event.member === 'beta-0.25-seed-1' && event.event.kind === 'step')
      stop.abort()
  })
  expect(events.at(-1)).toEqual({ kind: 'end', reason: 'interrupted', path: at('cut') })
  const finished = at('cut', 'members', 'beta-0.25-seed-0')
  const before = await Promise.all(
    ['events.jsonl', 'model/weights.safetensors', 'judged.json'].map((name) => stat(join(finished, name))),
  )
  // What a process leaves that is killed while it makes a run.
  await mkdir(at('cut', 'members', 'beta-4-seed-0'))
  await writeFile(at('cut', 'members', 'beta-4-seed-0', 'data.json'), 'torn')
  const more = await eventsOf(resumeSweep(at('cut'), { jobs: 2 }))
  expect(states(more).sort()).toEqual([
    'beta-0.25-seed-0 kept',
    'beta-0.25-seed-1 resumed',
    'beta-4-seed-0 begun',
    'beta-4-seed-1 begun',
  ])
  const after = await Promise.all(
    ['events.jsonl', 'model/weights.safetensors', 'judged.json'].map((name) => stat(join(finished, name))),
  )
  expect(after.map(({ mtimeMs }) => mtimeMs)).toEqual(before.map(({ mtimeMs }) => mtimeMs))
  expect(await read('cut', 'frontier.json')).toBe(await read('whole', 'frontier.json'))
})

test('the same words again keep everything, whatever the order of β', async () => {
  const table = await read('whole', 'frontier.json')
  const events = await run({ betas: [4, 0.25] }, { out: at('whole') })
  expect(states(events).every((state) => state.endsWith(' kept'))).toBe(true)
  expect(await read('whole', 'frontier.json')).toBe(table)
})

test('a warm start begins where the next smaller β ended', async () => {
  await run({ seeds: 1, warmStart: true }, { out: at('warm') })
  const first = async (sweepName: string) => {
    const directory = await openRun(at(sweepName, 'members', 'beta-4-seed-0'))
    const step = (await directory.events()).find((event) => event.kind === 'step')
    return { start: directory.recipe.training.start, reconstruction: Number(step?.reconstruction) }
  }
  const [warm, cold] = [await first('warm'), await first('whole')]
  expect(warm.start).toBe(at('warm', 'members', 'beta-0.25-seed-0'))
  expect(cold.start).toBeUndefined()
  expect(warm.reconstruction).toBeLessThan(cold.reconstruction - 1)
})

test('members whose numbers run away are told, and the others go on', async () => {
  const training = { steps: 12, learningRate: 1e30 }
  const events: SweepEvent[] = []
  const all = eventsOf(
    sweep(draft({ seeds: 1, recipe: { ...recipe, training } }), { out: at('away') }),
    (event) => events.push(event),
  )
  await expect(all).rejects.toThrow('[sweep/all-failed]')
  expect(events.flatMap((event) => (event.kind === 'failed' ? [event.member, event.code] : []))).toEqual([
    'beta-0.25-seed-0',
    'train/not-finite',
    'beta-4-seed-0',
    'train/not-finite',
  ])
})

test('what is refused leaves nothing behind', async () => {
  const before = await readdir(folder, { recursive: true })
  const told = async (more: Partial<SweepDraft>, options: SweepOptions) =>
    run(more, options).then(
      () => 'not refused',
      (error: Error) => error.message.replaceAll(folder, 'folder'),
    )
  const out = at('refused')
  const withData = (data: RecipeDraft['data']) => ({ recipe: { ...recipe, data } })
  expect([
    await told({ betas: [1] }, { out }),
    await told({ betas: [1, -1] }, { out }),
    await told(withData({ source: 'minst' }), { out }),
    await told(withData({ source: 'digits', validation: 0, test: 0 }), { out }),
    await told({}, { out, jobs: 0 }),
    await told({ betas: [0.25, 8] }, { out: at('whole') }),
    await told({ recipe: { ...recipe, training: { steps: 13 } } }, { out: at('whole') }),
    await told({}, { out: at('whole', 'members', 'beta-4-seed-0') }),
  ]).toMatchInlineSnapshot(`
    [
      "β 1; wanted at least two, whose ends span a frontier. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "β -1; wanted numbers of at least 0. Fix: write for example --beta 0.25,0.5,1,2,4,8. [sweep/betas]",
      "unknown data set "minst"; wanted one of mnist, digits, dsprites, discs, or a file or folder. Fix: write mnist, or check the spelling; write ./name for a folder of that name. [data/unknown]",
      "no rows held out; wanted rows that no member is trained on, to judge them by. Fix: use --validation 0.1. [sweep/no-held-out]",
      "0 jobs; wanted a whole number of at least 1. Fix: give how many members are trained at once, at most one for each core. [sweep/jobs]",
      ""folder/whole" holds a sweep whose betas is [0.25,4], not [0.25,8]; wanted the options that it began with, or a new folder. Fix: go on with it: betavae resume folder/whole, or choose another --out. [sweep/other-plan]",
      ""folder/whole" holds a sweep whose recipe.training.steps is 12, not 13; wanted the options that it began with, or a new folder. Fix: go on with it: betavae resume folder/whole, or choose another --out. [sweep/other-plan]",
      ""folder/whole/members/beta-4-seed-0" holds a run already; wanted a new or empty folder. Fix: choose another --out, or go on with: betavae resume folder/whole/members/beta-4-seed-0. [runs/exists]",
    ]
  `)
  expect(await readdir(folder, { recursive: true })).toEqual(before)
  await expect(eventsOf(resumeSweep(at('none')))).rejects.toThrow('[sweep/not-a-sweep]')
})
