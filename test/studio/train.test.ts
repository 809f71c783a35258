/** What a newcomer does: one button, a slider moved while the model learns, a look at what it does. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { studioTest, visit } from './harness.ts'

const KL = /^KL\. each batch/

/** What a chart says of its newest batch. */
async function newest(page: Page, chart: RegExp): Promise<{ value: number; step: number }> {
  const label = await page.getByRole('img', { name: chart }).first().getAttribute('aria-label')
  const [value, step] = [
    ...(label ?? '').matchAll(/each batch: .*?, ([\d.,]+) at step ([\d,]+), between/g),
  ][0]
    .slice(1)
    .map((text) => Number(text.replaceAll(',', '')))
  return { value, step }
}

const untilStep = (page: Page, step: number) =>
  expect
    .poll(async () => (await newest(page, KL)).step, { timeout: 60_000, interval: 200 })
    .toBeGreaterThanOrEqual(step)

studioTest('digits: one button trains, β moved from 1 to 8 while it does, and the KL falls', async () => {
  await using studio = await visit({ at: '#train?objective=beta-vae&weights=1&steps=4000' })
  const { page, complaints } = studio
  const beta = page.getByRole('spinbutton', { name: /^β, the price of the code, exact/ })
  await expect.poll(() => beta.inputValue(), { timeout: 15_000 }).toBe('1')
  await page.getByText('β = 1: the price that the VAE pays').waitFor()
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('img', { name: KL }).waitFor({ timeout: 30_000 })
  await untilStep(page, 300)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Resume' }).waitFor()
  const before = await newest(page, KL)
  await beta.fill('8')
  await beta.press('Enter')
  await page.getByText('β > 1 favors').waitFor()
  await page.getByRole('button', { name: 'One step' }).click()
  await untilStep(page, before.step + 1)
  await page.getByRole('button', { name: 'Resume' }).click()
  await untilStep(page, before.step + 300)
  expect((await newest(page, KL)).value).toBeLessThan(0.8 * before.value)

  await page.getByRole('link', { name: 'Watch', exact: true }).click()
  await page.getByRole('img', { name: /^Loss\. each batch/ }).waitFor()
  await page.getByRole('img', { name: /^KL of each dimension\. (None|\d+) of/ }).waitFor()
  await page.getByRole('img', { name: /^Path of this run\. This run: from rate/ }).waitFor()
  await page.getByRole('img', { name: /^Reconstructions after step/ }).waitFor()
  await page.getByRole('img', { name: /^Weight of kl\. kl: 1 at step 1, 8 at step/ }).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
})

studioTest('a file of another kind is refused in words, and what was open stays', async () => {
  await using studio = await visit()
  const { page } = studio
  await page.getByText('1,797 images').waitFor({ timeout: 15_000 })
  await page.getByRole('button', { name: /^Your own/ }).click()
  await page.getByTestId('files').setInputFiles({
    name: 'letter.docx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('no data at all'),
  })
  await page.getByText(/letter\.docx/).waitFor()
  await page.getByRole('button', { name: 'Dismiss this message' }).click()
  await page.getByText('1,797 images').waitFor()
  expect(await page.getByRole('button', { name: 'Start training' }).isEnabled()).toBe(true)
})
