/** The self-contained page of a decoder: opened from disk, the network off, in a real Chromium. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tableDataset } from '../../src/data/tables/dataset.ts'
import { tableOf } from '../../src/data/tables/rows.ts'
import { referenceEngine } from '../../src/engine/reference.ts'
import { digitRows, trainedOn, trainedOnDigits } from '../../src/export/trained.testing.ts'
import { createModel } from '../../src/infer/create-model.ts'
import type { Model } from '../../src/infer/model.ts'
import { modelParts } from '../../src/recipe/trained.ts'
import { explorerPage } from '../../src/report/explorer/page.ts'
import { lacks } from '../outside.ts'
import { findChromium, quietFlags } from './chromium.ts'

interface Console {
  decode(code: readonly number[]): Float64Array
  code(): number[]
}
declare const betavae: Console

const executablePath = findChromium()
let folder: string
let browser: Browser
let model: Model
const requests: string[] = []

async function opened(colorScheme: 'light' | 'dark' = 'light', name = 'explorer.html'): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } })
  await context.setOffline(true)
  const page = await context.newPage()
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(pathToFileURL(join(folder, name)).href)
  await settled(page)
  return page
}

/** After the frame in which a change is shown. */
const settled = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

const shown = async (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('#picture')!
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    const code = betavae.code()
    return { pixels: Array.from(data), code, decoded: Array.from(betavae.decode(code)) }
  })

describe.skipIf(lacks('chromium'))('explorer.html from disk with the network off', () => {
  beforeAll(async () => {
    const trained = await trainedOnDigits({ training: { steps: 60, batch: 32, learningRate: 0.01, seed: 2 } })
    model = await createModel(referenceEngine, modelParts(trained))
    const codes = (await model.encode(await digitRows(200))).mean
    folder = await mkdtemp(join(tmpdir(), 'explorer-'))
    await writeFile(join(folder, 'explorer.html'), await explorerPage(trained, { codes }))
    browser = await chromium.launch({ executablePath, args: [...quietFlags] })
  })
  afterAll(async () => {
    await browser?.close()
    model?.dispose()
    await rm(folder, { recursive: true, force: true })
  })

  test('a slider changes the picture to what the model decodes', async () => {
    const page = await opened()
    const before = await shown(page)
    await page.locator('#z1').fill('2.5')
    await settled(page)
    const { pixels, code, decoded } = await shown(page)
    expect(code).toEqual([0, 2.5, 0])
    const { data } = await model.decode({ data: Float32Array.from(code), shape: [1, 3] })
    expect(Math.max(...data.map((value, i) => Math.abs(value - decoded[i])))).toBeLessThan(1e-4)
    expect(pixels).not.toEqual(before.pixels)
    expect(pixels.filter((_, i) => i % 4 === 0)).toEqual(Array.from(data, Math.round))
  })

  test('by keyboard alone: slider, plane, draw and back', async () => {
    const page = await opened()
    await page.locator('#z0').press('End')
    await page.locator('#plane').press('Shift+ArrowUp')
    await settled(page)
    const [across, up] = await page.evaluate(() =>
      ['across', 'up'].map((id) => Number((document.getElementById(id) as HTMLSelectElement).value)),
    )
    const wanted = [0, 0, 0]
    wanted[0] = 3
    wanted[up] += 0.5
    expect(across).not.toBe(up)
    expect((await shown(page)).code).toEqual(wanted)
    await page.locator('#reset').press('Enter')
    await settled(page)
    expect((await shown(page)).code).toEqual([0, 0, 0])
    await page.locator('#draw').press('Enter')
    await settled(page)
    expect((await shown(page)).code.every((value) => value !== 0)).toBe(true)
    expect(await page.locator('output').first().textContent()).not.toBe('0.00')
  })

  test('a click in the plane goes there in two dimensions', async () => {
    const page = await opened()
    const plane = page.locator('#plane')
    const { width, height } = (await plane.boundingBox())!
    await plane.click({ position: { x: width * 0.75, y: height * 0.5 } })
    await settled(page)
    const { code } = await shown(page)
    const across = Number(await page.locator('#across').inputValue())
    expect(code[across]).toBeCloseTo(1.62, 1)
    expect(code.filter((value) => Math.abs(value) > 0.05)).toHaveLength(1)
  })

  test('a row of a table is cells as the table writes them', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      day: `${String(1 + (i % 28)).padStart(2, '0')}.03.2024`,
      price: `€${(10 + 3 * Math.sin(i)).toFixed(2)}`,
      sky: Math.sin(i) > 0 ? 'sun' : 'rain',
    }))
    const trained = await trainedOn(await tableDataset(tableOf(rows, 'days')))
    await writeFile(join(folder, 'table.html'), await explorerPage(trained))
    const page = await opened('light', 'table.html')
    const cells = () => page.locator('#cells td:nth-of-type(1)').allInnerTexts()
    const atMean = await cells()
    expect(atMean.join(' ')).toMatch(/^\d\d\.03\.2024 €1\d\.\d\d (sun|rain)$/)
    for (const slider of await page.getByRole('slider').all()) await slider.fill('3')
    await settled(page)
    expect(await cells()).not.toEqual(atMean)
    expect(await page.locator('tr.moved').count()).toBeGreaterThan(0)
  })

  test.each(['light', 'dark'] as const)(
    'no accessibility finding, %s; nothing asked of a network',
    async (scheme) => {
      const page = await opened(scheme)
      const violations = await page.evaluate(
        // The page forbids scripts from elsewhere, not those of the test.
        `(() => { ${axe.source}; return axe.run(document) })()`,
      )
      expect((violations as { violations: { id: string }[] }).violations.map(({ id }) => id)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([])
    },
  )
})
