import { appendFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { follow, type News } from '../../src/apps/server/follow.ts'
import { isWrittenNow, trainRun } from '../../src/inside.node.ts'
import { logLines, runsFolder, smallDraft, startedCopy, trainSmall } from './runs.ts'

const runs = await runsFolder()
afterAll(() => runs[Symbol.asyncDispose]())
await trainSmall(runs, 'whole')
const whole = (await logLines(join(runs.path, 'whole'))).map((line) => JSON.parse(line))

async function everything(followed: AsyncIterable<News>): Promise<News[]> {
  const news: News[] = []
  for await (const item of followed) news.push(item)
  return news
}

const eventsOf = (news: News) => (news.kind === 'events' ? news.events : [])

test('a finished run is told at once', async () => {
  const news = await everything(follow(join(runs.path, 'whole')))
  expect(news.map(({ kind }) => kind)).toEqual(['events', 'end'])
  expect(eventsOf(news[0])).toEqual(whole)
})

test('a run is followed from its first moment on while it trains', async () => {
  const run = join(runs.path, 'live')
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const training = trainRun(
    { ...smallDraft, training: { ...smallDraft.training, steps: 300 } },
    { out: run, onDirectory: begun },
  )
  const ended = training.then(() => undefined)
  await hasBegun
  expect(await isWrittenNow(run)).toBe(true)
  const news = await everything(follow(run))
  await ended
  expect(news.at(-1)?.kind).toBe('end')
  const lines = (await logLines(run)).filter((line) => line !== '')
  expect(news.flatMap(eventsOf)).toEqual(lines.map((line) => JSON.parse(line)))
  expect(await isWrittenNow(run)).toBe(false)
})

test('what is added is told, each event once, also where a line comes in two pieces', async () => {
  const { run, log, rest } = await startedCopy(runs, 'whole', 'growing', 3)
  const news: News[] = []
  const followed = (async () => {
    for await (const item of follow(run)) {
      news.push(item)
      if (news.length === 1) await appendFile(log, rest[0] + rest[1].slice(0, 20))
      if (news.length === 2) await appendFile(log, rest[1].slice(20) + rest.slice(2).join(''))
    }
  })()
  await followed
  expect(news.map(({ kind }) => kind)).toEqual(['events', 'events', 'events', 'end'])
  expect(eventsOf(news[1])).toEqual([whole[3]])
  expect(news.flatMap(eventsOf)).toEqual(whole)
})

test('a reader that comes back hears the rest', async () => {
  const { run, log, rest } = await startedCopy(runs, 'whole', 'left', 3)
  const first = follow(run)
  const { value } = await first.next()
  await first.return(undefined)
  await appendFile(log, rest.join(''))
  const news = await everything(follow(run, { from: (value as { at: string }).at }))
  expect(news.map(({ kind }) => kind)).toEqual(['events', 'end'])
  expect(eventsOf(news[0])).toEqual(whole.slice(3))
})

test('a log that another took the place of is told again from its beginning', async () => {
  const { run, log } = await startedCopy(runs, 'whole', 'resumed', 5)
  const news: News[] = []
  for await (const item of follow(run)) {
    news.push(item)
    if (news.length > 1) continue
    await writeFile(`${log}.new`, (await logLines(join(runs.path, 'whole'))).join(''))
    await rename(`${log}.new`, log)
  }
  expect(news.map(({ kind }) => kind)).toEqual(['events', 'again', 'events', 'end'])
  expect(eventsOf(news[2])).toEqual(whole)
})

test('a run that is removed meanwhile is gone', async () => {
  const { run } = await startedCopy(runs, 'whole', 'removed', 2)
  const kinds: string[] = []
  for await (const { kind } of follow(run)) {
    kinds.push(kind)
    await rm(run, { recursive: true, force: true })
  }
  expect(kinds).toEqual(['events', 'gone'])
})

test('who leaves is not waited for', async () => {
  const { run } = await startedCopy(runs, 'whole', 'endless', 2)
  const leaving = new AbortController()
  for await (const { kind } of follow(run, { signal: leaving.signal })) {
    expect(kind).toBe('events')
    leaving.abort()
  }
})
