/**
 * regularized-autoencoder (RAE-L2): an autoencoder to sample from, with nothing drawn while it trains. Its codes are
 * held near the origin, Gaussians are fitted to them afterwards, and draws from these decode to better digits than a
 * VAE's draws from its prior.
 *
 *     npx betavae train digits --objective regularized-autoencoder --latent 10
 *     npx betavae sample runs/digits-1 --from gmm --out digits.png
 */
import assert from 'node:assert/strict'
import { say, trainOn } from './digits.ts'
import { energyDistance, normals } from './measures.ts'

using rae = await trainOn('regularized-autoencoder')
using vae = await trainOn('vae')

const apart = {
  fitted: energyDistance(await rae.model.sample(400, { from: 'gmm' }), rae.heldOut),
  notFitted: energyDistance(await rae.model.decode(normals(400, 10)), rae.heldOut),
  vae: energyDistance(await vae.model.sample(400, { from: 'prior' }), vae.heldOut),
}
say({ samplesFromDigits: apart })

// Over five seeds 2 to 7 against 28 to 37 and 14 to 16.
assert.ok(apart.fitted < 0.5 * apart.notFitted, 'Gaussians fitted to codes know where codes are')
assert.ok(apart.fitted < 0.6 * apart.vae, 'samples are nearer to digits than those of a VAE')
