/** A table of one's own with every default kept, and a training that went wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { fillNormal } from '../../src/base/random.ts'
import { completeDraft } from '../../src/inside.node.ts'
import { drop } from './drop.ts'
import { studioTest, visit } from './harness.ts'

const PATIENCE = { timeout: 60_000 }

/** Days of weather: numbers that go together, and words that follow from them. */
function weatherCsv(): string {
  const noise = fillNormal(new Float32Array(1200), { seed: 4, stream: 1005, step: 0 })
  const rows = Array.from({ length: 300 }, (_, day) => {
    const [a, b, c, d] = noise.subarray(4 * day, 4 * day + 4)
    const warmth = 12 + 9 * Math.sin(day / 58) + 2 * a
    const sky = warmth + 4 * b > 14 ? 'sun' : c > 0 ? 'rain' : 'fog'
    return [warmth, warmth - 6 + b, Math.abs(3 + c + d)]
      .map((x) => x.toFixed(1))
      .concat(sky)
      .join(',')
  })
  return ['high,low,wind,weather', ...rows].join('\n')
}

const file = { name: 'weather.csv', mimeType: 'text/csv', buffer: Buffer.from(weatherCsv()) }

studioTest(
  'a dropped table is trained as `train` would, and one that collapsed is said to be and mended',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'betavae-defaults-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, file.name), file.buffer)
    const { recipe } = await completeDraft({ data: { source: join(folder, file.name) } })

    await using studio = await visit({ at: '#train' })
    const { page, complaints } = studio
    await page.getByText('1,797 images').waitFor(PATIENCE)
    await page.getByRole('button', { name: /^Your own/ }).click()
    await drop(page, 'Drop your own data here', [file])
    await page.getByText('300 rows').waitFor(PATIENCE)
    await expect
      .poll(() => page.getByText('steps, as betavae train takes').innerText(), PATIENCE)
      .toBe(`${recipe.training.steps.toLocaleString('en-US')} steps, as betavae train takes.`)
    expect(await page.getByLabel('Start from').inputValue()).toBe('vae')
    const size = page.getByRole('spinbutton', { name: /^Size of the code/ })
    expect(await size.inputValue()).toBe(String(recipe.model.latent.size))
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.getByText(/^finished after/).waitFor(PATIENCE)
    await page.getByRole('link', { name: 'Explore', exact: true }).click()
    const unusual = page.getByRole('region', { name: 'Unusual rows' })
    await unusual.getByRole('table').waitFor(PATIENCE)
    expect(await page.getByText('The doctor says').count()).toBe(0)

    // Another document in between: within one page the choices that stand would take the address over.
    await page.goto('about:blank')
    await page.goto(`${studio.url}#train?objective=beta-vae&weights=300&steps=400`)
    await page.getByRole('button', { name: /^Your own/ }).click()
    await drop(page, 'Drop your own data here', [file])
    await page.getByText('300 rows').waitFor(PATIENCE)
    await page.getByRole('button', { name: /^(Start training|Train again)/ }).click()
    await page.getByText(/^finished after/).waitFor(PATIENCE)
    for (const view of ['Train', 'Watch', 'Compare', 'Take away', 'Explore']) {
      await page.getByRole('link', { name: view, exact: true }).click()
      await page.getByText(/the doctor says/i).waitFor(PATIENCE)
      await page
        .getByText(/posterior collapse/i)
        .first()
        .waitFor(PATIENCE)
      await page.getByRole('button', { name: 'Mend it and train again' }).waitFor(PATIENCE)
    }
    const mend = page.getByRole('button', { name: 'Mend it and train again' })
    await mend.click()
    // Until the next training begins, the page tells of the one before.
    await mend.waitFor({ ...PATIENCE, state: 'hidden' })
    await page.getByText(/^finished after/).waitFor(PATIENCE)
    await page.getByRole('link', { name: 'Explore', exact: true }).click()
    await page.getByRole('region', { name: 'Unusual rows' }).getByRole('table').waitFor(PATIENCE)
    expect(await page.getByText('The doctor says').count()).toBe(0)
    expect(complaints).toEqual([])
  },
)
