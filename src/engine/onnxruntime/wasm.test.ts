import { expect, test } from 'vitest'
import { nodeWasmEngine } from './node/wasm.ts'

test('threads are started once, and a later engine tells how many there really are', async () => {
  const first = await nodeWasmEngine({ threads: 1 })
  const second = await nodeWasmEngine({ threads: 2 })
  expect([first.threads, second.threads]).toEqual([1, 1])
  expect(second.description).toMatch(/^ONNX Runtime [\d.]+, WebAssembly, 1 thread$/)
})
