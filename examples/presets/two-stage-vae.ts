/**
 * two-stage-vae: a second VAE learns where the codes of the first lie, and samples come from there: N(0, I) also has places
 * that no digit is at.
 *
 *     npx betavae train digits --objective two-stage-vae --latent 10
 */
import assert from 'node:assert/strict'
import { evaluate, openData } from 'betavae'
import { say, trainOn } from './digits.ts'

using vae = await trainOn('two-stage-vae')

const { samples } = await evaluate(vae.model, await openData('digits'), {
  split: 'validation',
  samples: ['prior', 'two-stage'],
})
assert.ok(samples, 'samples were judged')
const { prior, 'two-stage': twoStage } = samples.samplers
say(samples)

assert.equal(vae.model.samplesFrom, 'two-stage')
assert.ok(twoStage.density > 1.25 * prior.density, 'samples are more like digits than those from N(0, I)')
assert.ok(twoStage.coverage > 1.1 * prior.coverage, 'more digits have samples like them')
assert.ok(Number(twoStage.frechet) < Number(prior.frechet), 'in the encoder’s features, too')
