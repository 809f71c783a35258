import { flopsPerStep } from '../networks/cost.ts'
import { firstLoss } from '../networks/reference.ts'
import { inPage } from '../race/contenders.ts'
import type { Race } from '../race/contest.ts'
import { LOSS_TOLERANCE, pageJob } from './training.ts'

const BACKEND = '@tensorflow/tfjs-backend-wasm'
const binaries = ['', '-simd', '-threaded-simd'].map(
  (kind) => `${BACKEND}/dist/tfjs-backend-wasm${kind}.wasm`,
)

/** Training in cross-origin isolated pages of Chromium, each contestant in a worker of its own browser. */
export function chromiumRace(threads: number): Race {
  const job = pageJob(threads)
  return {
    name: 'chromium-mlp-784-400-20-b128',
    title: 'VAE 784-400-20, batch 128, in Chromium: a training step',
    ours: 'betavae-wasm',
    contenders: [
      inPage('betavae-wasm', { file: 'betavae.ts', packages: [] }),
      inPage('jax-js-wasm', { file: 'jax-js.mjs', packages: ['@jax-js/jax'] }),
      inPage('tfjs-wasm', { file: 'tfjs-wasm.mjs', packages: ['@tensorflow/tfjs', BACKEND, ...binaries] }),
    ],
    prepare: async () => job,
    expected: () => firstLoss(job),
    tolerance: LOSS_TOLERANCE,
    warmup: 20,
    flops: flopsPerStep(job.network, job.batch),
    wanted: [
      { of: 'tfjs-wasm', figure: 'ratio', atLeast: 8 },
      { of: 'jax-js-wasm', figure: 'ratio', atLeast: 2 },
    ],
  }
}
