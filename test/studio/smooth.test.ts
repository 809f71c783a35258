/** The page stays quick while it trains: its main thread never computes for long in one go. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { studioTest, visit } from './harness.ts'
import { traceMainThread } from './main-thread.ts'

/** What a task may compute, in milliseconds, on a machine that does the reference work in as many as `USUAL`. */
const MOST = 50
const USUAL = 70
const SECONDS = process.env.CI ? 10 : 20
/** A processor that is so many times slower, and for how many seconds. */
const SLOWER = 4
const SLOW_SECONDS = 4

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

studioTest('while it trains no task computes for more than 50 ms, whatever is looked at', async () => {
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
  const longest = (...marks: string[]) =>
    tasks.filter(({ after }) => marks.includes(after)).sort((a, b) => b.computed - a.computed)

  const limitAfter = (mark: string) => MOST * Math.max(1, longest(mark)[0].computed / USUAL)
  const limit = limitAfter('reference')
  // The measure sees what it is there for.
  expect(longest('block')[0].computed).toBeGreaterThan(limit)
  const training = longest('Start', 'Watch', 'Explore', 'Train')
  const total = training.reduce((sum, { computed }) => sum + computed, 0)
  console.info(
    `${training.length} tasks computed ${total.toFixed(0)} ms in about ${SECONDS} s, the longest ${training[0].computed.toFixed(0)} of ${limit.toFixed(0)} ms`,
  )
  expect(training.length).toBeGreaterThan(100)
  expect(training.filter(({ computed }) => computed > limit)).toEqual([])

  const slow = longest('slow')
  // The same work as at full speed takes as many times longer as the reference does.
  const slowLimit = (limit * longest('slow reference')[0].computed) / longest('reference')[0].computed
  console.info(
    `${SLOWER} times slower: the longest ${slow[0].computed.toFixed(0)} of ${slowLimit.toFixed(0)} ms`,
  )
  expect(slow.length).toBeGreaterThan(10)
  expect(slow.filter(({ computed }) => computed > slowLimit)).toEqual([])
  expect(complaints).toEqual([])
})
