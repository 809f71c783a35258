/** The built site in a real browser: nothing is asked for elsewhere, axe finds nothing serious, the search finds. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
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

/** The first page is looked at in all ways, every other in one of them; together they hold every kind of block. */
const WAYS = [390, 1440].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)
/** Many times as long as all others, and made of the same blocks as they are. */
const LONG = new Set(
  [
    'errors',
    'commands',
    'api-betavae',
    'api-betavae-tables',
    'api-betavae-graph',
    'architecture',
    'changelog',
  ].map((at) => `${at}.html`),
)

browserTest(
  'from disk, with the network off',
  async () => {
    const browser = await chromium.launch({ executablePath: findChromium(), args: [...quietFlags] })
    try {
      const all = (await readdir(join(root, 'site'))).filter((name) => name.endsWith('.html'))
      expect(all.length).toBeGreaterThan(35)
      const pages = all.filter((name) => !LONG.has(name))
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
        for (const name of pages.filter((one, at) => one === 'index.html' || at % WAYS.length === way)) {
          await page.goto(address(name))
          const wide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          const found = { name, width, wide, serious: await seriousFindings(page) }
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
  240_000,
)
