import { expect } from 'vitest'
import { distanceFromNative, draft, STEPS, TOLERANCE } from '../digits-course.ts'
import { webgpuFlags } from './chromium.ts'
import { browserTest, inBrowser } from './harness.ts'
import type { Course } from './pages/training.ts'

const entry = 'test/browser/pages/training.ts'
for (const [name, flags] of [
  ['wasm', []],
  ['webgpu', webgpuFlags],
] as const)
  browserTest(
    `a β-VAE trains on digits in a worker on ${name}, along the native engine's loss curve`,
    async () => {
      const course = await inBrowser<Course>({ entry, argument: { engine: name, draft }, flags })
      expect(course.losses).toHaveLength(STEPS)
      expect(await distanceFromNative(course.losses)).toBeLessThan(TOLERANCE)
      expect(course.losses.at(-1)).toBeLessThan(0.9 * course.losses[0])
      expect(course.sample.count).toBe(4 * 64)
      expect(course.sample.least).toBeGreaterThanOrEqual(0)
      expect(course.sample.greatest).toBeLessThanOrEqual(255)
      expect(course.sample.greatest).toBeGreaterThan(course.sample.least)
      expect(course.bytes).toBeGreaterThan(40_000)
    },
  )
