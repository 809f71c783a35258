import { expect } from 'vitest'
import { webgpuFlags } from './chromium.ts'
import { browserTest, inBrowser } from './harness.ts'
import type { Verdict } from './pages/conformance.ts'
import type { Residence } from './pages/resident.ts'

const entry = 'test/browser/pages/conformance.ts'

for (const threads of [1, 2])
  browserTest(`WebAssembly on ${threads} threads conforms in a worker`, async () => {
    const verdict = await inBrowser<Verdict>({ entry, argument: { engine: 'wasm', threads } })
    expect(verdict.failed).toEqual([])
    expect(verdict.threads).toBe(threads)
    expect(verdict.passed.length).toBeGreaterThan(50)
  })

browserTest('WebGPU conforms in a worker', async () => {
  const verdict = await inBrowser<Verdict>({ entry, argument: { engine: 'webgpu' }, flags: webgpuFlags })
  expect(verdict.failed).toEqual([])
  expect(verdict.passed.length).toBeGreaterThan(50)
})

browserTest('WebGPU keeps carried state on the device, and frees what it replaces', async () => {
  const entry = 'test/browser/pages/resident.ts'
  const { arrayBytes, perRun, stateDown, buffers, disposed } = await inBrowser<Residence>({
    entry,
    flags: webgpuFlags,
  })
  expect(perRun.down).toBeLessThan(arrayBytes / 100)
  expect(perRun.up).toBeLessThan(arrayBytes / 100)
  expect(stateDown).toBeGreaterThanOrEqual(2 * arrayBytes)
  expect(Math.max(...buffers)).toBe(buffers[0])
  expect(disposed[1]).toBeLessThanOrEqual(disposed[0])
})
