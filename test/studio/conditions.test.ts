/** A model that is told the class: chosen, trained, and looked at by class. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { studioTest, visit } from './harness.ts'

const picture = (page: Page, name: RegExp) =>
  page
    .getByRole('img', { name })
    .first()
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

studioTest('the class is given, and pictures are of the class that is asked for', async () => {
  await using studio = await visit({ at: '#train?steps=60&latent=3' })
  const { page, complaints } = studio
  await page.getByLabel('Given to the model').selectOption('label', { timeout: 30_000 })
  await page.getByText('all given c = label').waitFor()
  expect(page.url()).toContain('given=label')
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText(/^finished after/).waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: 'Explore', exact: true }).click()
  await page.getByRole('img', { name: /^Samples of label 9: 10 pictures/ }).waitFor({ timeout: 30_000 })
  await page.getByRole('img', { name: /^The code under each label: 10 pictures/ }).waitFor()
  const code = /^What the code decodes to/
  await page.getByRole('combobox', { name: 'label' }).selectOption('0')
  await expect.poll(() => page.getByRole('combobox', { name: 'label' }).inputValue()).toBe('0')
  const zero = await picture(page, code)
  await page.getByRole('button', { name: 'label 7' }).click()
  await expect.poll(() => picture(page, code)).not.toBe(zero)
  expect(await page.getByRole('combobox', { name: 'label' }).inputValue()).toBe('7')
  const samples = await picture(page, /^Samples of label 9/)
  await page.getByRole('button', { name: 'Draw others' }).click()
  await expect.poll(() => picture(page, /^Samples of label 9/)).not.toBe(samples)
  expect(complaints).toEqual([])
})
