import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What a context needs for axe: evaluating its source is what the page's own policy forbids. */
export const forAxe = { bypassCSP: true, reducedMotion: 'reduce' } as const

/** What would keep somebody out of the page as it stands: rule and element of each serious or critical finding. */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe)
  // Colors that are still on their way to those of another scheme are nobody's.
  await page.evaluate(
    'for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()',
  )
  const { violations } = await page.evaluate<AxeResults>(
    // Where each of all elements stands takes long to say, and nobody reads it.
    "axe.run({ resultTypes: ['violations'], selectors: false })",
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
}
