/** The built site in a real browser: nothing is asked for elsewhere, axe finds nothing serious, the search finds. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type Page } from 'playwright-core'
import { beforeAll, expect, vi } from 'vitest'
import { findChromium, quietFlags } from '../browser/chromium.ts'
import { browserTest } from '../browser/harness.ts'
import { forAxe, seriousFindings } from '../studio/axe.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const root = join(import.meta.dirname, '..', '..')
const address = (page: string) => pathToFileURL(join(root, 'site', page)).href

beforeAll(async () => {
  // Ends with an error where a link leads nowhere.
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'site.ts'), '--no-studio'], {
    cwd: root,
  })
})

/**
 * The first page is looked at in all ways, every other in one of them; together they hold every kind of block. With
 * `SITE_AXE=all` each is looked at in all ways, and wholly.
 */
const WAYS = [390, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)
const isThorough = process.env.SITE_AXE === 'all'

/** Blocks of a page that are looked at at once: axe takes far longer for a page of twice the length. */
const AT_ONCE = 150

/** Takes a long page apart, so that it shows one piece at a time; gives how many there are. */
const inPieces = (page: Page): Promise<number> =>
  page.evaluate((atOnce) => {
    const main = document.querySelector('main') as HTMLElement
    const [first, ...rest] = main.children
    if (rest.length <= atOnce) return 1
    const pieces = Array.from({ length: Math.ceil(rest.length / atOnce) }, (_, at) =>
      rest.slice(at * atOnce, (at + 1) * atOnce),
    )
    Object.assign(globalThis, {
      showPiece: (at: number) => main.replaceChildren(first, ...pieces[at]),
    })
    return pieces.length
  }, AT_ONCE)

/** What axe finds on a page: on all of it, or of a long one on a piece that the way chooses. */
async function findingsOf(page: Page, way: number): Promise<string[]> {
  const count = await inPieces(page)
  if (count === 1) return await seriousFindings(page)
  const all = Array.from({ length: count }, (_, at) => at)
  const found: string[] = []
  for (const at of isThorough ? all : [Math.floor((way * count) / WAYS.length)]) {
    await page.evaluate(`showPiece(${at})`)
    found.push(...(await seriousFindings(page)))
  }
  return found
}

browserTest(
  'from disk, with the network off',
  async () => {
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...quietFlags] })
    try {
      const pages = (await readdir(join(root, 'site'))).filter((name) => name.endsWith('.html'))
      expect(pages.length).toBeGreaterThan(35)
      const asked: string[] = []
      for (const [way, { width, colorScheme }] of WAYS.entries()) {
        const context = await browser.newContext({
          viewport: { width, height: 900 },
          colorScheme,
          offline: true,
          ...forAxe,
        })
        const page = await context.newPage()
        page.on('request', (request) => asked.push(request.url()))
        const looked = (name: string, at: number) =>
          isThorough || name === 'index.html' || at % WAYS.length === way
        for (const name of pages.filter(looked)) {
          await page.goto(address(name))
          const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          const found = { name, width, wide, serious: await findingsOf(page, way) }
          expect(found).toEqual({ name, width, wide: 0, serious: [] })
        }
        await context.close()
      }
      expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])

      const page = await browser.newPage()
      await page.goto(address('index.html'))
      await page.getByLabel('Search').fill('cli/unknown-option')
      await page.locator('#found a').first().click()
      expect(page.url()).toContain('errors.html#cliunknown-option')
      await page.getByLabel('Light or dark').click()
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    } finally {
      await browser.close()
    }
  },
  isThorough ? 3_600_000 : 240_000,
)
