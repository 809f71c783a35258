/** Trains with a β that rises while the model learns, saves it, and opens it again. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate, open, openData, save, train } from 'betavae'

const dataset = await openData('digits')
const training = train(
  {
    model: { latent: { size: 10 } },
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0, 1, 400)' }] },
    training: { epochs: 20, batch: 64, seed: 1 },
  },
  { dataset },
)
for await (const event of training)
  if (event.kind === 'epoch')
    console.log(`epoch ${event.epoch}  ELBO ${event.validation?.elbo?.toFixed(2)} nats`)

const path = join(await mkdtemp(join(tmpdir(), 'digits-')), 'weights.safetensors')
await save(await training, path)
using model = await open(path)
const { elbo, activeUnits } = await evaluate(model, dataset)
const { data, shape } = await model.sample(4, { seed: 7 })
export const result = { elbo, activeUnits, shape, brightest: Math.max(...data) }
