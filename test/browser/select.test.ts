import { expect } from 'vitest'
import { webgpuFlags } from './chromium.ts'
import { browserTest, inBrowser } from './harness.ts'

const entry = 'test/browser/pages/select.ts'

browserTest('auto passes over a GPU that is a CPU in disguise', async () => {
  expect(await inBrowser({ entry, flags: webgpuFlags })).toEqual({
    name: 'wasm',
    threads: 2,
    skipped: [{ name: 'webgpu', reason: 'its adapter is a CPU in disguise, slower than WebAssembly' }],
  })
})

browserTest(
  'auto takes one thread of WebAssembly in a page that has neither WebGPU nor isolation',
  async () => {
    expect(await inBrowser({ entry, isolated: false, flags: ['--disable-gpu'] })).toEqual({
      name: 'wasm',
      threads: 1,
      skipped: [{ name: 'webgpu', reason: 'WebGPU without an adapter' }],
    })
  },
)
