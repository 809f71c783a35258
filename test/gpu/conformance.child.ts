/** Runs the conformance suite on WebGPU and prints what failed. */
import { nodeEngines, openEngine } from '../../src/inside.node.ts'
import { conformance } from '../../src/testing/conformance.ts'

const { engine } = await openEngine(nodeEngines, 'webgpu')
const checks = conformance(engine)
const failures: string[] = []
for (const { name, run } of checks)
  await run().catch((error) => failures.push(`${name}: ${(error as Error).message}`))
console.log(JSON.stringify({ engine: engine.description, checks: checks.length, failures }))
