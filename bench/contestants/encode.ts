/** This package's `encode` on the native engine, rows in memory to codes in memory. */
import { readFileSync } from 'node:fs'
import { nodeEngines, open, openEngine, version } from '../../src/inside.node.ts'
import type { Encoding } from '../workloads/encode.ts'
import { contest } from './process.ts'

await contest(async ({ weights, rows, shape, threads }: Encoding) => {
  const { engine } = await openEngine(nodeEngines, 'native', { threads })
  const model = await open(readFileSync(weights), { engine })
  const examples = { data: new Uint8Array(readFileSync(rows)), shape }
  return {
    version,
    note: engine.description,
    async step() {
      const { mean } = await model.encode(examples)
      let sum = 0
      for (let i = 0; i < mean.data.length; i++) sum += mean.data[i] ** 2
      return sum / mean.data.length
    },
  }
})
