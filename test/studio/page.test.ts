import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { builtPage } from '../../scripts/studio-page.mjs'
import { studioTest, visit } from './harness.ts'

/** Kilobytes of files of the page, gzipped: its code and styles, neither ONNX Runtime's files nor data. */
async function weigh(folder: string, names: readonly string[]): Promise<number> {
  const own = names.filter((name) => /\.(html|js|css|svg)$/.test(name) && !/(^|\/)ort[./]/.test(name))
  const sizes = await Promise.all(
    own.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

/** Files of the page among what was asked for. */
const namesOf = (requests: readonly string[], site: string): string[] =>
  [...new Set(requests.filter((address) => address.startsWith(site)))].map(
    (address) => new URL(address).pathname.slice(1) || 'index.html',
  )

test('the built page carries nothing of ONNX Runtime along, and weighs what it should', async () => {
  const folder = await builtPage()
  const names = await readdir(folder, { recursive: true })
  expect(names.filter((name) => name.endsWith('.wasm'))).toEqual([])
  const kilobytes = await weigh(folder, names)
  console.info(`everything that the page may ever load: ${kilobytes.toFixed(0)} kB gzipped`)
  expect(kilobytes).toBeLessThan(700)
})

studioTest(
  'all that bundled data, a training and all views together load is at most 340 kB gzipped',
  async () => {
    await using studio = await visit({ at: '#train?steps=20' })
    const { page, site, requests } = studio
    for (const [name, count] of [
      ['Discs', '1,734 images'],
      ['MNIST sample', '2,000 images'],
      ['Digits', '1,797 images'],
    ]) {
      await page.getByRole('button', { name: new RegExp(`^${name}`) }).click({ timeout: 30_000 })
      await page.getByText(count).waitFor({ timeout: 30_000 })
    }
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.getByText('finished after 20 steps').waitFor({ timeout: 60_000 })
    const views = page.getByRole('navigation').getByRole('link')
    for (const view of await views.all()) {
      await view.click()
      await page.waitForLoadState('networkidle')
    }
    await views.filter({ hasText: 'Explore' }).click()
    await page.getByRole('application', { name: /^Map of \d+ examples/ }).waitFor({ timeout: 30_000 })
    await views.filter({ hasText: 'Take away' }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download', { timeout: 30_000 }),
      page.getByRole('button', { name: 'Save A page that opens offline' }).click(),
    ])
    expect(saved.suggestedFilename()).toMatch(/\.html$/)
    const names = namesOf(requests, site)
    const kilobytes = await weigh(await builtPage(), names)
    console.info(`all views with a training: ${kilobytes.toFixed(2)} kB gzipped in ${names.length} files`)
    expect(names.filter((name) => /composed/.test(name))).toHaveLength(1)
    expect(kilobytes).toBeGreaterThan(200)
    expect(kilobytes).toBeLessThanOrEqual(340)
  },
)

studioTest('the first view is usable soon, and asks nothing of other places', async () => {
  await using studio = await visit()
  const { page, site, complaints, requests } = studio
  await page.getByRole('main').getByRole('button', { disabled: false }).first().waitFor({ timeout: 10_000 })
  const milliseconds = await page.evaluate(() => performance.now())
  console.info(`first view usable after ${Math.round(milliseconds)} ms`)
  expect(milliseconds).toBeLessThan(10_000)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await page.waitForLoadState('networkidle')
  expect(complaints).toEqual([])
  expect(requests.length).toBeGreaterThan(1)
  expect(requests.filter((address) => !address.startsWith(site) && !/^(data|blob):/.test(address))).toEqual(
    [],
  )
  const kilobytes = await weigh(await builtPage(), namesOf(requests, site))
  console.info(`the first screen: ${kilobytes.toFixed(0)} kB gzipped`)
  expect(kilobytes).toBeLessThanOrEqual(245)
})
