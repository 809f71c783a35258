/**
 * `npm run smooth`: how long the studio's main thread computes in one go while the page trains, view by view, beside what
 * it may. Numbers of a busy machine say little, so it is no test; it ends with 1 where a task takes too long every time.
 */
import type { Page } from 'playwright-core'
import { visit } from '../test/studio/visit.ts'
import { type Task, traceMainThread } from './smooth/main-thread.ts'

/** What a task may compute, in milliseconds, on a machine that does the reference work in as many as `USUAL`. */
const MOST = 50
const USUAL = 70
const SECONDS = 20
/** A processor that is so many times slower, and for how many seconds. */
const SLOWER = 4
const SLOW_SECONDS = 4
/** Other work on the machine only ever adds to what a task takes: a task of the page's own is too long every time. */
const ATTEMPTS = 4

/** The same work everywhere, so that a machine that is slow for everything is given more time. */
const referenceWork = (page: Page) =>
  page.evaluate(() => {
    let sum = 0
    for (let i = 0; i < 1e7; i++) sum = (sum * 31 + i) | 0
    return sum
  })

/** Holds the main thread up, as a view must not. */
const block = (page: Page) =>
  page.evaluate(() => {
    const until = performance.now() + 400
    while (performance.now() < until);
  })

const go = async (page: Page, view: string, seconds: number) => {
  await page.getByRole('link', { name: view, exact: true }).click()
  await page.waitForTimeout(1000 * seconds)
}

/** Trains, looks at every view at full speed and at one on a slow processor; the page's tasks by what came before them. */
async function tasksOfVisit(): Promise<Map<string, Task[]>> {
  await using studio = await visit({ at: '#train?objective=beta-vae&weights=1&steps=100000' })
  const { page, complaints } = studio
  await page.getByText('1,797 images').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Start training', disabled: false }).waitFor()
  const trace = await traceMainThread(page)
  await trace.mark('reference')
  await referenceWork(page)
  await trace.mark('block')
  await block(page)
  await trace.mark('Start')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: /^KL\. each batch/ }).waitFor({ timeout: 60_000 })
  await page.waitForTimeout(1000)
  for (const [view, share] of [
    ['Watch', 0.5],
    ['Explore', 0.2],
    ['Train', 0.15],
    ['Watch', 0.15],
  ] as const) {
    await trace.mark(view)
    await go(page, view, share * SECONDS)
  }
  // On a slow processor more comes in than can be drawn at once: nothing may pile up.
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await trace.mark('slow reference')
  await referenceWork(page)
  await trace.mark('slow')
  await page.waitForTimeout(1000 * SLOW_SECONDS)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  const tasks = await trace.end()
  if (complaints.length > 0) throw new Error(complaints.join('\n'))
  return Map.groupBy(
    tasks.sort((a, b) => b.computed - a.computed),
    ({ after }) => after,
  )
}

/** Milliseconds that a task may compute after a mark, by what the reference work took at the same speed. */
function limitsOf(tasks: Map<string, Task[]>): (mark: string) => number {
  const longest = (mark: string) => tasks.get(mark)![0].computed
  const limit = MOST * Math.max(1, longest('reference') / USUAL)
  const slowLimit = (limit * longest('slow reference')) / longest('reference')
  return (mark) => (mark === 'slow' ? slowLimit : limit)
}

const looks = new Set(['Start', 'Watch', 'Explore', 'Train', 'slow'])
for (let attempt = 0; attempt < ATTEMPTS && looks.size > 0; attempt++) {
  const tasks = await tasksOfVisit()
  const limitOf = limitsOf(tasks)
  if (tasks.get('block')![0].computed <= limitOf('block')) throw new Error('the measure sees nothing')
  for (const look of looks) {
    const [longest] = tasks.get(look)!
    const limit = limitOf(look)
    console.log(`${look}: the longest ${longest.computed.toFixed(0)} of ${limit.toFixed(0)} ms`)
    if (longest.computed <= limit) looks.delete(look)
    else console.log(`  ${longest.inside.join(', ')}`)
  }
}
process.exitCode = looks.size > 0 ? 1 : 0
