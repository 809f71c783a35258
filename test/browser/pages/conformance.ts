import { browserEngines } from '../../../src/engine/onnxruntime/engines.ts'
import { openEngine } from '../../../src/engine/select.ts'
import { conformance } from '../../../src/testing/conformance.ts'
import type { PageArgument } from '../harness.ts'

export interface Verdict {
  readonly description: string
  readonly threads: number
  readonly passed: readonly string[]
  /** `check: what differs` */
  readonly failed: readonly string[]
}

/** Runs the engines' conformance suite on one engine. */
export async function main(told: PageArgument & { engine: string; threads: number }): Promise<Verdict> {
  const { engine } = await openEngine(browserEngines, told.engine, told)
  const passed: string[] = []
  const failed: string[] = []
  for (const { name, run } of conformance(engine))
    await run().then(
      () => passed.push(name),
      (error) => failed.push(`${name}: ${error.message}`),
    )
  return { description: engine.description, threads: engine.threads, passed, failed }
}
