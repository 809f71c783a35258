/**
 * Makes docs/gallery/lines.png: the lines of the page that `score --html` writes of the two pumps of examples/series, by
 * the commands of the guide on tables. `node scripts/series-picture.ts`, half a minute; needs Chromium.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { pumps } from '../examples/series/pumps.ts'
import { findChromium, quietFlags } from '../test/browser/chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const main = join(root, 'src', 'apps', 'cli', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'series-picture-'))
try {
  writeFileSync(join(folder, 'pumps.csv'), pumps('usual'))
  writeFileSync(join(folder, 'today.csv'), pumps('new'))
  for (const line of [
    'train pumps.csv --order time --group pump --window 24',
    'score runs/pumps-1 today.csv --html odd.html --out scores.csv',
  ])
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...line.split(' ')], {
      cwd: folder,
      stdio: 'inherit',
    })
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...quietFlags] })
  const page = await browser.newPage({ viewport: { width: 900, height: 1400 }, colorScheme: 'light' })
  await page.goto(pathToFileURL(join(folder, 'odd.html')).href)
  for (const closed of await page.locator('#lines details:not([open]) > summary').all()) await closed.click()
  await page.locator('#lines').screenshot({ path: join(root, 'docs', 'gallery', 'lines.png') })
  await browser.close()
} finally {
  rmSync(folder, { recursive: true })
}
