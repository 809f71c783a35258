/** Ways that people go through the studio without a mouse, back and forth, in two tabs, after a reload, and enlarged. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { builtPage } from '../../scripts/studio-page.mjs'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import { allViews } from '../../src/apps/studio/views/index.ts'
import { findChromium, quietFlags } from '../browser/chromium.ts'
import { forAxe, seriousFindings } from './axe.ts'
import { studioTest } from './harness.ts'

const PATIENCE = { timeout: 60_000 }
const executablePath = findChromium()
let browser: Browser
let server: Awaited<ReturnType<typeof serveStudio>>

beforeAll(async () => {
  if (!executablePath) return
  server = await serveStudio({ page: await builtPage(), runs: 'no-runs', port: 0 })
  browser = await chromium.launch({ executablePath, args: [...quietFlags] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

interface Walker {
  readonly context: BrowserContext
  readonly page: Page
  /** Another tab. */
  open(at: string): Promise<Page>
}

/** A walk by somebody who has never been here; nothing may fail on the way. */
const walk = (
  name: string,
  at: string,
  body: (walker: Walker) => Promise<void>,
  options?: BrowserContextOptions,
): void =>
  studioTest(name, async () => {
    const context = await browser.newContext(options)
    const complaints: string[] = []
    const open = async (at: string) => {
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)))
      await page.goto(server.url + at)
      await page.getByText('1,797 images').waitFor(PATIENCE)
      return page
    }
    try {
      await body({ context, page: await open(at), open })
      expect(complaints).toEqual([])
    } finally {
      await context.close()
    }
  })

const view = async (page: Page, title: string) => {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: title }).click()
  await page.getByText(`Loading ${title}`).waitFor({ state: 'detached' })
}
const heading = (page: Page, title: string) =>
  page.getByRole('heading', { level: 1, name: title }).waitFor(PATIENCE)
const stepOf = async (page: Page): Promise<number> =>
  Number((await page.locator('.status .steps').innerText()).split('/')[0].replaceAll(/\D/g, ''))
const untilStep = (page: Page, step: number) =>
  expect.poll(() => stepOf(page), PATIENCE).toBeGreaterThanOrEqual(step)
const start = async (page: Page) => {
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor(PATIENCE)
}

/** What has the focus, and whether one sees so; undefined where nothing has. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    if (!element || element === document.body) return undefined
    const isOutlined = [element, element.closest('label')].some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one ?? element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    })
    const { top, bottom } = element.getBoundingClientRect()
    const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText
    return { name, isSeen: isOutlined && bottom > 0 && top < innerHeight }
  })

/** Goes on by Tab until something of this name has the focus, which is to be seen all the way. */
async function tabTo(page: Page, wanted: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press(key)
    const now = await focused(page)
    expect(now?.isSeen, `the focus on ${now?.name ?? 'nothing'} is seen, after ${passed.slice(-3)}`).toBe(
      true,
    )
    if (wanted.test(String(now?.name))) return
    passed.push(String(now?.name))
  }
  throw new Error(`no ${wanted} among ${passed.join(', ')}`)
}

const table = Array.from({ length: 60 }, (_, i) => `${i},${i + ((i * 31) % 7)},${i % 2 ? 'odd' : 'even'}`)

