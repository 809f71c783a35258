/**
 * hyperspherical-vae: codes on a sphere, for data that lie on one. Here points of a sphere in three dimensions are seen
 * through ten sensors with noise: a Gaussian code of three dimensions has a length to spend nats on, a spherical one has
 * none, and gives rows that it has not seen more probability.
 *
 *     npx betavae train digits --objective hyperspherical-vae --latent 10 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { checkDraft, datasetOf, evaluate, open, train } from 'betavae'
import { chance, normal } from '../chance.ts'
import { say } from './digits.ts'

const [ROWS, SENSORS, NOISE] = [800, 10, 0.2]

/** Points of the sphere, uniform, through fixed sensors and noise. */
function sphere(seed: number) {
  const uniform = chance(seed)
  const draw = () => normal(uniform)
  const sensors = Array.from({ length: 3 * SENSORS }, draw)
  const data = new Float32Array(ROWS * SENSORS)
  for (let row = 0; row < ROWS; row++) {
    const point = [draw(), draw(), draw()]
    const length = Math.hypot(...point)
    for (let at = 0; at < SENSORS; at++)
      data[row * SENSORS + at] =
        point.reduce((sum, x, d) => sum + (sensors[3 * at + d] * x) / length, 0) + NOISE * draw()
  }
  return datasetOf({ data, shape: [ROWS, SENSORS] }, { name: 'sphere' })
}

/** −log p(x) of held-out rows, by 20 importance-weighted draws each. */
async function heldOut(preset: string, seed: number): Promise<number> {
  const dataset = sphere(seed)
  const run = await train(
    checkDraft({
      data: { source: 'sphere', validation: 0.25, test: 0, scaling: 'none' },
      model: {
        architecture: { name: 'mlp', hidden: [32] },
        latent: { size: 3 },
        likelihood: { name: 'gaussian', sigma: NOISE },
      },
      objective: { name: preset },
      training: { steps: 500, batch: 64, seed, learningRate: 0.003 },
      engine: { threads: 1 },
    }),
    { dataset },
  )
  using model = await open(run, { threads: 1 })
  const { nll } = await evaluate(model, dataset, { split: 'validation', nll: 20 })
  return nll?.estimate ?? Number.NaN
}

const gained: number[] = []
for (const seed of [1, 2, 3, 4, 5])
  gained.push((await heldOut('vae', seed)) - (await heldOut('hyperspherical-vae', seed)))
say({ gained })

// 0.6 to 1.0 nats.
assert.ok(
  gained.every((nats) => nats > 0.2),
  'rows of a sphere are more probable under a code on a sphere, whatever the seed',
)
