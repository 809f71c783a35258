/** Convolutional models through the ordinary training loop. */
import { expect, test } from 'vitest'
import { digits } from '../../data/sources/digits.ts'
import { completeRecipe } from '../../recipe/complete.ts'
import { planOf } from '../../recipe/plan.ts'
import { run } from '../../testing/running.testing.ts'
import type { Choice } from '../spec.ts'

test.each<Choice>([
  { name: 'conv', widths: [8, 16], hidden: [32] },
  { name: 'conv', widths: [8, 16], hidden: [32], norm: 'group' },
  { name: 'resnet', widths: [8, 16], hidden: [32], groups: 4 },
])('%j lowers the loss on digits', async (architecture) => {
  const dataset = await digits.load({ packageFolder: async () => undefined })
  const recipe = completeRecipe(
    {
      data: { source: 'digits', validation: 0.1 },
      model: { architecture, latent: { size: 4 } },
      objective: { name: 'autoencoder' },
      training: { epochs: 6, batch: 32, seed: 3, learningRate: 0.003 },
    },
    dataset,
  )
  const { events } = await run(await planOf(recipe, dataset))
  const losses = events.flatMap((event) => (event.kind === 'epoch' ? [event.validation?.loss] : []))
  const first = events.find((event) => event.kind === 'step')
  expect(first?.loss).toBeGreaterThan(42)
  expect(losses).toHaveLength(6)
  // A model that says nothing of an example, each pixel drawn by itself, reaches 27.1 nats.
  expect(losses[5]).toBeLessThan(26)
})