walk(
  'without a mouse: a file chosen, learned, explored, and the focus is never lost',
  '#train?steps=40',
  async ({ page }) => {
    await tabTo(page, /^Your own/)
    await page.keyboard.press('Enter')
    await tabTo(page, /^Choose files/)
    const choosing = page.waitForEvent('filechooser', PATIENCE)
    // Whoever listens for it must be heard by the browser before it comes.
    await page.waitForTimeout(300)
    await page.keyboard.press('Enter')
    const chooser = await choosing
    const buffer = Buffer.from(['a,b,kind', ...table].join('\n'))
    await chooser.setFiles({ name: 'numbers.csv', mimeType: 'text/csv', buffer })
    await page.getByText('60 rows').waitFor(PATIENCE)
    await tabTo(page, /^Start training/)
    await page.keyboard.press('Enter')
    await page.getByText(/^finished after/).waitFor(PATIENCE)
    await expect.poll(async () => (await focused(page))?.name, PATIENCE).toMatch(/^Train again/)
    await tabTo(page, /^Explore what it learned/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('application', { name: /^Map of/ }).waitFor(PATIENCE)
    await page
      .getByRole('img', { name: / along z\d+: from / })
      .first()
      .waitFor(PATIENCE)
    expect(await focused(page)).toBeDefined()
    await tabTo(page, /^Map of/)
    await page.keyboard.press('Enter')
    await page.getByText(/^Reconstruction of row/).waitFor(PATIENCE)
    await tabTo(page, /^z\d/)
    await page.keyboard.press('End')
    await page.getByText('Decoded from the code').waitFor(PATIENCE)
  },
)

walk(
  'back and forth through the views, in the midst of a training',
  '#train?steps=100000',
  async ({ page }) => {
    await start(page)
    await view(page, 'Watch')
    await page.getByRole('img', { name: /^KL\. each batch/ }).waitFor(PATIENCE)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Resume' }).waitFor(PATIENCE)
    await view(page, 'Explore')
    const layout = page.getByLabel('Laid out by')
    await layout.selectOption('umap', PATIENCE)
    await page.getByText('This layout cannot be undone').waitFor(PATIENCE)
    await view(page, 'Compare')
    await page.goBack()
    await heading(page, 'Explore')
    expect(await layout.inputValue()).toBe('umap')
    // The map stays as it was, whichever way one comes back, and its choice says so.
    await view(page, 'Train')
    await view(page, 'Explore')
    await page.getByText('This layout cannot be undone').waitFor(PATIENCE)
    expect(await layout.inputValue()).toBe('umap')
    for (const title of ['Train', 'Explore', 'Watch']) {
      await page.goBack()
      await heading(page, title)
    }
    const step = await stepOf(page)
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.goBack()
    await heading(page, 'Train')
    await untilStep(page, step + 1)
  },
)

walk(
  'loaded again while it trains: it says so wherever one is, and goes on',
  '#train?steps=100000',
  async ({ page }) => {
    await start(page)
    await untilStep(page, 20)
    await page.waitForTimeout(1500)
    await view(page, 'Watch')
    await page.reload()
    const goOn = page.getByRole('button', { name: /^Go on from step/ })
    await goOn.waitFor(PATIENCE)
    const from = Number((await goOn.innerText()).replaceAll(/\D/g, ''))
    expect(from).toBeGreaterThan(0)
    for (const title of ['Explore', 'Take away', 'Train']) {
      await view(page, title)
      await goOn.waitFor(PATIENCE)
    }
    await goOn.click()
    await untilStep(page, from + 1)
    await view(page, 'Watch')
    const chart = page.getByRole('img', { name: /^KL\. each batch/ })
    const begin = /each batch: [\d.,]+ at step (\d+),/.exec(String(await chart.getAttribute('aria-label')))
    // The curve is whole: it begins where the training began, give or take what a curve leaves out.
    expect(Number(begin?.[1])).toBeLessThan(from)
  },
)

walk(
  'two tabs: each sees what the other trains, and keeps its own',
  '#train?steps=100000',
  async ({ page, open }) => {
    await start(page)
    const other = await open('#train?steps=25')
    await other.getByText(/^Another tab trains on digits: step [\d,]+ of 100,000/).waitFor(PATIENCE)
    // What runs in one tab is not offered by the other.
    expect(await other.getByRole('button', { name: /^Go on from step/ }).count()).toBe(0)
    await other.getByRole('button', { name: 'Start training' }).click()
    await other.getByText('finished after 25 steps').waitFor(PATIENCE)
    await untilStep(page, 30)
    await view(page, 'Compare')
    await page.getByRole('checkbox', { name: /^Training 1/ }).waitFor(PATIENCE)
    await page.waitForTimeout(1500)
    await page.reload()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Train' }).click()
    const goOn = page.getByRole('button', { name: /^Go on from step/ })
    await goOn.waitFor(PATIENCE)
    const from = Number((await goOn.innerText()).replaceAll(/\D/g, ''))
    expect(from).toBeGreaterThan(25)
    await other.getByText(/^Another tab/).waitFor({ ...PATIENCE, state: 'detached' })
    await goOn.click()
    await untilStep(page, from + 1)
    await other.getByText(/^Another tab trains on digits/).waitFor(PATIENCE)
  },
)

walk(
  'enlarged to 200% a window of 1,280 pixels holds every view, and keeps nobody out',
  '#train?steps=40&latent=48',
  async ({ page }) => {
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.getByText('finished after 40 steps').waitFor(PATIENCE)
    for (const { id, title } of allViews) {
      await view(page, title)
      await heading(page, title)
      if (id === 'explore')
        await page
          .getByRole('img', { name: /^z\d+ from/ })
          .first()
          .waitFor(PATIENCE)
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${id} is no wider`).toBe(640)
      expect(await cutOff(page), id).toEqual([])
      // Nothing of a chart reaches into what stands below it, but for a few pixels of its last label.
      const charts = page.locator('figure > .chart')
      for (const chart of await charts.all())
        expect(
          await chart.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
        ).toBeLessThan(8)
      expect(await seriousFindings(page), id).toEqual([])
    }
  },
  { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, ...forAxe },
)

/** Words and controls that do not fit into what they stand in, and cannot be scrolled to. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const isCut = (element: HTMLElement): boolean => {
      const { overflowX, textOverflow, position, clipPath } = getComputedStyle(element)
      if (textOverflow === 'ellipsis' || clipPath !== 'none' || position === 'absolute') return false
      return ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1
    }
    const isOutside = (element: HTMLElement): boolean => {
      const { left, right, width } = element.getBoundingClientRect()
      return (
        width > 0 &&
        (left < -1 || right > innerWidth + 1) &&
        !element.closest('.skip, .unseen, nav, [tabindex="0"]')
      )
    }
    return [...document.querySelectorAll<HTMLElement>('header *, main *')]
      .filter((element) => element instanceof HTMLElement && (isCut(element) || isOutside(element)))
      .map((element) => `${element.tagName} ${element.className} ${element.innerText.slice(0, 40)}`)
  })
