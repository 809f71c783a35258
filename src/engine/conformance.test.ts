import { describe, expect, test } from 'vitest'
import { conformance } from '../testing/conformance.ts'
import type { Engine } from './engine.ts'
import { nativeEngine } from './onnxruntime/node/native.ts'
import { nodeWasmEngine } from './onnxruntime/node/wasm.ts'
import { referenceEngine } from './reference.ts'

const engines = [referenceEngine, await nativeEngine({ threads: 2 }), await nodeWasmEngine({ threads: 1 })]

describe.each(engines)('$name', (engine) => {
  test.each(conformance(engine))('$name', ({ run }) => run())
})

test('the suite sees an engine that is wrong', async () => {
  const wrong: Engine = {
    ...referenceEngine,
    async load(program, options) {
      const right = await referenceEngine.load(program, options)
      return {
        ...right,
        async run(feeds, into) {
          const outputs = await right.run(feeds, into)
          for (const { data } of Object.values(outputs)) data[0] += 1e-3
          return outputs
        },
      }
    },
  }
  const verdicts = await Promise.allSettled(conformance(wrong).map(({ run }) => run()))
  const passed = conformance(wrong).filter((_, i) => verdicts[i].status === 'fulfilled')
  expect(passed.filter(({ name }) => name.includes('agree'))).toEqual([])
})
