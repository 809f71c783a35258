/** Opens the real page, served by the real server, in a real Chromium. */
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { builtPage } from '../../scripts/studio-page.mjs'
import { serveStudio } from '../../src/apps/server/studio-server.ts'
import { findChromium, quietFlags } from '../browser/chromium.ts'

export interface VisitOptions {
  /** Folder of runs; default: one that is not there. */
  readonly runs?: string
  /** What comes after the address, such as a view in the hash. */
  readonly at?: string
  /** Another server's address instead of ours. */
  readonly url?: string
  /** More flags for Chromium. */
  readonly flags?: readonly string[]
  /** Viewport, color scheme, and what else Playwright knows. */
  readonly context?: BrowserContextOptions
}

export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** The address of the page, with the token where it has one. */
  readonly url: string
  /** What the addresses of all its files begin with. */
  readonly site: string
  /** Errors of the page and of its console, with what the browser refused it. */
  readonly complaints: readonly string[]
  /** Addresses of all requests, workers' too. */
  readonly requests: readonly string[]
}

/** Serves the page and opens it. */
export async function visit({
  runs = 'no-runs',
  at = '',
  flags = [],
  ...options
}: VisitOptions = {}): Promise<Visit> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('no Chromium: install one, or set CHROMIUM_PATH to it')
  await using begun = new AsyncDisposableStack()
  const url = options.url ?? begun.use(await serveStudio({ page: await builtPage(), runs, port: 0 })).url
  const browser = await chromium.launch({ executablePath, args: [...quietFlags, ...flags] })
  begun.defer(() => browser.close())
  const context = await browser.newContext(options.context)
  const complaints: string[] = []
  const requests: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)))
  await page.goto(url + at)
  // Its first answer only leaves the cookie: what is done before the page itself has come would race with it.
  await page.waitForURL(({ searchParams }) => !searchParams.has('token'))
  const open = begun.move()
  return {
    page,
    url,
    site: new URL('.', url).href,
    complaints,
    requests,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
