/**
 * vae: a model of the data that can be sampled from, and that says how likely an example is: log p(x) is at least the
 * ELBO. Its draws from N(0, I) decode to digits; an autoencoder's do not.
 *
 *     npx betavae train digits --objective vae --latent 10
 */
import assert from 'node:assert/strict'
import { say, trainOn } from './digits.ts'
import { energyDistance, normals } from './measures.ts'

using vae = await trainOn('vae')
using plain = await trainOn('autoencoder')

const apart = {
  vae: energyDistance(await vae.model.sample(400), vae.heldOut),
  autoencoder: energyDistance(await plain.model.decode(normals(400, 10)), plain.heldOut),
}
const { elbo } = vae.metrics
say({ elbo, samplesFromDigits: apart })

// Over five seeds −24.1 to −23.6, and 14 to 16 against 101 to 122.
assert.ok(
  elbo !== null && elbo > -25,
  'a digit costs less than the 27 nats of pixels that do not know each other',
)
assert.ok(apart.vae < 0.4 * apart.autoencoder, 'samples are like digits')
