import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../src/apps/cli/running.testing.ts'
import type { EngineName, RecipeDraft } from '../src/inside.node.ts'
import type { Held } from './memory.child.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

/** By the first, buffers have been made and code compiled. */
const STEPS = [2000, 4000, 6000, 8000, 10_000]
/** Two kilobytes for each of the 4000 steps between the samples compared; a batch's hidden layer has eight. */
const BOUND = 8 * 2 ** 20

async function memoryOf(engine: EngineName): Promise<Held[]> {
  const recipe: RecipeDraft = {
    data: { source: 'digits', validation: 0.1, binarize: 'dynamic' },
    model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [32] } },
    training: { steps: STEPS.at(-1), batch: 64 },
    engine: { name: engine, threads: 1 },
  }
  const child = join(import.meta.dirname, 'memory.child.ts')
  const words = [child, JSON.stringify(recipe), join(folder.path, engine), ...STEPS.map(String)]
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', ...words])
  return JSON.parse(stdout) as Held[]
}

test.each(['native', 'wasm'] as const)(
  'memory is flat over 10,000 steps, %s',
  async (engine) => {
    const samples = await memoryOf(engine)
    expect(samples.map(({ step }) => step)).toEqual(STEPS)
    for (const what of ['rss', 'heapUsed', 'external'] as const) {
      const held = samples.map((sample) => sample[what])
      // What an engine or a collector gives back late is no growth, so the most before is compared with the least after.
      expect(Math.min(...held.slice(-2)) - Math.max(...held.slice(0, 2)), `${what}: ${held}`).toBeLessThan(
        BOUND,
      )
    }
  },
  120_000,
)
