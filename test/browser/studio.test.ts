import { expect } from 'vitest'
import { webgpuFlags } from './chromium.ts'
import { browserTest, inBrowser } from './harness.ts'
import type { StudioCourse } from './pages/studio.ts'

for (const [engine, flags] of [
  ['wasm', []],
  ['webgpu', webgpuFlags],
] as const)
  browserTest(
    `the studio's worker trains digits on ${engine}, and β moved in mid-training holds`,
    async () => {
      const entry = 'test/browser/pages/studio.ts'
      const course = await inBrowser<StudioCourse>({ entry, argument: { engine }, flags })
      expect(course.weights).toEqual([...Array(30).fill(0.1), ...Array(30).fill(8)])
      const [first, before, after] = course.kl
      expect(before).toBeGreaterThan(first)
      expect(after).toBeLessThan(0.5 * before)
      expect(course.phases).toEqual(['paused', 'running', 'paused', 'running', 'finished'])
      expect(course.fresh).toMatchObject({ step: 60 })
      expect(course.looked).toEqual({ step: 30, latent: 6 })
      expect(course.changed).toBeGreaterThan(30)
      expect(course.snapshotBytes).toBeGreaterThan(20_000)
    },
  )
