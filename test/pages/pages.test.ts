/** Written pages as people have them: opened from disk, without a network, in Chromium. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProcess, leaveFor, temporaryFolder } from '../../src/apps/cli/running.testing.ts'
import { findChromium, quietFlags } from '../browser/chromium.ts'
import { csvRecords } from '../csv-records.ts'
import { lacks } from '../outside.ts'
import { forAxe, seriousFindings } from '../studio/axe.ts'
import { pages, writePages } from './written.ts'

const executablePath = findChromium()
const home = process.cwd()
const folder = await temporaryFolder()
let browser: Browser

type PageName = keyof typeof pages
const names = Object.keys(pages) as PageName[]

async function opened(name: PageName, width = 1440, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({ ...forAxe, colorScheme, viewport: { width, height: 900 } })
  await context.setOffline(true)
  const page = await context.newPage()
  await page.goto(pathToFileURL(resolve(pages[name].file)).href)
  return page
}

/** What every button of a page saves, by the name of its file. */
async function saved(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const files: [string, Blob][] = []
    const blobs: Blob[] = []
    URL.createObjectURL = (blob) => {
      blobs.push(blob as Blob)
      return '#'
    }
    HTMLAnchorElement.prototype.click = function () {
      files.push([this.download, blobs.pop() as Blob])
    }
    for (const button of document.querySelectorAll<HTMLButtonElement>('.save button')) button.click()
    // `blob.text()` would pass over a byte-order mark.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    const textOf = async (blob: Blob) => decoder.decode(await blob.arrayBuffer())
    return Object.fromEntries(
      await Promise.all(files.map(async ([name, blob]) => [name, await textOf(blob)])),
    )
  })
}

const MARK = /^\ufeff/

/** A saved table as objects. */
const recordsIn = (files: Record<string, string>, name: string) => {
  expect(Object.keys(files)).toContain(name)
  return csvRecords(files[name].replace(MARK, ''))
}

