/** What a person does with a table of their own: corrects a column, finds strange rows, fills gaps, makes rows. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { fillNormal } from '../../src/base/random.ts'
import { forAxe, seriousFindings } from './axe.ts'
import { drop } from './drop.ts'
import { studioTest, visit } from './harness.ts'

const PATIENCE = { timeout: 60_000 }
const ROWS = 240
const LONG = `the weight of the parcel as the scale in the hall showed it before it was sent in g`

/** Parcels: a name, a place, sizes that go together, gaps, and one that weighs what none does. */
function parcelsCsv(separator = ','): string {
  const noise = fillNormal(new Float32Array(2 * ROWS), { seed: 3, stream: 1006, step: 0 })
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const size = 20 + 5 * noise[2 * row]
    const weight = row === 100 ? 900 : 12 * size + 8 * noise[2 * row + 1]
    const place = size > 22 ? 'north' : size > 17 ? 'east' : 'south'
    return [
      `P-${1000 + row}`,
      place,
      size.toFixed(1),
      row % 12 === 5 ? '' : weight.toFixed(0),
      1 + (row % 3),
    ].join(separator)
  })
  return [['name', 'place', 'size', LONG, 'class of service'].join(separator), ...lines].join('\n')
}

const csv = { name: 'parcels.csv', mimeType: 'text/csv', buffer: Buffer.from(parcelsCsv()) }

async function saved(page: Page, button: string | RegExp): Promise<string[][]> {
  const [download] = await Promise.all([
    page.waitForEvent('download', PATIENCE),
    page.getByRole('button', { name: button }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(','))
}

studioTest('a table is looked at, corrected, learned, searched, filled and made anew', async () => {
  await using studio = await visit({
    at: '#train?steps=400',
    context: { viewport: { width: 1024, height: 800 }, ...forAxe },
  })
  const { page, complaints } = studio
  await page.getByText('1,797 images').waitFor(PATIENCE)
  await page.getByRole('button', { name: /^Your own/ }).click()
  await drop(page, 'Drop your own data here', [csv])
  await page.getByText('4 of 5 columns are learned from').waitFor(PATIENCE)
  await page.getByRole('img', { name: /^size from [\d.]+ to [\d.]+$/ }).waitFor()
  await page.getByText('8.3% missing').waitFor()
  const service = page.getByLabel('What class of service is')
  expect(await service.locator('option').first().innerText()).toMatch(/by its cells/)
  await service.selectOption('categorical')
  await page.getByText('one of 3 levels (1, 2, 3)').waitFor(PATIENCE)
  await service.selectOption('datetime')
  await page
    .getByText(/class of service/)
    .first()
    .waitFor()
  // What cannot be is refused, and the table stays as it was read.
  await page.getByText('one of 3 levels (1, 2, 3)').waitFor(PATIENCE)
  expect(await service.inputValue()).toBe('categorical')

  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText(/^finished after/).waitFor(PATIENCE)
  await page.getByRole('link', { name: 'Explore', exact: true }).click()
  const unusual = page.getByRole('region', { name: 'Unusual rows' })
  await unusual.getByRole('button', { name: 'Take the code of row 101' }).waitFor(PATIENCE)
  await unusual.getByText('900', { exact: true }).waitFor()
  const rate = unusual.getByRole('spinbutton')
  const flagged = async () =>
    Number((await unusual.getByText(/ of 240 rows flagged/).innerText()).split(' ')[0])
  const usual = await flagged()
  await rate.fill('0.25')
  await rate.blur()
  await expect.poll(flagged).toBeGreaterThan(usual)
  const scores = await saved(page, 'Save the score of every row')
  expect(scores).toHaveLength(ROWS + 1)
  expect(scores[0].slice(0, 6)).toEqual(['score', 'reconstruction', 'kl', 'elbo', 'row', 'p'])
  const strangest = scores.slice(1).reduce((most, row) => (Number(row[0]) > Number(most[0]) ? row : most))
  expect(strangest[4]).toBe('101')

  await page.getByRole('button', { name: 'Fill the column with gaps' }).click()
  await page.getByText('20 cells filled in 240 rows').waitFor(PATIENCE)
  const [head, ...filled] = await saved(page, 'Save parcels-filled.csv')
  const given = parcelsCsv()
    .split('\n')
    .map((line) => line.split(','))
  expect(head).toEqual(given[0])
  expect(filled.flat()).not.toContain('')
  for (const [row, cells] of given.slice(1).entries())
    expect(cells.map((cell, at) => cell || filled[row][at])).toEqual(filled[row])

  await page.getByLabel('Rows', { exact: true }).fill('50')
  await page.getByRole('button', { name: 'Make rows' }).click()
  await page.getByText('two-sample classifier: ROC AUC').waitFor(PATIENCE)
  const made = await saved(page, 'Save parcels-made.csv')
  expect(made).toHaveLength(51)
  expect(made[0]).toEqual(given[0])
  for (const [, place, , , service] of made.slice(1)) {
    expect(['north', 'east', 'south']).toContain(place)
    expect(['1', '2', '3', '']).toContain(service)
  }

  await page
    .getByRole('img', { name: /^size along z\d+: from / })
    .first()
    .waitFor(PATIENCE)
  expect(await seriousFindings(page)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(complaints).toEqual([])
})

studioTest('cells copied from a spreadsheet are a table', async () => {
  await using studio = await visit({ at: '#train' })
  const { page } = studio
  await page.getByText('1,797 images').waitFor(PATIENCE)
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, parcelsCsv('\t'))
  await page.getByText('240 rows').waitFor(PATIENCE)
  await page.getByText('4 of 5 columns are learned from').waitFor()
})
