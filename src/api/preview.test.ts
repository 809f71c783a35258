import { expect, test } from 'vitest'
import { nodeEngines } from '../engine/onnxruntime/node/engines.ts'
import { openEngine } from '../engine/select.ts'
import type { RecipeDraft } from '../recipe/recipe.ts'
import { browserPlatform } from './browser.ts'
import { preview } from './preview.ts'
import { trainOn } from './train.ts'

const dataset = await browserPlatform.openData({ source: 'digits' })
const draft: RecipeDraft = {
  data: { source: 'digits' },
  model: { architecture: { name: 'mlp', hidden: [16] }, latent: { size: 4 } },
  objective: { name: 'beta-vae' },
  training: { steps: 1, batch: 32 },
}

test('a preview says what the training then says', async () => {
  const { recipe, ledger, parameters, stepsPerEpoch, examples } = await preview(draft, dataset)
  const { engine } = await openEngine(nodeEngines, 'native')
  const { events, trained } = await trainOn(browserPlatform)(draft, { engine, dataset })
  expect(events.find(({ kind }) => kind === 'start')).toMatchObject({ parameters, stepsPerEpoch, examples })
  expect(trained.recipe).toEqual(recipe)
  expect(ledger).toMatchObject({ rate: 'kl', terms: [{ name: 'kl' }] })
})

test('a draft that cannot be trained is refused as the training refuses it', async () => {
  const wrong = { ...draft, objective: { name: 'no-such' } }
  await expect(preview(wrong, dataset)).rejects.toMatchObject({ code: 'objective/unknown-preset' })
})
