/** Writes docs/studio/*.png: every view of the studio, narrow and wide, light and dark, from the real page. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decode, encode } from 'fast-png'
import { chromium, type Page } from 'playwright-core'
import { serveStudio } from '../src/apps/server/studio-server.ts'
import { type RecipeDraft, sweep, trainRun } from '../src/inside.node.ts'
import { findChromium, quietFlags } from '../test/browser/chromium.ts'
import { builtPage } from './studio-page.mjs'

const OUT = fileURLToPath(new URL('../docs/studio/', import.meta.url))
const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]
const SCHEMES = ['light', 'dark'] as const
const MOST_BYTES = 150_000
/** Shades of a color channel, from all there are to what still looks the same. */
const SHADES = [255, 63, 51]
const PATIENCE = 120_000

const executablePath = findChromium()
if (!executablePath) throw new Error('no Chromium: install one, or set CHROMIUM_PATH to it')
await mkdir(OUT, { recursive: true })
const page = await builtPage()
const home = await mkdtemp(join(tmpdir(), 'betavae-screenshots-'))
// The page names the folder of runs as it was given.
process.chdir(home)
try {
  await trainRuns()
  await using server = await serveStudio({ page, runs: 'runs', port: 0 })
  const browser = await chromium.launch({ executablePath, args: [...quietFlags] })
  const visitor = await browser.newPage({ deviceScaleFactor: 1, reducedMotion: 'reduce' })
  visitor.setDefaultTimeout(PATIENCE)
  await visitor.goto(`${server.url}#tour`)
  await takeAll(visitor)
  await browser.close()
} finally {
  process.chdir(tmpdir())
  await rm(home, { recursive: true })
}

/** What Compare has to show: two runs and a sweep. */
async function trainRuns(): Promise<void> {
  const draft: RecipeDraft = {
    data: { source: 'digits' },
    model: { latent: { size: 6 } },
    training: { steps: 600, seed: 1 },
  }
  for (const [name, weight] of [
    ['digits-vae', 1],
    ['digits-half', 0.5],
  ] as const)
    await trainRun(
      { ...draft, objective: { name: 'beta-vae', terms: [{ term: 'kl', weight }] } },
      { out: join('runs', name) },
    )
  const betas = [0.125, 0.25, 0.5, 1, 2, 4]
  for await (const _ of sweep({ recipe: draft, betas }, { out: join('runs', 'digits-sweep') }));
}

/** Takes the tour, which trains the model that the other views show. */
async function takeAll(visitor: Page): Promise<void> {
  const primary = (name: string | RegExp) =>
    visitor.locator('button.primary', { hasText: name }).click({ timeout: PATIENCE })
  await primary('Start the training')
  await primary('Next: It learns to draw')
  await primary(/Next: β = 1/)
  await primary(/Next: β = 8/)
  await primary('Move β to 8')
  await visitor.getByRole('img', { name: /^Moving each of three dimensions/ }).waitFor()
  await take(visitor, 'tour')
  await primary(/Next: β = 0.25/)
  await primary('Move β to 0.25')
  await visitor.getByRole('heading', { name: 'That was the tour' }).waitFor()
  await open(visitor, 'Watch')
  await visitor.getByRole('img', { name: /^Path of this run/ }).waitFor()
  await take(visitor, 'watch')
  await open(visitor, 'Train')
  await visitor.getByRole('img', { name: /^KL\./ }).waitFor()
  await take(visitor, 'train')
  await open(visitor, 'Explore')
  await visitor.getByRole('application', { name: /^Map of/ }).waitFor()
  await visitor
    .getByRole('img', { name: /^z\d+ from/ })
    .first()
    .waitFor()
  await take(visitor, 'explore')
  await open(visitor, 'Take away')
  await visitor.getByText('-encoder.onnx').waitFor()
  await take(visitor, 'takeaway')
  await open(visitor, 'Compare')
  await visitor.getByRole('checkbox', { name: /^Training 1/ }).uncheck()
  for (const name of [/^digits-vae/, /^digits-half/]) await visitor.getByRole('checkbox', { name }).check()
  await visitor.getByRole('img', { name: /^Paths of the runs\. digits-vae.*digits-half/ }).waitFor()
  await take(visitor, 'compare', 'Side by side')
  await take(visitor, 'sweep', 'The frontier of a sweep')
}

async function open(visitor: Page, title: string): Promise<void> {
  const views = visitor.getByRole('navigation', { name: 'Views' })
  await views.getByRole('link', { name: title, exact: true }).click()
}

/** Takes a view from its top, or from the panel of this title on. */
async function take(visitor: Page, view: string, title?: string): Promise<void> {
  // Nothing is pointed at.
  await visitor.mouse.move(0, 0)
  for (const colorScheme of SCHEMES)
    for (const size of SIZES) {
      await visitor.emulateMedia({ colorScheme })
      await visitor.setViewportSize(size)
      await visitor.evaluate((name) => {
        const heading = [...document.querySelectorAll('h2')].find(({ textContent }) => textContent === name)
        scrollTo(0, heading ? heading.getBoundingClientRect().top + scrollY - 40 : 0)
      }, title)
      // Charts and pictures are drawn again in the next frames.
      await visitor.waitForTimeout(500)
      const name = `${view}-${size.width}-${colorScheme}.png`
      const bytes = packed(name, await visitor.screenshot())
      await writeFile(join(OUT, name), bytes)
      console.log(`${name} ${Math.round(bytes.length / 1000)} kB`)
    }
}

/** Chromium packs in a hurry: this takes off a quarter. A map of many points needs coarser colors on top. */
function packed(name: string, png: Uint8Array): Uint8Array {
  const image = decode(png)
  for (const most of SHADES) {
    const data = image.data.map((value) => Math.round((Math.round((value * most) / 255) * 255) / most))
    const bytes = encode({ ...image, data }, { zlib: { level: 9 } })
    if (bytes.length <= MOST_BYTES) return bytes
  }
  throw new Error(`${name} is larger than ${MOST_BYTES} bytes`)
}
