/** A bundled page that does not say where ONNX Runtime's files are. */
import { expect } from 'vitest'
import { browserTest, inBrowser } from './harness.ts'

const entry = 'test/browser/pages/bare.ts'
const unsaid = {
  code: 'engine/runtime-files',
  seen: expect.stringMatching(/^ONNX Runtime did not start \(.+\)$/),
  wanted: 'its .wasm and .mjs files where the page looks for them',
  fix: expect.stringContaining('{ wasmPaths: "/ort/" }'),
}

browserTest('is told what it lacks and what to do', async () => {
  expect(await inBrowser({ entry, isolated: false })).toEqual(unsaid)
  expect(await inBrowser({ entry })).toEqual(unsaid)
})

browserTest('and so is one that says it wrongly, with the address', async () => {
  expect(await inBrowser({ entry, argument: { said: '/nowhere/' } })).toEqual({
    ...unsaid,
    seen: expect.stringMatching(/\/nowhere\/ort-wasm-simd-threaded\.mjs\)$/),
  })
})

browserTest('trains on one thread where its bundler put the .wasm beside it, isolated or not', async () => {
  for (const isolated of [false, true])
    expect(await inBrowser({ entry, isolated, runtimeBeside: true })).toEqual({
      engine: expect.stringMatching(/WebAssembly, 1 thread$/),
    })
})
