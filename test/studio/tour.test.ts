/** The guided tour, from its first step to its last, with a real training. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { forAxe, seriousFindings } from './axe.ts'
import { studioTest, visit } from './harness.ts'

const next = (page: Page, title: string) => page.getByRole('button', { name: `Next: ${title}` })

/** Until the step has happened, when its way on becomes the obvious one. */
const untilReady = (page: Page, title: string) =>
  page.locator('button.primary', { hasText: `Next: ${title}` }).waitFor({ timeout: 120_000 })

/** Held-out numbers as the tour tells them. */
async function told(page: Page): Promise<{ reconstruction: number; kl: number }> {
  const [reconstruction, kl] = (await page.locator('.state b').allInnerTexts()).map(Number)
  return { reconstruction, kl }
}

studioTest('five steps, and β does what they say', async () => {
  await using studio = await visit({
    at: '#tour',
    context: { viewport: { width: 390, height: 844 }, ...forAxe },
  })
  const { page, complaints } = studio
  await page.getByRole('img', { name: /^The first digits of the data/ }).waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Start the training' }).click({ timeout: 20_000 })
  await untilReady(page, 'It learns to draw')
  await next(page, 'It learns to draw').click()
  expect(page.url()).toContain('#tour?step=2')
  await page.getByRole('img', { name: /^Reconstructions after step/ }).waitFor({ timeout: 30_000 })
  await untilReady(page, 'β = 1: a VAE')
  const vae = await told(page)

  await next(page, 'β = 1: a VAE').click()
  const drawn = page.getByRole('img', { name: /^Digits that nobody wrote: 24 pictures/ }).locator('canvas')
  const pixels = () => drawn.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  await drawn.waitFor({ timeout: 30_000 })
  const first = await pixels()
  await page.getByRole('button', { name: 'Draw others' }).click()
  await expect.poll(pixels, { timeout: 15_000 }).not.toBe(first)

  await next(page, 'β = 8: the code gets expensive').click()
  await page.getByRole('button', { name: 'Move β to 8' }).click()
  await page.getByRole('img', { name: /^Moving each of three dimensions/ }).waitFor({ timeout: 120_000 })
  await untilReady(page, 'β = 0.25: the code gets cheap')
  const dear = await told(page)
  expect(dear.kl).toBeLessThan(0.5 * vae.kl)
  expect(dear.reconstruction).toBeGreaterThan(vae.reconstruction)
  expect(await seriousFindings(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)

  await next(page, 'β = 0.25: the code gets cheap').click()
  await page.getByRole('slider', { name: 'β, the price of the code' }).press('Home')
  await page.getByRole('heading', { name: 'That was the tour' }).waitFor({ timeout: 120_000 })
  const cheap = await told(page)
  expect(cheap.kl).toBeGreaterThan(vae.kl)
  expect(cheap.reconstruction).toBeLessThan(vae.reconstruction)

  await page.getByRole('link', { name: 'Compare trainings' }).click()
  const kept = page.getByRole('checkbox', { name: /^Training 1/ })
  await kept.waitFor({ timeout: 15_000 })
  await page.reload()
  await kept.waitFor({ timeout: 15_000 })
  await page.getByRole('img', { name: /^ELBO\. Training 1: / }).waitFor()
  await page.getByRole('button', { name: 'Forget Training 1' }).click()
  await page.getByRole('heading', { name: 'Nothing to compare yet' }).waitFor()
  expect(complaints).toEqual([])
})

studioTest('a step that has nothing to show yet leads to the first one', async () => {
  await using studio = await visit({ at: '#tour?step=4' })
  const { page } = studio
  await page.getByRole('heading', { name: 'An autoencoder' }).waitFor({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Start the training' }).waitFor()
})
