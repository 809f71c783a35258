/** Trains a β-VAE on 8×8 digits, and uses it: samples, codes, and what each digit costs in nats. */
import { open, openData, train } from 'betavae'

const dataset = await openData('digits')
const training = train(
  {
    model: { latent: { size: 10 } },
    objective: { name: 'beta-vae', terms: [{ term: 'kl', weight: 'linear(0, 0.5, 500)' }] },
    training: { epochs: 60, batch: 64, seed: 1 },
  },
  { dataset },
)
for await (const event of training)
  if (event.kind === 'epoch' && event.epoch % 10 === 0)
    console.log(`epoch ${event.epoch}  validation ELBO ${event.validation?.elbo?.toFixed(2)} nats`)

const { trained } = await training
using model = await open(trained)
const samples = await model.sample(4, { seed: 7 })
const first = await dataset.read([0])
const { mean } = await model.encode(first)
const { elbo } = await model.score(first)

export const result = { samples: samples.shape, code: Array.from(mean.data), elbo: elbo?.[0] }
console.log(result)
