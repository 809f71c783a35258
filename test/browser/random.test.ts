import { expect } from 'vitest'
import { browserTest, inBrowser } from './harness.ts'
import { main } from './pages/random.ts'

browserTest('a page draws the bits that Node.js draws', async () => {
  const here = await main()
  const there = await inBrowser<typeof here>({ entry: 'test/browser/pages/random.ts' })
  expect(there).toEqual(here)
  expect(new Set(Object.values(here)).size).toBe(4)
})
