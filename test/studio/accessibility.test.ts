/** Every view, at both widths and in both color schemes, before anything was trained. */
import { expect } from 'vitest'
import { allViews } from '../../src/apps/studio/views/index.ts'
import { forAxe, seriousFindings } from './axe.ts'
import { studioTest, visit } from './harness.ts'

const widths = [390, 1440]
const schemes = ['light', 'dark'] as const

for (const colorScheme of schemes)
  for (const width of widths)
    studioTest(`nothing keeps anybody out at ${width} px, ${colorScheme}`, async () => {
      await using studio = await visit({
        context: { viewport: { width, height: 900 }, colorScheme, ...forAxe },
      })
      const { page } = studio
      for (const { id, title } of allViews) {
        await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: title }).click()
        await page.getByRole('heading', { level: 1, name: title }).waitFor()
        await page.getByText(`Loading ${title}`).waitFor({ state: 'detached' })
        expect(await seriousFindings(page), id).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${id} is no wider`).toBe(width)
      }
    })
