import { expect } from 'vitest'
import { nodeEngines, openEngine, type RecipeDraft, train } from '../../src/inside.node.ts'
import { webgpuFlags } from './chromium.ts'
import { browserTest, inBrowser } from './harness.ts'
import type { Course } from './pages/training.ts'

const entry = 'test/browser/pages/training.ts'
const STEPS = 200

const draft: RecipeDraft = {
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [64] }, latent: { size: 8 } },
  objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0, 4, 100)' }] },
  training: { steps: STEPS, batch: 64, seed: 1 },
}

/** Relative distance between loss curves that float32 may make in 200 steps; 5e-7 was seen. */
const TOLERANCE = 1e-4

async function nativeLosses(): Promise<number[]> {
  const { engine } = await openEngine(nodeEngines, 'native')
  const losses: number[] = []
  for await (const event of train(draft, { engine })) if (event.kind === 'step') losses.push(event.loss)
  return losses
}

for (const [name, flags] of [
  ['wasm', []],
  ['webgpu', webgpuFlags],
] as const)
  browserTest(
    `a β-VAE trains on digits in a worker on ${name}, along the native engine's loss curve`,
    async () => {
      const wanted = await nativeLosses()
      const course = await inBrowser<Course>({ entry, argument: { engine: name, draft }, flags })
      expect(course.losses).toHaveLength(STEPS)
      const distances = course.losses.map((loss, i) => Math.abs(loss - wanted[i]) / wanted[i])
      expect(Math.max(...distances)).toBeLessThan(TOLERANCE)
      expect(course.losses.at(-1)).toBeLessThan(0.9 * course.losses[0])
      expect(course.sample.count).toBe(4 * 64)
      expect(course.sample.least).toBeGreaterThanOrEqual(0)
      expect(course.sample.greatest).toBeLessThanOrEqual(255)
      expect(course.sample.greatest).toBeGreaterThan(course.sample.least)
      expect(course.bytes).toBeGreaterThan(40_000)
    },
  )
