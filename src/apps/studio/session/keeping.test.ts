import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DataSource } from '../protocol.ts'
import { Keeping } from './keeping.svelte.ts'
import { type Keeper, type Kept, openKeeper } from './kept.ts'
import { browser } from './tabs.testing.ts'

beforeEach(() => {
  // What Svelte's compiler makes of it holds the value, too.
  vi.stubGlobal('$state', { raw: (value: unknown) => value })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const at = (step: number) => ({ snapshot: { step }, history: {}, epochs: [] }) as unknown as Kept
const data = (name: string): DataSource => ({ kind: 'bundled', name })
const load = () => new Keeping((failure) => expect.unreachable(failure.seen), openKeeper())
const DAY = 24 * 3600 * 1000

/** A page that trains, and what it was kept as. */
async function training(step: number) {
  const page = load()
  const id = page.begin()
  await page.keep(at(step), data(`data ${step}`))
  return { page, id }
}

/** The step of what a page is offered that is loaded now. */
async function offered() {
  const page = load()
  await page.read()
  return { page, step: page.last?.kept.snapshot.step }
}

test('a tab that is loaded again has its own training, though another tab trained on meanwhile', async () => {
  const all = browser()
  const [a, b] = [all.open(), all.open()]
  a.enter()
  await training(10)
  b.enter()
  const other = await training(20)
  a.unload()
  b.enter()
  await other.page.keep(at(21), data('data 20'))
  other.page.begin()
  await other.page.keep(at(22), data('data 22'))
  a.enter()
  const { page, step } = await offered()
  expect(step).toBe(10)
  expect(page.last?.source).toEqual(data('data 10'))
  // Loaded again without a word, it is there still.
  a.unload()
  a.enter()
  expect((await offered()).step).toBe(10)
})

test('after the browser was closed each tab is offered another training, its own where it knows that', async () => {
  const all = browser()
  const [a, b] = [all.open(), all.open()]
  a.enter()
  await training(10)
  b.enter()
  await training(20)
  a.unload()
  b.unload()
  const [c, d] = [all.open(), all.open()]
  a.enter()
  const first = await offered()
  c.enter()
  const second = await offered()
  d.enter()
  expect([first.step, second.step, (await offered()).step]).toEqual([10, 20, undefined])
})

test('where a page has no session storage and no locks, the newest one is offered', async () => {
  const all = browser()
  const tab = all.open()
  tab.enter()
  vi.stubGlobal('sessionStorage', undefined)
  vi.stubGlobal('navigator', {})
  vi.spyOn(Date, 'now').mockReturnValueOnce(DAY)
  await training(10)
  await training(20)
  expect((await offered()).step).toBe(20)
})

test('a training that is gone on with takes the place of what it came from, once it is kept itself', async () => {
  const all = browser()
  const [a, b] = [all.open(), all.open()]
  a.enter()
  const { id } = await training(10)
  a.unload()
  const { page } = await offered()
  const next = page.begin({ goesOn: true })
  expect([...all.records.keys()].sort()).toEqual([`kept ${id}`, `source ${id}`])
  // Nobody else is offered it meanwhile.
  b.enter()
  expect((await offered()).step).toBeUndefined()
  a.enter()
  await page.keep(at(11), data('data 10'))
  expect([...all.records.keys()].sort()).toEqual([`kept ${next}`, `source ${next}`])
})

test('where the next one cannot be written, what it came from stays', async () => {
  const all = browser()
  const a = all.open()
  a.enter()
  const { id } = await training(10)
  a.unload()
  const told = vi.fn()
  const page = new Keeping(told, openKeeper())
  await page.read()
  page.begin({ goesOn: true })
  // Functions cannot be stored.
  await page.keep({ ...at(11), epochs: [() => {}] } as unknown as Kept, data('data 10'))
  expect(told).toHaveBeenCalledOnce()
  // What was asked of the store before is done by then.
  await openKeeper().readRuns()
  expect([...all.records.keys()].sort()).toEqual([`kept ${id}`, `source ${id}`])
})

test('what another tab left and nobody went on with stays; what is forgotten is gone, and no more than that', async () => {
  const all = browser()
  const [a, b] = [all.open(), all.open()]
  a.enter()
  const { id } = await training(10)
  a.unload()
  b.enter()
  const { page } = await offered()
  page.begin()
  await page.keep(at(20), data('data 20'))
  await page.forget()
  expect([...all.records.keys()].sort()).toEqual([`kept ${id}`, `source ${id}`])
  b.unload()
  const again = await offered()
  expect(again.step).toBe(10)
  await again.page.forget()
  expect(all.records.size).toBe(0)
})

test('of what tabs left the newest five stay for a week', async () => {
  const all = browser()
  const now = vi.spyOn(Date, 'now')
  const ids: string[] = []
  for (let day = 0; day < 7; day++) {
    now.mockReturnValue(day * DAY)
    const tab = all.open()
    tab.enter()
    ids.push((await training(day)).id)
    // The oldest one trains on without a snapshot.
    if (day > 0) tab.unload()
  }
  const kept = () => ids.filter((id) => all.records.has(`kept ${id}`) && all.records.has(`source ${id}`))
  expect(kept()).toEqual(ids)
  all.open().enter()
  now.mockReturnValue(7 * DAY)
  ids.push((await training(7)).id)
  expect(kept()).toEqual([ids[0], ...ids.slice(2)])
  now.mockReturnValue(11.5 * DAY)
  ids.push((await training(11)).id)
  expect(kept()).toEqual([ids[0], ...ids.slice(5)])
})

test('a snapshot that waits is written as what it was, though another training has begun', async () => {
  const written: unknown[] = []
  let go = () => {}
  const keeper = {
    keep: async (kept: Kept, source: DataSource, id: string) => {
      written.push([kept.snapshot.step, source, id])
      await new Promise<void>((resolve) => {
        go = resolve
      })
    },
  } as unknown as Keeper
  const page = new Keeping(() => {}, keeper)
  const first = page.begin()
  const writing = page.keep(at(1), data('old'))
  void page.keep(at(2), data('old'))
  page.begin()
  await vi.waitFor(() => expect(written).toHaveLength(1))
  go()
  await vi.waitFor(() => expect(written).toHaveLength(2))
  go()
  await writing
  expect(written).toEqual([
    [1, data('old'), first],
    [2, data('old'), first],
  ])
})
