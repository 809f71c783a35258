/** What becomes of a training when its worker or the page goes away: nothing is lost, and there is a way on. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { webgpuFlags } from '../browser/chromium.ts'
import { studioTest, visit } from './harness.ts'

const AT = '#train?objective=beta-vae&weights=1&steps=100000'

async function begin(page: Page): Promise<void> {
  await page.getByText('1,797 images').waitFor({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 })
}

/** Until the page keeps a snapshot where a reload finds it. */
const untilKept = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              const opening = indexedDB.open('betavae-studio', 1)
              opening.onsuccess = () => {
                const store = opening.result.transaction('training').objectStore('training')
                // One tab trains, so there is one training.
                const reading = store.getAll(IDBKeyRange.bound('kept ', 'kept \uffff'))
                reading.onsuccess = () => resolve(reading.result[0]?.kept.snapshot.step ?? 0)
              }
            }),
        ),
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0)

const stepOf = async (page: Page): Promise<number> =>
  Number((await page.locator('.status .steps').innerText()).split('/')[0].replaceAll(/\D/g, ''))

studioTest('a worker that crashes is told in words, and the training goes on from its snapshot', async () => {
  await using studio = await visit({ at: AT })
  const { page } = studio
  await begin(page)
  await untilKept(page)
  const [worker] = page.workers()
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('on purpose')
    })
  })
  const alert = page.getByRole('alert').filter({ hasText: 'the worker that trains stopped' })
  await alert.waitFor({ timeout: 15_000 })
  const button = alert.getByRole('button', { name: /^Go on from step [\d,]+/ })
  const kept = Number((await button.innerText()).replaceAll(/\D/g, ''))
  expect(kept).toBeGreaterThan(0)
  await button.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 })
  await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBeGreaterThan(kept)
})

studioTest('a worker that ends without a word is missed', async () => {
  await using studio = await visit({ at: AT })
  const { page } = studio
  await begin(page)
  await untilKept(page)
  await page.workers()[0].evaluate(() => close())
  // Whoever waits for half a minute sees no more than one whose clock runs five times as fast.
  await page.evaluate(() => {
    const own = performance.now.bind(performance)
    const begun = own()
    performance.now = () => begun + 5 * (own() - begun)
  })
  const alert = page.getByRole('alert').filter({ hasText: 'it has been silent' })
  await alert.waitFor({ timeout: 45_000 })
  await alert.getByRole('button', { name: /^Go on from step/ }).waitFor()
})

studioTest('after a reload a training goes on where it was kept, its curves with it', async () => {
  await using studio = await visit({ at: AT })
  const { page, complaints } = studio
  await begin(page)
  await untilKept(page)
  await page.reload()
  const button = page.getByRole('button', { name: /^Go on from step [\d,]+/ })
  await button.waitFor({ timeout: 15_000 })
  const kept = Number((await button.innerText()).replaceAll(/\D/g, ''))
  await button.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 })
  await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBeGreaterThan(kept)
  const label = await page
    .getByRole('img', { name: /^KL\. each batch/ })
    .first()
    .getAttribute('aria-label')
  expect(label).toContain('at step')
  expect(complaints).toEqual([])
})

studioTest('without room for a copy the training goes on, and the person is told once', async () => {
  await using studio = await visit({ at: AT })
  const { page } = studio
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await begin(page)
  const told = page.getByRole('status').filter({ hasText: 'no room for a copy of the training' })
  await told.waitFor({ timeout: 30_000 })
  const before = await stepOf(page)
  await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBeGreaterThan(before)
  expect(await told.count()).toBe(1)
})

interface WithDevice {
  device?: GPUDevice
}

studioTest('a GPU that is lost is told in words, and WebAssembly goes on from the snapshot', async () => {
  await using studio = await visit({ at: AT, flags: webgpuFlags })
  const { page } = studio
  await page.getByText('1,797 images').waitFor({ timeout: 15_000 })
  await page.workers()[0].evaluate(() => {
    const request = GPUAdapter.prototype.requestDevice
    GPUAdapter.prototype.requestDevice = async function (...given) {
      const device = await request.apply(this, given)
      ;(globalThis as WithDevice).device = device
      return device
    }
  })
  await page.locator('details', { hasText: 'Engine' }).locator('summary').click()
  await page.getByRole('radio', { name: 'WebGPU' }).check()
  await begin(page)
  await untilKept(page)
  await page.workers()[0].evaluate(() => (globalThis as WithDevice).device?.destroy())
  const alert = page.getByRole('alert').filter({ hasText: /WebGPU stopped|the worker that trains stopped/ })
  await alert.waitFor({ timeout: 40_000 })
  const button = alert.getByRole('button', { name: /^Go on from step [\d,]+ with WebAssembly/ })
  const kept = Number((await button.innerText()).replaceAll(/\D/g, ''))
  await button.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ timeout: 30_000 })
  await expect.poll(() => stepOf(page), { timeout: 30_000 }).toBeGreaterThan(kept)
  await page
    .getByText(/WebAssembly/)
    .first()
    .waitFor()
})
