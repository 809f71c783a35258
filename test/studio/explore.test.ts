/** A trained model explored, and taken away as a page that opens from disk with the network off. */
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Download, Page } from 'playwright-core'
import { expect } from 'vitest'
import { studioTest, visit } from './harness.ts'

const pixelsOf = (page: Page) =>
  page
    .getByRole('img', { name: /^What the code decodes to/ })
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

async function trained(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start training' }).click({ timeout: 20_000 })
  await page.getByText(/^finished after/).waitFor({ timeout: 60_000 })
}

async function saved(page: Page, name: string): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 30_000 }),
    page.getByRole('button', { name }).click(),
  ])
  return download
}

studioTest('sliders, the plane, the lasso and neighbors change what is shown', async () => {
  await using studio = await visit({ at: '#train?steps=60' })
  const { page, complaints } = studio
  await trained(page)
  await page.getByRole('link', { name: 'Explore', exact: true }).click()
  const map = page.getByRole('application', { name: /^Map of \d+ examples, colored by class/ })
  await map.waitFor({ timeout: 30_000 })
  await page
    .getByRole('img', { name: /^z\d+ from -3 to 3: 9 pictures/ })
    .first()
    .waitFor()

  const atMean = await pixelsOf(page)
  await page.getByRole('slider').first().press('End')
  await expect.poll(() => pixelsOf(page)).not.toBe(atMean)
  const moved = await pixelsOf(page)
  await map.press('Shift+ArrowRight')
  await expect.poll(() => pixelsOf(page)).not.toBe(moved)

  await map.press('Enter')
  await page.getByText(/^Reconstruction of row \d+/).waitFor()
  await page
    .getByRole('button', { name: /^row \d+, \d+\.\d+ away/ })
    .first()
    .waitFor()
  expect(page.url()).toMatch(/example=\d+/)

  await page.getByRole('button', { name: 'Lasso' }).click()
  const { x, y, width } = (await map.boundingBox())!
  const corners = [
    [0.35, 0.35],
    [0.65, 0.35],
    [0.65, 0.65],
    [0.35, 0.65],
  ].map(([right, down]) => [x + right * width, y + down * width] as const)
  await page.mouse.move(...corners[0])
  await page.mouse.down()
  for (const corner of corners) await page.mouse.move(...corner, { steps: 3 })
  await page.mouse.up()
  await page.getByText(/^\d+ in the lasso/).waitFor()
  await page.getByRole('button', { name: 'Walk from the first to the last' }).click()
  await page.getByRole('img', { name: /^A walk from row/ }).waitFor()
  expect(complaints).toEqual([])
})

studioTest('the model goes along: ONNX that runs, and a page that decodes offline', async () => {
  await using studio = await visit({ at: '#train?steps=60' })
  const { page } = studio
  await trained(page)
  await page.getByRole('link', { name: 'Take away', exact: true }).click()
  const files: Download[] = []
  page.on('download', (download) => files.push(download))
  await saved(page, 'Save ONNX')
  await expect.poll(() => files.length).toBe(3)
  const decoder = files.find((file) => file.suggestedFilename().endsWith('-decoder.onnx'))!
  const session = await InferenceSession.create(await readFile(await decoder.path()))

  const html = await saved(page, 'Save A page that opens offline')
  const context = await page.context().browser()!.newContext()
  await context.setOffline(true)
  const alone = await context.newPage()
  await html.saveAs(`${await html.path()}.html`)
  await alone.goto(pathToFileURL(`${await html.path()}.html`).href)
  await alone.getByRole('slider').first().press('End')
  await alone.waitForTimeout(200)
  const { code, decoded } = await alone.evaluate(() => {
    const { betavae } = globalThis as unknown as {
      betavae: { code(): number[]; decode(code: number[]): Float64Array }
    }
    return { code: betavae.code(), decoded: Array.from(betavae.decode(betavae.code())) }
  })
  expect(code.filter((value) => value !== 0)).toHaveLength(1)
  const z = new Tensor('float32', Float32Array.from(code), [1, code.length])
  const { reconstruction } = await session.run({ z })
  const data = reconstruction.data as Float32Array
  expect(Math.max(...data.map((value, i) => Math.abs(value - decoded[i])))).toBeLessThan(1e-4)
  await context.close()
})
