/** The page of a server, at both widths and in both color schemes: nothing keeps anybody out, and it tries every model. */
import { chromium, type Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import { findChromium, quietFlags } from '../browser/chromium.ts'
import { browserTest } from '../browser/harness.ts'
import { forAxe, seriousFindings } from '../studio/axe.ts'
import { rows, served, trainedPlaces } from './harness.ts'

const places = await trainedPlaces('digits', 'classes')
const key = 'a-key-of-sixteen-and-more'
const server = await served(
  { table: places.table, digits: places.digits, classes: places.classes },
  { keys: [key] },
)
const moved = rows.map((row) => ({ ...row, a: 5 + row.a, kind: null }))
for (const some of [rows, moved])
  await server.post('/models/table/score', { rows: some }, { 'X-API-Key': key })
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await places[Symbol.asyncDispose]()
})

/** A model of images is tried by a body, and what is wrong with that is said. */
async function triesDigits(page: Page): Promise<void> {
  const digits = page.getByRole('region', { name: 'digits', exact: true })
  await digits.getByLabel('Operation').selectOption('decode')
  await digits.getByRole('button', { name: 'Ask' }).click()
  await digits.getByText('Answered in').waitFor()
  await digits.getByRole('textbox', { name: 'Body of the request' }).fill('{"codes": [[1]]}')
  await digits.getByRole('button', { name: 'Ask' }).click()
  await digits.getByText('400:').waitFor()
}

/** A model with a condition is asked for a class, by the form. */
async function triesClasses(page: Page): Promise<void> {
  const classes = page.getByRole('region', { name: 'classes', exact: true })
  await classes.getByLabel('Operation').selectOption('sample')
  await classes.getByLabel('What is to be known').fill('label=7')
  await classes.getByRole('button', { name: 'Ask' }).click()
  await classes.getByText('Answered in').waitFor()
  await classes.getByLabel('Operation').selectOption('reconstruct')
  await classes.getByLabel('What is to be other').fill('label=x')
  await classes.getByRole('button', { name: 'Ask' }).click()
  await classes.getByText('422:').waitFor()
}

browserTest('nothing keeps anybody out; every model is tried, and what drifted is said', async () => {
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...quietFlags] })
  try {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [390, 1440]) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, ...forAxe })
        const page = await context.newPage()
        const complaints: string[] = []
        page.on('pageerror', (error) => complaints.push(String(error)))
        await page.goto(server.url)
        await page.getByText('This server wants a key.').waitFor()
        if (width === 390 && colorScheme === 'dark') expect(await seriousFindings(page)).toEqual([])
        await page.getByLabel('Key of this server').fill(key)
        await page.getByRole('button', { name: 'Show' }).click()
        await page.getByText('Ready').waitFor()
        const table = page.getByRole('region', { name: 'table', exact: true })
        await table.getByText(/columns that moved: 2/).waitFor()
        await table.getByRole('textbox', { name: 'a', exact: true }).fill('9')
        await table.getByRole('button', { name: 'Ask' }).click()
        await table.getByText(/^Flagged: score/).waitFor()
        await table.getByLabel('Operation').selectOption('impute')
        await table.getByRole('button', { name: 'Ask' }).click()
        await table.getByText('"rows"').waitFor()
        if (width === 390 && colorScheme === 'light') await triesDigits(page)
        await triesClasses(page)
        expect(await seriousFindings(page), `${width} ${colorScheme}`).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        expect(complaints).toEqual([])
        await context.close()
      }
  } finally {
    await browser.close()
  }
})
