/**
 * vq-vae: at each position an entry of a learned codebook. Ten of 64 entries are a digit here, all of which are used, and a
 * prior that takes one position after another knows which go together: its samples are far more like digits than those of
 * any entries, by every measure.
 *
 *     npx betavae train digits --objective vq-vae --latent 40 --likelihood gaussian --sigma 0.2
 */
import assert from 'node:assert/strict'
import { evaluate, openData } from 'betavae'
import { grey, say, trainOn } from './digits.ts'
import { difference, energyDistance } from './measures.ts'

const [POSITIONS, NUMBERS] = [10, 4]

using vq = await trainOn('vq-vae', { model: { ...grey, latent: { size: POSITIONS * NUMBERS } } })
using plain = await trainOn('autoencoder', { model: grey })

const away = async ({ model, heldOut }: typeof vq) => difference(await model.reconstruct(heldOut), heldOut)
const greyLevels = { vq: await away(vq), plain: await away(plain) }

const { levelUse, samples } = await evaluate(vq.model, await openData('digits'), {
  split: 'validation',
  samples: ['prior', 'uniform'],
})
assert.ok(levelUse && samples, 'levels and samples were judged')
const { used, perplexity } = levelUse
const { prior, uniform } = samples.samplers
const fromDigits = async (from: string) =>
  energyDistance(await vq.model.sample(400, { from, seed: 1 }), vq.heldOut)
const distances = { prior: await fromDigits('prior'), uniform: await fromDigits('uniform') }
const kl = vq.metrics.kl ?? Number.NaN
say({ greyLevels, used, perplexity, kl, uniformRate: POSITIONS * Math.log(64), samples, distances })

assert.ok(perplexity > 32, 'more than half of the codebook is used alike')
assert.ok(kl < 0.9 * POSITIONS * Math.log(64), 'the prior knows which entries go together')
assert.ok(distances.prior < distances.uniform / 3, 'and draws digits')
for (const measure of ['precision', 'recall', 'density', 'coverage'] as const)
  assert.ok(prior[measure] > uniform[measure], `more like digits by ${measure}`)
assert.ok(Number(prior.frechet) < Number(uniform.frechet), 'and by the Fréchet distance')
assert.ok(greyLevels.vq < greyLevels.plain * 1.5, 'digits come back nearly as well')
