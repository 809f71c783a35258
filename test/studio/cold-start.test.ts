/** The whole way of a newcomer, in one go: train, move β, look, take the model away. */
import { readFile } from 'node:fs/promises'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Download, Page } from 'playwright-core'
import { expect } from 'vitest'
import { studioTest, visit } from './harness.ts'

const STEPS = 500
/** What rounding may come to: of the code to four digits, of a pixel to one of 256. */
const NEAR = 3

const klOf = async (page: Page): Promise<{ kl: number; step: number }> => {
  const label = await page
    .getByRole('img', { name: /^KL\. each batch/ })
    .first()
    .getAttribute('aria-label')
  const [, kl, step] = /each batch: .*?, ([\d.,]+) at step ([\d,]+), between/.exec(label ?? '') ?? []
  return { kl: Number(kl?.replaceAll(',', '')), step: Number(step?.replaceAll(',', '')) }
}

/** Gray values of the picture that the code decodes to, 0 to 255. */
const pictureOf = (page: Page): Promise<number[]> =>
  page
    .getByRole('img', { name: /^What the code decodes to/ })
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
      return Array.from(data.filter((_, i) => i % 4 === 0))
    })

/** The code where the sliders stand. */
const codeOf = (page: Page): Promise<number[]> =>
  page.locator('input[type=range][id^=z]').evaluateAll((sliders) => {
    const code: number[] = []
    for (const slider of sliders)
      code[Number(slider.id.slice(1))] = Number(slider.getAttribute('aria-valuetext')?.replace('−', '-'))
    return code
  })

studioTest('from a cold start: 500 steps on digits, β from 1 to 8, sliders, ONNX', async () => {
  await using studio = await visit({ at: `#train?objective=beta-vae&weights=1&steps=${STEPS}` })
  const { page, complaints } = studio
  await page.getByRole('button', { name: 'Start training' }).click({ timeout: 30_000 })
  await expect
    .poll(async () => (await klOf(page).catch(() => ({ step: 0 }))).step, { timeout: 60_000, interval: 50 })
    .toBeGreaterThanOrEqual(STEPS / 5)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  const before = await klOf(page)
  const beta = page.getByRole('spinbutton', { name: /^β, the price of the code, exact/ })
  expect(await beta.inputValue()).toBe('1')
  await beta.fill('8')
  await beta.press('Enter')
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByText(`finished after ${STEPS} steps`).waitFor({ timeout: 60_000 })
  const after = await klOf(page)
  expect(after.step).toBe(STEPS)
  expect(after.kl).toBeLessThan(0.8 * before.kl)

  await page.getByRole('link', { name: 'Explore', exact: true }).click()
  await page
    .getByRole('img', { name: /^z\d+ from -3 to 3: 9 pictures/ })
    .first()
    .waitFor({ timeout: 30_000 })
  const atMean = await pictureOf(page)
  await page.getByRole('slider').first().press('End')
  await expect.poll(() => pictureOf(page)).not.toEqual(atMean)
  await page.getByRole('slider').nth(1).press('Home')
  await page.waitForTimeout(500)
  const [code, picture] = [await codeOf(page), await pictureOf(page)]

  await page.getByRole('link', { name: 'Take away', exact: true }).click()
  const files: Download[] = []
  page.on('download', (download) => files.push(download))
  await page.getByRole('button', { name: 'Save ONNX' }).click()
  await expect.poll(() => files.length, { timeout: 30_000 }).toBe(3)
  const decoder = files.find((file) => file.suggestedFilename().endsWith('-decoder.onnx'))!
  const session = await InferenceSession.create(await readFile(await decoder.path()))
  const z = new Tensor('float32', Float32Array.from(code), [1, code.length])
  const { reconstruction } = await session.run({ z })
  const decoded = Array.from(reconstruction.data as Float32Array)
  expect(picture).toHaveLength(decoded.length)
  expect(Math.max(...decoded.map((gray, i) => Math.abs(gray - picture[i])))).toBeLessThan(NEAR)
  expect(complaints).toEqual([])
})
