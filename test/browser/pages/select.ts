import { browserEngines } from '../../../src/engine/onnxruntime/engines.ts'
import { openEngine } from '../../../src/engine/select.ts'
import type { PageArgument } from '../harness.ts'

/** What `auto` takes in a page. */
export async function main(told: PageArgument) {
  const { engine, skipped } = await openEngine(browserEngines, 'auto', { ...told, threads: 2 })
  return { name: engine.name, threads: engine.threads, skipped }
}
