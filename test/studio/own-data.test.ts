/** What a person brings along: images, a table, and examples of their own to encode. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode } from 'fast-png'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { encodePng } from '../../src/inside.node.ts'
import { forAxe, seriousFindings } from './axe.ts'
import { drop, type GivenFile } from './drop.ts'
import { studioTest, visit } from './harness.ts'
import { type RunsFolder, runsFolder } from './runs.ts'

const SIDE = 16

/** A red square at a place that the number decides, on black; or what `shade` says of each pixel. */
function squarePng(number: number, shade?: (pixel: number) => number): GivenFile {
  const data = new Uint8Array(3 * SIDE * SIDE)
  const [left, top] = [number % 8, Math.floor(number / 8) % 8]
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const [x, y] = [(pixel % SIDE) - left, Math.floor(pixel / SIDE) - top]
    const isInside = x >= 0 && x < 8 && y >= 0 && y < 8
    data[3 * pixel] = shade?.(pixel) ?? (isInside ? 220 : 0)
    data[3 * pixel + 2] = shade?.(pixel + 1) ?? 0
  }
  const bytes = encodePng({ width: SIDE, height: SIDE, channels: 3, data })
  return { name: `square-${number}.png`, mimeType: 'image/png', buffer: Buffer.from(bytes) }
}

/** A folder of red squares, those further down in a subfolder of their own, with a strange one and what is no image. */
async function squaresFolder(): Promise<RunsFolder> {
  const folder = await runsFolder()
  for (const name of ['high', 'low']) await mkdir(join(folder.path, name))
  for (let i = 0; i < 63; i++)
    await writeFile(join(folder.path, i < 32 ? 'high' : 'low', `${100 + i}.png`), squarePng(i).buffer)
  const strange = squarePng(0, (pixel) => (pixel % 3 === 0 ? 255 : 0))
  await writeFile(join(folder.path, 'low', '999.png'), strange.buffer)
  await writeFile(join(folder.path, 'low', 'broken.png'), 'no image')
  return folder
}

/** Numbers in two columns that go together. */
function pairsCsv(count: number): GivenFile {
  const rows = Array.from(
    { length: count },
    (_, i) => `${(i * 7919) % 101},${((i * 7919) % 101) + ((i * 31) % 17)}`,
  )
  return { name: 'pairs.csv', mimeType: 'text/csv', buffer: Buffer.from(['a,b', ...rows].join('\n')) }
}

async function trainAndExplore(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText(/^finished after/).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Explore', exact: true }).click()
  await page.getByRole('application', { name: /^Map of \d+ examples/ }).waitFor({ timeout: 30_000 })
}

studioTest(
  'a folder of color images is learned by convolutions, its strange one found, and so is a picture of one’s own',
  async () => {
    await using studio = await visit({ at: '#train?steps=60&architecture=conv', context: { ...forAxe } })
    await using folder = await squaresFolder()
    const { page, complaints } = studio
    await page.getByText('1,797 images').waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: /^Your own/ }).click()
    await page.locator('input[webkitdirectory]').setInputFiles(folder.path)
    await page.getByText('64 images').waitFor({ timeout: 30_000 })
    await page.getByText('16 × 16 pixels, color').waitFor()
    await page.getByText('2 classes').waitFor()
    await page.getByText('1 of 65 files are no images').waitFor()

    await trainAndExplore(page)
    await page.getByText(/^class\s*high\s*low$/).waitFor()
    const pairs = page.getByRole('region', { name: 'Reconstructions' })
    await pairs.getByRole('img', { name: /^Images and their reconstructions: \d+ pictures/ }).waitFor()
    const unusual = page.getByRole('region', { name: 'Unusual images' })
    const strangest = unusual.getByRole('button').first()
    await strangest.waitFor({ timeout: 30_000 })
    expect(await strangest.getAttribute('aria-label')).toMatch(/^row 63, [\d.e+]+ nats$/)
    await strangest.click()
    await page.getByText('Reconstruction of row 63').waitFor()
    expect(await seriousFindings(page)).toEqual([])

    await drop(page, 'Drop a picture', [squarePng(9)])
    const own = page.getByRole('img', { name: 'Your example: 1 picture' }).locator('canvas')
    await own.waitFor({ timeout: 30_000 })
    await page.getByRole('img', { name: 'Its reconstruction: 1 picture' }).waitFor()
    await page.getByText(/^ELBO/).waitFor()
    const middle = () =>
      own.evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')!.getImageData(0, 0, 16, 16).data
        return [...pixels.subarray(4 * (8 * 16 + 8), 4 * (8 * 16 + 8) + 3), pixels[0], canvas.width]
      })
    await expect.poll(middle).toEqual([220, 0, 0, 0, 16])
    const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no image') }
    await drop(page, 'Drop a picture', [broken])
    await page.getByRole('alert').filter({ hasText: 'broken.png' }).waitFor({ timeout: 10_000 })
    expect(await middle()).toEqual([220, 0, 0, 0, 16])
    expect(complaints).toEqual([])
  },
)

