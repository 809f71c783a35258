import '../objective/every-part.testing.ts'
import { expect, test } from 'vitest'
import { fillUniform, streams } from '../base/random.ts'
import { datasetOf } from '../data/dataset.ts'
import { referenceEngine } from '../engine/reference.ts'
import { fittingSize } from '../model/spec.ts'
import { allPresets } from '../objective/presets/index.ts'
import { completeRecipe } from '../recipe/complete.ts'
import { balancesOf } from '../runs/balances.ts'
import { startingFrom } from '../train/state.ts'
import { browserPlatform } from './browser.ts'
import { prepare, startOf, startValues } from './prepare.ts'
import { runTraining } from './trained-run.ts'

const rows = fillUniform(new Float32Array(24 * 5), { seed: 1, stream: streams.evaluation, step: 0 }, 0, 1)
const labels = Int32Array.from({ length: 24 }, (_, row) => row % 3)
const dataset = datasetOf({ data: rows, shape: [24, 5] }, { name: 'toy', labels })

test.each(allPresets)('$name starts with what its first step says', async ({ name, latent }) => {
  const two = { size: 2, draws: 1, ...latent }
  const recipe = completeRecipe(
    {
      data: { source: 'toy', validation: 0, test: 0 },
      model: {
        architecture: { name: 'mlp', hidden: [4] },
        latent: { size: fittingSize({ latent: two }, 2) },
      },
      objective: { name },
      training: { steps: 1, batch: 6, seed: 4 },
    },
    dataset,
  )
  const prepared = await prepare(recipe, dataset)
  const state = await startOf(prepared, browserPlatform)
  const start = await startValues(prepared, referenceEngine, state)
  const training = runTraining(prepared, referenceEngine, startingFrom(state), {})
  const events = []
  for await (const event of training) if (event.kind === 'step') events.push(event)
  expect(start).toEqual(balancesOf(events).start)
  expect(start.loss).toBeCloseTo(events[0].loss, 8)
})
