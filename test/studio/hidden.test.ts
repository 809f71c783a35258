/** A tab that nobody looks at: the training goes on, nothing is drawn or piles up, and whoever comes back sees it as it is. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { builtPage } from '../../scripts/studio-page.mjs'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import { findChromium, quietFlags } from '../browser/chromium.ts'
import { studioTest } from './harness.ts'
import { runsFolder } from './runs.ts'

/** A Chromium of which Playwright leaves the tabs alone; those that it launches itself believe that they are always seen. */
async function plainChromium() {
  await using begun = new AsyncDisposableStack()
  const profile = begun.use(await runsFolder())
  const child = spawn(findChromium()!, [
    '--headless',
    ...quietFlags,
    '--remote-debugging-port=0',
    `--user-data-dir=${profile.path}`,
    'about:blank',
  ])
  begun.defer(async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
  })
  let said = ''
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(said)))
    child.stderr.on('data', (piece) => {
      said += piece
      const found = /listening on (ws:\S+)/.exec(said)
      if (found) resolve(found[1])
    })
  })
  const browser = await chromium.connectOverCDP(address, { noDefaults: true })
  begun.defer(() => browser.close())
  const context = browser.contexts()[0]
  const open = begun.move()
  return { context, page: context.pages()[0], [Symbol.asyncDispose]: () => open.disposeAsync() }
}

const stepOf = async (page: Page): Promise<number> =>
  Number((await page.locator('.status .steps').innerText()).split('/')[0].replaceAll(/\D/g, ''))

const seen = (page: Page) => page.evaluate(() => document.visibilityState)

/** Drawings on canvases since the page was told to count them. */
interface Counting {
  drawings: number
}
const count = (page: Page) =>
  page.evaluate(() => {
    const counting = globalThis as unknown as Counting
    counting.drawings = 0
    for (const name of ['clearRect', 'putImageData'] as const) {
      const draw: (...given: never[]) => void = CanvasRenderingContext2D.prototype[name]
      CanvasRenderingContext2D.prototype[name] = function (
        this: CanvasRenderingContext2D,
        ...given: never[]
      ) {
        counting.drawings++
        draw.apply(this, given)
      }
    }
  })
const drawings = (page: Page) => page.evaluate(() => (globalThis as unknown as Counting).drawings)

/** Drawings once a second goes by without one: what was about to be drawn when the page was hidden is drawn. */
async function settled(page: Page): Promise<number> {
  for (let last = await drawings(page); ; ) {
    await page.waitForTimeout(1000)
    const now = await drawings(page)
    if (now === last) return now
    last = now
  }
}

const KL = /^KL\. each batch: .* at step [\d,]+/
const chartedStep = async (page: Page): Promise<number> => {
  const label = await page.getByRole('img', { name: KL }).first().getAttribute('aria-label')
  return Number((/at step ([\d,]+), between/.exec(label ?? '') ?? [])[1].replaceAll(',', ''))
}

studioTest('a hidden tab trains on and draws nothing, and is up to date when it is seen again', async () => {
  await using browser = await plainChromium()
  await using server = await serveStudio({ page: await builtPage(), runs: 'no-runs', port: 0 })
  const { page, context } = browser
  await page.goto(`${server.url}#train?objective=beta-vae&weights=1&steps=100000`)
  await page.getByText('1,797 images').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Watch', exact: true }).click()
  await page.getByRole('img', { name: KL }).waitFor()
  await count(page)
  await expect.poll(() => drawings(page), { timeout: 30_000 }).toBeGreaterThan(0)

  const other = await context.newPage()
  await other.bringToFront()
  await expect.poll(() => seen(page)).toBe('hidden')
  const drawn = await settled(page)
  const left = await stepOf(page)
  await expect.poll(() => stepOf(page), { timeout: 60_000 }).toBeGreaterThan(left + 50)
  expect(await drawings(page)).toBe(drawn)

  await page.bringToFront()
  await expect.poll(() => seen(page)).toBe('visible')
  // One drawing of each chart and picture is due, however many reports came meanwhile.
  const due = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const counting = globalThis as unknown as Counting
        const before = counting.drawings
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(counting.drawings - before)))
      }),
  )
  expect(due).toBeLessThan(60)
  const back = await stepOf(page)
  expect(back).toBeGreaterThan(left + 50)
  await expect.poll(() => chartedStep(page)).toBeGreaterThanOrEqual(back)
  await expect.poll(() => drawings(page)).toBeGreaterThan(drawn)
})