describe.skipIf(lacks('chromium'))('pages from disk, without a network', () => {
  beforeAll(async () => {
    process.chdir(folder.path)
    await writePages()
    browser = await chromium.launch({ executablePath, args: [...quietFlags] })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await leaveFor(home)
    await folder.remove()
  })

  test.each(names.filter((name) => name !== 'a report of images'))(
    '%s: nothing keeps anybody out, nothing is wider than the screen, all is saved',
    async (name) => {
      const page = await opened(name, 390, 'dark')
      const excess = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(await excess()).toBeLessThanOrEqual(0)
      expect(await seriousFindings(page)).toEqual([])
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
      expect(await excess()).toBeLessThanOrEqual(0)
      expect(await seriousFindings(page)).toEqual([])
      const files = await saved(page)
      expect(Object.keys(files)).not.toEqual([])
      for (const text of Object.values(files)) {
        // Spreadsheets read what is beyond ASCII by the mark; programs that do not know it see none before the rest.
        const plain = text.replace(MARK, '')
        expect(MARK.test(text)).toBe(/[\u0080-\uffff]/.test(plain))
        const [head, ...rows] = csvRecords(plain, false)
        expect(rows.length).toBeGreaterThan(0)
        for (const row of rows) expect(row).toHaveLength(head.length)
        expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
      }
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.save:visible').count()).toBe(0)
      await page.context().close()
    },
  )

  test('a button downloads a file', async () => {
    const page = await opened('drift')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV of Columns' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('later.csv-columns.csv')
    const text = await readFile(await file.path(), 'utf8')
    expect(text.split('\n')[0]).toBe('Column,Verdict,Distance,p,Adjusted,Missing before,Missing now')
    await page.context().close()
  })

  test('curves are saved as the log has them, cells of heat and bars as they are judged', async () => {
    const page = await opened('a report of images')
    const files = await saved(page)
    await page.context().close()
    const log = (await readFile('images/events.jsonl', 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const epochs = log.filter(({ kind }) => kind === 'epoch')
    const curve = recordsIn(files, 'digits-loss.csv')
    const validation = curve.filter(({ line }) => line === 'validation')
    expect(validation.map(({ epoch }) => Number(epoch))).toEqual([1, 2, 3, 4])
    for (const [i, { nats }] of validation.entries())
      expect(Number(nats)).toBeCloseTo(epochs[i].validation.loss, 2)
    const train = curve.filter(({ line }) => line === 'training')
    expect(train.map(({ epoch }) => Number(epoch))).toEqual([0.5, 1.5, 2.5, 3.5])
    const heat = recordsIn(
      files,
      'digits-kl-per-dimension-over-the-epochs-full-0.csv'.replace('-full-0', heatName(files)),
    )
    const last = epochs[3].klPerDimension as number[]
    for (const row of heat) expect(Number(row['epoch 4'])).toBeCloseTo(last[Number(row.name.slice(1))], 2)
    const judged = JSON.parse((await inProcess('evaluate', 'images', '--json')).out)
    for (const { dimension, nats } of recordsIn(files, 'digits-kl-per-dimension-nats.csv'))
      expect(Number(nats)).toBeCloseTo(judged.klPerDimension[Number(dimension.slice(1))], 2)
    const parts = recordsIn(files, 'digits-the-kl-taken-apart.csv')
    expect(Number(parts[0].nats)).toBeCloseTo(judged.klSplit.indexCodeMutualInformation, 2)
    expect(Number(parts[0]['nats: standard error'])).toBeGreaterThan(0)
  })

  test('marks on strips are saved as the rows that they are, with the columns of the table', async () => {
    const page = await opened('a report of a table')
    const files = await saved(page)
    await page.context().close()
    const rows = recordsIn(files, 'penguins-reconstructions.csv')
    expect(rows).toHaveLength(12)
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining(['of', 'mark', 'Beak Length (mm)', 'Species: Adelie', 'Sex']),
    )
    for (const row of rows.filter(({ mark }) => mark === 'original')) {
      const species = ['Adelie', 'Chinstrap', 'Gentoo'].map((name) => Number(row[`Species: ${name}`]))
      expect(species.reduce((a, b) => a + b)).toBe(1)
    }
  })

  test('cells of unusual rows are saved as they stand in the data', async () => {
    const page = await opened('unusual rows')
    const files = await saved(page)
    await page.context().close()
    const odd = recordsIn(files, 'later.csv-rows-that-stand-out.csv').find(({ row }) => row === '1')
    expect(odd).toMatchObject({
      Island: '=1+1',
      'Flipper Length (mm)': '-9',
      Sex: '@x',
      'Body Mass (g)': '9000',
    })
  })

  test('a page of drift saves what the command says', async () => {
    const page = await opened('drift')
    const files = await saved(page)
    await page.context().close()
    const { columns } = JSON.parse((await inProcess('drift', 'table', 'later.csv', '--json')).out)
    const rows = recordsIn(files, 'later.csv-columns.csv')
    expect(rows.map(({ Column }) => Column)).toEqual(columns.map(({ column }: { column: string }) => column))
    for (const [i, row] of rows.entries()) expect(Number(row.Distance)).toBeCloseTo(columns[i].distance, 3)
    const mass = recordsIn(files, 'later.csv-spreads.csv').filter(({ of }) => of === 'Body Mass (g)')
    const count = (side: string) => mass.reduce((sum, row) => sum + Number(row[side]), 0)
    expect([count('before'), count('now')]).toEqual([342, 200])
  })

  test('an explorer saves the codes that it shows', async () => {
    const page = await opened('an explorer of images')
    const files = await saved(page)
    await page.context().close()
    const codes = recordsIn(files, 'digits-where-examples-lie.csv')
    expect(codes.length).toBeGreaterThan(100)
    expect(Object.keys(codes[0])).toEqual(expect.arrayContaining(['z0', 'z5']))
  })

  test('the head of a report says what happened and what to do, and the command does it', async () => {
    const verdict = async (name: PageName) => {
      const page = await opened(name)
      const text = await page.locator('.verdict').innerText()
      const command = await page.locator('.verdict code').innerText()
      await page.context().close()
      return { text, command }
    }
    const well = await verdict('a report of a table')
    expect(well.text).toMatch(
      /^Trained on 276 examples for \d+ epochs \(150 steps\) in [\d.]+ s, this model is healthy/,
    )
    const ill = await verdict('a report of a collapse')
    expect(ill.text).toMatch(
      /one thing to mend: its code says nothing of the examples \(posterior collapse\)\. To mend it/,
    )
    expect(ill.command).toBe('betavae train collapsed/recipe.json --beta 1')
    const words = [...ill.command.split(' ').slice(1), '--no-report', '--out', 'mended']
    expect((await inProcess(...words)).code).toBe(0)
    const healed = JSON.parse((await inProcess('doctor', 'mended', '--json')).out)
    expect(healed.findings.map(({ code }: { code: string }) => code)).not.toContain(
      'diagnosis/posterior-collapse',
    )
  })
})

/** The heat map's caption ends with what a full cell is. */
const heatName = (files: Record<string, string>): string =>
  Object.keys(files)
    .find((name) => name.includes('over-the-epochs'))
    ?.replace(/^.*over-the-epochs|\.csv$/g, '') ?? ''
