/** Every view, at both widths and in both color schemes, before anything was trained. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { expect } from 'vitest'
import { allViews } from '../../src/apps/studio/views/index.ts'
import { studioTest, visit } from './harness.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const widths = [390, 1440]
const schemes = ['light', 'dark'] as const

for (const colorScheme of schemes)
  for (const width of widths)
    studioTest(`nothing keeps anybody out at ${width} px, ${colorScheme}`, async () => {
      // Evaluating axe's source needs what the page's own policy forbids.
      await using studio = await visit({
        context: { viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce', bypassCSP: true },
      })
      const { page } = studio
      await page.evaluate(axe)
      for (const { id, title } of allViews) {
        await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: title }).click()
        await page.getByRole('heading', { level: 1, name: title }).waitFor()
        await page.getByText(`Loading ${title}`).waitFor({ state: 'detached' })
        const { violations } = await page.evaluate<AxeResults>('axe.run()')
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id: rule, nodes }) => `${rule}: ${nodes[0].html}`),
          id,
        ).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${id} is no wider`).toBe(width)
      }
    })
