import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { temporaryFolder } from '../src/apps/cli/running.testing.ts'
import type { RecipeDraft } from '../src/node.ts'
import type { Held } from './memory.child.ts'

const folder = await temporaryFolder()
afterAll(folder.remove)

const STEPS = 10_000
/** Buffers have been made and code compiled by then. */
const WARM = 2000
/** One kilobyte for each step; keeping one activation of one batch would be twice that. */
const BOUND = (STEPS - WARM) * 1024

async function memoryOf(engine: string): Promise<Held[]> {
  const recipe: RecipeDraft = {
    data: { source: 'digits', validation: 0.1, binarize: 'dynamic' },
    model: { latent: { size: 4 }, architecture: { name: 'mlp', hidden: [32] } },
    training: { steps: STEPS, batch: 16 },
    engine: { name: engine, threads: 1 },
  }
  const child = join(import.meta.dirname, 'memory.child.ts')
  const words = ['--expose-gc', child, JSON.stringify(recipe), String(WARM), join(folder.path, engine)]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return JSON.parse(stdout) as Held[]
}

test.each(['native', 'wasm'])(
  '%s holds no more memory after 10,000 steps than after 2,000',
  async (engine) => {
    const [warm, end] = await memoryOf(engine)
    console.log(warm, end)
    expect([warm.step, end.step]).toEqual([WARM, STEPS])
    for (const held of ['rss', 'heapUsed', 'external'] as const)
      expect(end[held] - warm[held], `${held}, from ${warm[held]}`).toBeLessThan(BOUND)
  },
  120_000,
)