/** Rows of which one is strange: its weight does not go with its height. */
function peopleCsv(): GivenFile {
  const kinds = ['tea', 'coffee', 'water']
  const rows = Array.from({ length: 160 }, (_, i) => {
    const height = 150 + ((i * 37) % 50)
    const weight = i === 77 ? 160 : height / 2 - 15 + ((i * 13) % 7)
    return `${height},${weight},${kinds[i % 3]},${i % 2 === 0 ? 'yes' : 'no'}`
  })
  const text = ['height,weight,drink,smokes', ...rows].join('\n')
  return { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) }
}

studioTest('of a dropped table unusual rows are found, and typed rows encoded, for everybody', async () => {
  await using studio = await visit({
    at: '#train?steps=60',
    context: { viewport: { width: 390, height: 844 }, ...forAxe },
  })
  const { page, complaints } = studio
  await page.getByText('1,797 images').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: /^Your own/ }).click()
  await drop(page, 'Drop your own data here', [peopleCsv()])
  await page.getByText('160 rows').waitFor({ timeout: 30_000 })
  await trainAndExplore(page)

  const panel = page.getByRole('region', { name: 'Unusual rows' })
  await panel.getByRole('table').waitFor({ timeout: 30_000 })
  expect(await panel.locator('tbody').first().innerText()).toMatch(/^78\b(.|\s)*weight/)

  await page.getByLabel('Or type a row').fill('180, 75, tea, no')
  await page.getByRole('button', { name: 'Encode it' }).click()
  const own = page.getByRole('region', { name: 'Your example' })
  await own.waitFor({ timeout: 30_000 })
  expect(await own.innerText()).toMatch(/180\s+75\s+tea\s+no/)
  await drop(page, 'Drop a file with one row', [
    {
      name: 'one.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('height,weight,drink,smokes\n191,88,water,yes'),
    },
  ])
  await expect.poll(() => own.innerText()).toMatch(/191\s+88\s+water\s+yes/)

  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(complaints).toEqual([])
})

/** Share of a picture that has a color: what is behind points is gray, white or black. */
function drawnShare(png: Uint8Array): number {
  const { data, channels, width, height } = decode(png)
  let drawn = 0
  for (let i = 0; i < data.length; i += channels)
    if (Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 60)
      drawn++
  return drawn / (width * height)
}

studioTest('a map has as many points as one asks for; many are drawn by the graphics card', async () => {
  await using studio = await visit({
    at: '#train?steps=30',
    context: { colorScheme: 'light' },
  })
  const { page, complaints } = studio
  await page.getByText('1,797 images').waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: /^Your own/ }).click()
  await drop(page, 'Drop your own data here', [pairsCsv(5500)])
  await page.getByText('5,500 rows').waitFor({ timeout: 30_000 })
  await trainAndExplore(page)
  await page.locator('[data-painter=canvas]').waitFor()
  await page.getByLabel('Points').selectOption('5,500')
  await page.getByRole('application', { name: /^Map of 5500 examples/ }).waitFor({ timeout: 60_000 })
  const map = page.locator('[data-painter=webgl]')
  await map.waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect
      .poll(async () => drawnShare(await map.screenshot()), { timeout: 10_000 })
      .toBeGreaterThan(0.02)
  }
  const whole = drawnShare(await map.screenshot())
  for (const _ of Array(3)) await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(async () => drawnShare(await map.screenshot())).not.toBe(whole)
  expect(page.url()).toContain('points=10000')
  await page.getByLabel('Points').selectOption('2,000')
  await page.locator('[data-painter=canvas]').waitFor({ timeout: 30_000 })
  expect(complaints).toEqual([])
})
